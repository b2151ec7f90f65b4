import { THE_SERVICE } from '../domain/audit.ts';
import { CommandError } from '../domain/errors.ts';
import { recordAudit } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { placeOf } from './endpoint-rows.ts';
import { MARK_BYTES, Sealer, SecretUnreadableError } from './secrets.ts';
import { checkSealer, REPLACED_KEY, SEALING_KEY } from './secrets-key.ts';

/** Endpoints of one transaction: it takes some milliseconds, and nobody waits for it longer. */
const BATCH = 100;

/** How far a change of the key has come, in endpoints that have secrets. */
export interface RotationProgress {
  readonly total: number;
  /** Those that are under the new key, whoever has sealed them. */
  readonly done: number;
}

/** An endpoint whose secrets are under another key. */
interface SealedRow {
  readonly punt: string;
  readonly organisme: string;
  readonly departament: string;
  readonly backoffice: string;
  readonly secrets: Buffer;
}

/**
 * Seals everything with the first key of the sealer, while services run that have both keys. It may be broken off
 * at any instant and repeated: what is done is done, and the next run goes on.
 *
 * @param sealer the new key first, then the one before it
 * @param onProgress told after each transaction
 * @param signal ends it between two transactions
 * @returns how many secrets this run has sealed
 * @throws CommandError `secrets-key-wrong`, `secrets-rotation-unfinished`, `secrets-key-not-everywhere`, and
 *   `secrets-unreadable` once all others are sealed
 */
export async function rotateSecrets(
  db: Database,
  sealer: Sealer,
  onProgress: (progress: RotationProgress) => void,
  signal: AbortSignal,
): Promise<number> {
  await checkSealer(db, sealer);
  await requireKeyEverywhere(db, sealer);
  await begin(db, sealer);
  const unreadable: string[] = [];
  let sealed = 0;
  let after = '0';
  onProgress(await progressOf(db, sealer));
  for (;;) {
    signal.throwIfAborted();
    const batch = await db.transaction(async (tx) => sealBatch(tx, sealer, after));
    if (batch.last === null) break;
    after = batch.last;
    sealed += batch.sealed;
    unreadable.push(...batch.unreadable);
    onProgress(await progressOf(db, sealer));
  }
  if (unreadable.length > 0) {
    throw new CommandError(
      'secrets-unreadable',
      `the secrets of ${unreadable.join(', ')} open with neither key`,
    );
  }
  await end(db, sealed);
  return sealed;
}

/**
 * A process that has only the key of before could open nothing any more: processes tell in the names of their
 * connections which keys they have (`applicationName`).
 */
async function requireKeyEverywhere(db: Database, sealer: Sealer): Promise<void> {
  const [row] = await db.query<{ count: number }>(
    `select count(distinct coalesce(client_addr::text, '') || application_name)::int as count
     from pg_stat_activity
     where datname = current_database() and application_name like 'enotum-callbacks keys %'
       and not $1 = any(string_to_array(application_name, ' '))`,
    [shortOf(sealer.fingerprint)],
  );
  if (row === undefined || row.count === 0) return;
  throw new CommandError('secrets-key-not-everywhere', 'a process runs without the new SECRETS_KEY');
}

/** The name of a process' connections: it says which keys the process has, and nothing of the keys. */
export function applicationName(keys: readonly (Buffer | null)[]): string {
  const known = keys.flatMap((key) => (key === null ? [] : shortOf(new Sealer(key).fingerprint)));
  return ['enotum-callbacks keys', ...known].join(' ');
}

/** Short enough for two in a name of PostgreSQL's, 63 bytes. */
function shortOf(fingerprint: string): string {
  return fingerprint.slice(0, 16);
}

