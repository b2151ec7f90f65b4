import { randomUUID } from 'node:crypto';
import { THE_SERVICE } from '../domain/audit.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { readClock } from './instants.ts';
import { USABLE } from './keys.ts';
import { digestOf, makeKeyText } from './keys-text.ts';

/** The name of the key of the environment. */
const ENVIRONMENT_KEY_NAME = 'ADMIN_KEY';
const FIRST_KEY_NAME = 'administrator';

/** Serialises the first starts of several processes (any fixed number). */
const FIRST_KEY_LOCK = 5_430_003;

/** What a start found of the administrator's key. */
export interface AdminKey {
  /** The key that was made now, to be printed once; null where none was. */
  readonly made: string | null;
  /** Whether the environment's key was revoked or rotated away: it works no more, whatever the environment says. */
  readonly hasEnded: boolean;
}

/**
 * Sees to it that there is an administrator's key: the one given, which replaces what was given before it, or
 * else one that works, or a new one.
 *
 * @param adminKey the environment's ADMIN_KEY
 */
export async function ensureAdminKey(db: Database, adminKey: string | null): Promise<AdminKey> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
    if (adminKey !== null) return { made: null, hasEnded: !(await takeEnvironmentKey(tx, adminKey)) };
    const [existing] = await tx.query(
      `select from nt30.aoc_nt_claus where rol = 'admin' and ${USABLE} limit 1`,
    );
    return { made: existing === undefined ? await makeFirstKey(tx) : null, hasEnded: false };
  });
}

/** Puts the environment's key in the place of the one before it; answers whether it works. */
async function takeEnvironmentKey(tx: Queryable, key: string): Promise<boolean> {
  const digest = digestOf(key);
  // One that was revoked stays, so that it cannot come back with an old setting.
  await tx.query(
    `delete from nt30.aoc_nt_claus
     where entorn and resum <> decode($1, 'hex') and revocada is null and caduca is null`,
    [digest],
  );
  const [inserted] = await tx.query<{ id: string }>(
    `insert into nt30.aoc_nt_claus (clau, nom, rol, resum, entorn) values ($1, $2, 'admin', decode($3, 'hex'), true)
     on conflict (resum) do nothing returning clau as id`,
    [randomUUID(), ENVIRONMENT_KEY_NAME, digest],
  );
  if (inserted !== undefined) {
    await recordAudit(tx, THE_SERVICE, { action: 'key-created', entity: null, key: inserted.id });
    return true;
  }
  const [usable] = await tx.query(
    `select from nt30.aoc_nt_claus where resum = decode($1, 'hex') and ${USABLE}`,
    [digest],
  );
  return usable !== undefined;
}

async function makeFirstKey(tx: Queryable): Promise<string> {
  const { id, prefix, text } = makeKeyText(await readClock(tx));
  await tx.query(
    `insert into nt30.aoc_nt_claus (clau, nom, rol, resum, prefix) values ($1, $2, 'admin', decode($3, 'hex'), $4)`,
    [id, FIRST_KEY_NAME, digestOf(text), prefix],
  );
  await recordAudit(tx, THE_SERVICE, { action: 'key-created', entity: null, key: id });
  return text;
}
