import type { Hint } from '../queue/queue.ts';
import { isProbed } from '../domain/window.ts';
import type { Database, Queryable } from './database.ts';
import { idArray } from './id-array.ts';

/** How long a delivery stays queued before the queue gets its first further hint, in seconds. */
const FIRST_REPEAT_SECONDS = 60;

/** Retries brought forward at once when an origin has recovered. */
const RECOVERY_CHUNK = 200;

// What may be admitted; the words of the partial index aoc_nt_enviaments_pendents.
const READY = `e.primer and e.bloquejat is null and e.retingut is null and e.situacio in ('waiting', 'retrying')`;

/**
 * Origins that have a delivery due, and where they are only probed, their probe too. A loose index scan: it steps
 * from origin to origin through the partial index, whatever the number of deliveries behind each.
 */
export async function dueOrigins(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `with recursive o as (
       (select e.origen from nt30.aoc_nt_enviaments e where ${READY} order by e.origen limit 1)
       union all
       select (select e.origen from nt30.aoc_nt_enviaments e
               where ${READY} and e.origen > o.origen order by e.origen limit 1)
       from o where o.origen is not null
     )
     select o.origen as id from o join nt30.aoc_nt_origens r using (origen)
     where r.recuperat is not null
       or (r.finestra > 1 or coalesce(r.sondeig_proper <= clock_timestamp(), true)) and exists (
         select from nt30.aoc_nt_enviaments e
         where ${READY} and e.origen = o.origen and e.proper_intent <= clock_timestamp())`,
    [],
    'due-origins',
  );
  return rows.map((row) => row.id);
}

interface LockedOrigin {
  id: string;
  size: number;
  probing: boolean;
  recovered: boolean;
}

// One transaction admits for an origin at a time; who finds it locked leaves it to the other.
const LOCK = `
select origen as id, finestra as size, coalesce(sondeig_proper <= clock_timestamp(), true) as probing,
  recuperat is not null as recovered
from nt30.aoc_nt_origens where origen = any($1::bigint[]) order by origen for no key update skip locked`;

/** Of what is due at a probed origin, those due longest, among which the one tried least is looked for. */
const PROBED_AMONG = 1_000;

// Counts in a statement of its own, after the lock: it sees what the transaction before it admitted.
const admitBy = (pick: string, origins = '$1'): string => `
with o as (
  select * from json_to_recordset(${origins}) as o(id bigint, size integer)
), places as (
  select o.id, o.size - (select count(*) from nt30.aoc_nt_enviaments e
    where e.origen = o.id and e.situacio in ('queued', 'sending')) as free
  from o
), picked as (
  select d.enviament from places p cross join lateral (
    ${pick}
  ) d where p.free > 0
), queued as (
  update nt30.aoc_nt_enviaments e set situacio = 'queued', avisos = 0,
    proper_avis = clock_timestamp() + interval '${FIRST_REPEAT_SECONDS} seconds'
  from picked where e.enviament = picked.enviament
  returning e.enviament, e.origen
)
select p.id as origin, greatest(p.free, 0)::integer as free,
  string_agg(q.enviament::text, ',') as deliveries
from places p left join queued q on q.origen = p.id group by p.id, p.free`;

const PICK = `select e.enviament from nt30.aoc_nt_enviaments e
    where ${READY} and e.origen = p.id and e.proper_intent <= clock_timestamp()
    order by e.proper_intent
    limit greatest(p.free, 0) for update skip locked`;
const ADMIT = admitBy(PICK);

// The two of a transaction that has more to do: the first leaves what it locked to the second in a setting, so that
// both go in one round trip. What is to be probed or has recovered is the relay's.
const LOCK_OPEN = `
select set_config('enotum.open_origins', coalesce(json_agg(o), '[]')::text, true) from (
  select origen as id, finestra as size from nt30.aoc_nt_origens
  where origen = any($1::bigint[]) and finestra > 1 and recuperat is null
  order by origen for no key update skip locked
) o`;
const ADMIT_OPEN = admitBy(PICK, `current_setting('enotum.open_origins')::json`);
// At a window of one the origin is probed, with what was tried least. No index has that order: among all that waits
// for a server that died days ago the others in this transaction would wait for the search. The condition is hidden
// from the index of what is due: the planner would go through all of that to find one row.
const PROBE = admitBy(`select e.enviament from nt30.aoc_nt_enviaments e
    where coalesce(${READY}, false) and e.enviament = any(array(
      select c.enviament from (
        select e.enviament, e.intents, e.proper_intent from nt30.aoc_nt_enviaments e
        where ${READY} and e.origen = p.id and e.proper_intent <= clock_timestamp()
        order by e.proper_intent limit ${PROBED_AMONG}
      ) c order by c.intents, c.proper_intent limit greatest(p.free, 0)))
    for update skip locked`);