/** From here on everybody seals with the new key: who was about to seal with the old one is waited for. */
async function begin(db: Database, sealer: Sealer): Promise<void> {
  await db.transaction(async (tx) => {
    const [before] = await tx.query<{ value: string }>(
      'select valor as value from nt30.aoc_nt_parametres where nom = $1 for update',
      [SEALING_KEY],
    );
    if (before?.value === sealer.fingerprint) return;
    await setParameter(tx, SEALING_KEY, sealer.fingerprint);
    if (before !== undefined) await setParameter(tx, REPLACED_KEY, before.value);
  });
}

async function setParameter(tx: Queryable, name: string, value: string): Promise<void> {
  await tx.query(
    `insert into nt30.aoc_nt_parametres (nom, valor) values ($1, $2)
     on conflict (nom) do update set valor = excluded.valor`,
    [name, value],
  );
}

interface Batch {
  /** The last endpoint that was looked at; null: there was none. */
  readonly last: string | null;
  readonly sealed: number;
  /** The entities whose secrets could not be opened. */
  readonly unreadable: readonly string[];
}

/** The version of the configuration stays: what is said has not changed, and caches need not be read anew. */
async function sealBatch(tx: Queryable, sealer: Sealer, after: string): Promise<Batch> {
  const rows = await tx.query<SealedRow>(
    `select p.punt, c.organisme, c.departament, p.backoffice, p.secrets
     from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
     where p.punt > $1 and p.secrets is not null and substring(p.secrets from 1 for ${MARK_BYTES}) <> $2
     order by p.punt limit ${BATCH} for no key update of p`,
    [after, sealer.mark],
  );
  const unreadable: string[] = [];
  const sealed: { punt: string; secrets: string }[] = [];
  for (const { punt, organisme, departament, backoffice, secrets } of rows) {
    const place = placeOf({ organisation: organisme, department: departament }, backoffice);
    const plain = opened(sealer, secrets, place);
    if (plain === null) unreadable.push(`${organisme}/${departament}`);
    else sealed.push({ punt, secrets: sealer.seal(plain, place).toString('base64') });
  }
  await tx.query(
    `update nt30.aoc_nt_punts_recepcio p set secrets = decode(r.secrets, 'base64')
     from json_to_recordset($1) as r(punt bigint, secrets text) where p.punt = r.punt`,
    [JSON.stringify(sealed)],
  );
  return { last: rows.at(-1)?.punt ?? null, sealed: sealed.length, unreadable };
}

function opened(sealer: Sealer, secrets: Buffer, place: string): string | null {
  try {
    return sealer.open(secrets, place);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return null;
    throw error;
  }
}

async function end(db: Database, sealed: number): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx.query('delete from nt30.aoc_nt_parametres where nom = $1 returning nom', [
      REPLACED_KEY,
    ]);
    await releaseUnopened(tx);
    if (ended.length === 0 && sealed === 0) return;
    await recordAudit(tx, THE_SERVICE, { action: 'secrets-rotated', entity: null, detail: { sealed } });
  });
}

/** What a process without the key had blocked, for it could not open the endpoint's secrets, is tried again. */
async function releaseUnopened(tx: Queryable): Promise<void> {
  await tx.query(
    `with picked as (
       select e.enviament from nt30.aoc_nt_enviaments e join nt30.aoc_nt_punts_recepcio p using (punt)
       where e.finalitzat is null and e.bloquejat = 'configuration-incomplete' and p.manca = '{}'
       order by e.enviament for update of e
     )
     update nt30.aoc_nt_enviaments e set bloquejat = null, proper_intent = clock_timestamp()
     from picked where e.enviament = picked.enviament`,
  );
}

async function progressOf(db: Database, sealer: Sealer): Promise<RotationProgress> {
  const [row] = await db.query<{ total: number; done: number }>(
    `select count(*)::int as total,
       count(*) filter (where substring(secrets from 1 for ${MARK_BYTES}) = $1)::int as done
     from nt30.aoc_nt_punts_recepcio where secrets is not null`,
    [sealer.mark],
  );
  return { total: row?.total ?? 0, done: row?.done ?? 0 };
}
