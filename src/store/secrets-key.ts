import { CommandError } from '../domain/errors.ts';
import type { Database, Queryable } from './database.ts';
import type { Sealer } from './secrets.ts';

/** The parameter that has the fingerprint of the key that secrets are sealed with. */
export const SEALING_KEY = 'empremta_clau_secrets';
/** The parameter that has the fingerprint of the key before it, until nothing is under that one any more. */
export const REPLACED_KEY = 'empremta_clau_secrets_anterior';

/**
 * Checks that what is sealed in this database can be opened with these keys. It reads alone, also a database that
 * has no tables yet: a start with a wrong key changes nothing.
 *
 * @throws CommandError `secrets-key-wrong`, `secrets-rotation-unfinished`
 */
export async function checkSealer(db: Database, sealer: Sealer): Promise<void> {
  const [table] = await db.query<{ name: string | null }>(
    `select to_regclass('nt30.aoc_nt_parametres')::text as name`,
  );
  if (table?.name === null) return;
  const sealing = await readFingerprint(db, SEALING_KEY);
  if (sealing !== null && !sealer.has(sealing)) {
    throw new CommandError('secrets-key-wrong', 'this database is under another SECRETS_KEY');
  }
  const replaced = await readFingerprint(db, REPLACED_KEY);
  if (replaced !== null && !sealer.has(replaced)) {
    throw new CommandError('secrets-rotation-unfinished', 'some secrets are still under the key of before');
  }
}

/** Notes the key of a first start; every other start leaves it as it is. */
export async function noteSealer(db: Database, sealer: Sealer): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      'insert into nt30.aoc_nt_parametres (nom, valor) values ($1, $2) on conflict (nom) do nothing',
      [SEALING_KEY, sealer.fingerprint],
    );
  });
  // Of two first starts with different keys one comes second.
  await checkSealer(db, sealer);
}

/**
 * What secrets are sealed with now, whatever this process was started with; it stays so until the transaction ends.
 *
 * @throws CommandError `secrets-key-wrong` where the key was changed for one that this process does not have
 */
export async function sealingNow(tx: Queryable, sealer: Sealer): Promise<Sealer> {
  const [row] = await tx.query<{ value: string }>(
    'select valor as value from nt30.aoc_nt_parametres where nom = $1 for share',
    [SEALING_KEY],
  );
  return row === undefined ? sealer : sealer.sealingWith(row.value);
}

async function readFingerprint(db: Queryable, name: string): Promise<string | null> {
  const [row] = await db.query<{ value: string }>(
    'select valor as value from nt30.aoc_nt_parametres where nom = $1',
    [name],
  );
  return row?.value ?? null;
}
