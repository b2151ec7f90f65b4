import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database, Queryable } from './database.ts';

/** What a key may do; this version has administrators alone. */
const ADMIN_ROLE = 'admin';
/** The name under which the key of the environment is kept. */
const ENVIRONMENT_KEY_NAME = 'ADMIN_KEY';
const GENERATED_KEY_NAME = 'administrator';
const GENERATED_KEY_BYTES = 32;

/** Serialises the first starts of several processes (any fixed number). */
const FIRST_KEY_LOCK = 5_430_003;

/** An API key, without the key itself. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
}

/** What is stored of a key. Keys are random and long, so that a plain hash is enough. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}

/**
 * Sees to it that there is an administrator's key: the one given, which replaces what was given before it, or
 * else the one made at an earlier start, or a new one.
 *
 * @param adminKey the environment's ADMIN_KEY
 * @returns the key that was made now, to be printed once; null where none was
 */
export async function ensureAdminKey(db: Database, adminKey: string | null): Promise<string | null> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
    if (adminKey !== null) {
      await tx.query('delete from nt30.aoc_nt_claus where nom = $1 and resum <> $2', [
        ENVIRONMENT_KEY_NAME,
        digest(adminKey),
      ]);
      await insertKey(tx, ENVIRONMENT_KEY_NAME, adminKey);
      return null;
    }
    const [existing] = await tx.query('select 1 from nt30.aoc_nt_claus where rol = $1 limit 1', [ADMIN_ROLE]);
    if (existing !== undefined) return null;
    const made = randomBytes(GENERATED_KEY_BYTES).toString('base64url');
    await insertKey(tx, GENERATED_KEY_NAME, made);
    return made;
  });
}

async function insertKey(tx: Queryable, name: string, key: string): Promise<void> {
  await tx.query(
    `insert into nt30.aoc_nt_claus (clau, nom, rol, resum) values ($1, $2, $3, $4)
     on conflict (resum) do nothing`,
    [randomUUID(), name, ADMIN_ROLE, digest(key)],
  );
}

/** The administrator's key that a text is, or null. */
export async function findKey(db: Queryable, key: string): Promise<ApiKey | null> {
  const [row] = await db.query<{ clau: string; nom: string }>(
    'select clau, nom from nt30.aoc_nt_claus where resum = $1 and rol = $2',
    [digest(key), ADMIN_ROLE],
    'find-key',
  );
  return row === undefined ? null : { id: row.clau, name: row.nom };
}