/** What was queued together. */
export interface Admission {
  /** The hints to send, one an origin. */
  readonly hints: readonly Hint[];
  /** Origins of which nothing due was left for want of a place. */
  readonly spare: readonly string[];
  /** The others that were looked at, or that somebody else looks at. */
  readonly full: readonly string[];
}

interface Admitted {
  origin: string;
  free: number;
  /** Ids with commas between them; null: none. */
  deliveries: string | null;
}

/**
 * Queues what is due of these origins, up to each one's window, in one transaction. Its commit does not wait for
 * the disk: what a crash of the server takes back is due again, and its hints find nothing queued.
 */
export async function admit(
  db: Pick<Database, 'transaction'>,
  origins: readonly string[],
): Promise<Admission> {
  return db.transaction(async (tx) => {
    const [, locked] = await Promise.all([
      tx.query('set local synchronous_commit = off'),
      tx.query<LockedOrigin>(LOCK, [idArray(origins)], 'admit-lock'),
    ]);
    await recover(
      tx,
      locked.filter((origin) => origin.recovered),
    );
    const open = locked.filter((origin) => !isProbed(origin));
    const probing = locked.filter((origin) => isProbed(origin) && origin.probing);
    const rows = (
      await tx.commitWith(async () =>
        Promise.all([queue(tx, ADMIT, 'admit', open), queue(tx, PROBE, 'admit-probe', probing)]),
      )
    ).flat();
    return admissionOf(origins, rows);
  });
}

/**
 * Queues what is due of these origins as the last of a transaction, as far as their windows and nobody's locks stand
 * in the way. It is of one round trip with what is begun beside it.
 *
 * @returns also the origins that are left to the relay
 */
export async function admitWithin(
  tx: Queryable,
  origins: readonly string[],
): Promise<{ readonly admission: Admission; readonly left: readonly string[] }> {
  const [, rows] = await Promise.all([
    tx.query(LOCK_OPEN, [idArray(origins)], 'admit-lock-open'),
    tx.query<Admitted>(ADMIT_OPEN, [], 'admit-open'),
  ]);
  const looked = rows.map(({ origin }) => origin);
  return {
    admission: admissionOf(looked, rows),
    left: origins.filter((origin) => !looked.includes(origin)),
  };
}

function admissionOf(origins: readonly string[], rows: readonly Admitted[]): Admission {
  const spare = new Set<string>();
  const hints: Hint[] = [];
  for (const { origin, free, deliveries } of rows) {
    const queued = deliveries?.split(',') ?? [];
    if (queued.length > 0) hints.push({ origin, deliveries: queued });
    if (queued.length < free) spare.add(origin);
  }
  return {
    hints,
    spare: [...spare],
    full: origins.filter((origin) => !spare.has(origin)),
  };
}

async function queue(
  tx: Queryable,
  statement: string,
  name: string,
  origins: readonly LockedOrigin[],
): Promise<Admitted[]> {
  return origins.length === 0 ? [] : tx.query(statement, [JSON.stringify(origins)], name);
}

// Retries that had failed because the origin was in trouble: their backoff was for a server that lives again.
const BRING_FORWARD = `
with picked as (
  select e.enviament from nt30.aoc_nt_enviaments e
  where ${READY} and e.origen = $1 and e.situacio = 'retrying'
    and e.problema_origen < (select o.recuperat from nt30.aoc_nt_origens o where o.origen = $1)
    and e.proper_intent > clock_timestamp() and (e.no_abans is null or e.no_abans < e.proper_intent)
  order by e.proper_intent limit ${RECOVERY_CHUNK} for update skip locked
)
update nt30.aoc_nt_enviaments e set proper_intent = greatest(clock_timestamp(), e.no_abans)
from picked where e.enviament = picked.enviament returning 1`;

async function recover(tx: Queryable, origins: readonly LockedOrigin[]): Promise<void> {
  for (const { id } of origins) {
    const moved = await tx.query(BRING_FORWARD, [id], 'bring-forward');
    if (moved.length === RECOVERY_CHUNK) continue;
    await tx.query(
      'update nt30.aoc_nt_origens set recuperat = null where origen = $1',
      [id],
      'recovery-done',
    );
  }
}
