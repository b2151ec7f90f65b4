import type { Scope } from '../domain/key.ts';
import { CALLBACK_STATES } from '../domain/state.ts';
import { uuidTime } from '../domain/uuid.ts';
import { codesOf } from './activity.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';

/** Up to so many deliveries of a status are counted: beyond it, how many more there are changes nothing. */
export const MOST_COUNTED = 10_000;

/** What has not come to its end. Instants are milliseconds since the epoch. */
export interface Unfinished {
  /** Neither in the queue nor being sent, counted up to `MOST_COUNTED`. */
  readonly waiting: number;
  /** In the queue or being sent, counted alike. */
  readonly inFlight: number;
  /** When the oldest of all of them was made. */
  readonly oldestAt: number | null;
  /** Since when the one is due that has been so for longest, of those that nothing holds. */
  readonly overdueSince: number | null;
}

const WAITING = ['waiting', 'retrying'];
const IN_FLIGHT = ['queued', 'sending'];

interface StatusRow {
  readonly status: string;
  readonly deliveries: number;
  readonly oldest: string | null;
}

// Each status by the index of lists, of which no more than what is counted is read.
const BY_STATUS = `
select s.status, (select count(*)::integer from (
    select from nt30.aoc_nt_enviaments e where e.situacio = s.status limit ${MOST_COUNTED}) c) as deliveries,
  (select e.enviament from nt30.aoc_nt_enviaments e where e.situacio = s.status
    order by e.enviament limit 1) as oldest
from unnest($1::text[]) s(status)`;

// Of most entities nothing is unfinished: these are passed over first.
const BY_STATUS_OF_SOME = `
select s.status, sum(x.deliveries)::integer as deliveries, min(x.oldest::text) as oldest
from (select w.* from (select distinct * from unnest($2::text[], $3::text[])) w(organisme, departament)
  where exists (select from nt30.aoc_nt_configuracio_callbacks c
    join nt30.aoc_nt_punts_recepcio p using (entitat)
    cross join lateral (select from nt30.aoc_nt_enviaments e where e.punt = p.punt and e.finalitzat is null limit 1) e
    where c.organisme = w.organisme and c.departament = w.departament)) w
cross join unnest($1::text[]) s(status) cross join unnest($4::text[]) v(estat)
cross join lateral (
  select (select count(*) from (
      select from nt30.aoc_nt_enviaments e where e.organisme = w.organisme and e.departament = w.departament
        and coalesce(e.estat, '') = v.estat and e.situacio = s.status limit ${MOST_COUNTED}) c) as deliveries,
    (select e.enviament from nt30.aoc_nt_enviaments e where e.organisme = w.organisme
        and e.departament = w.departament and coalesce(e.estat, '') = v.estat and e.situacio = s.status
      order by e.enviament limit 1) as oldest
) x group by 1`;

/** SQL of the rows that the relay may admit: the condition of its partial index. */
const DUE = `e.primer and e.bloquejat is null and e.retingut is null and e.situacio in ('waiting', 'retrying')`;

// The first due of each origin: from one origin to the next in the relay's own index.
const OVERDUE = `
with recursive o(origen, due) as (
  (select e.origen, e.proper_intent from nt30.aoc_nt_enviaments e where ${DUE}
   order by e.origen, e.proper_intent limit 1)
  union all
  select n.origen, n.proper_intent from o cross join lateral (
    select e.origen, e.proper_intent from nt30.aoc_nt_enviaments e where ${DUE} and e.origen > o.origen
    order by e.origen, e.proper_intent limit 1) n
)
select ${epochMs('min(due)')} as since from o where due < clock_timestamp()`;

const OVERDUE_OF_SOME = `
select ${epochMs('min(x.due)')} as since
from (select distinct * from unnest($1::text[], $2::text[])) w(organisme, departament)
join nt30.aoc_nt_configuracio_callbacks c using (organisme, departament)
join nt30.aoc_nt_punts_recepcio p using (entitat)
cross join lateral (
  select e.proper_intent as due from nt30.aoc_nt_enviaments e where ${DUE} and e.origen = p.origen and e.punt = p.punt
  order by e.proper_intent limit 1) x
where x.due < clock_timestamp()`;

/** Counts what is not finished, and finds the oldest of it; by indexes alone, whatever the tables hold. */
export async function readUnfinished(db: Queryable, scope: Scope): Promise<Unfinished> {
  const statuses = [...WAITING, ...IN_FLIGHT];
  const codes = scope === null ? [] : codesOf(scope);
  const [rows, overdue] = await Promise.all([
    scope === null
      ? db.query<StatusRow>(BY_STATUS, [statuses], 'count-unfinished')
      : db.query<StatusRow>(BY_STATUS_OF_SOME, [statuses, ...codes, ['', ...CALLBACK_STATES]]),
    scope === null
      ? db.query<{ since: number | null }>(OVERDUE, [], 'read-overdue')
      : db.query<{ since: number | null }>(OVERDUE_OF_SOME, codes),
  ]);
  const counted = (of: readonly string[]): number =>
    Math.min(
      rows.reduce((sum, { status, deliveries }) => sum + (of.includes(status) ? deliveries : 0), 0),
      MOST_COUNTED,
    );
  const oldest = rows.flatMap((row) => row.oldest ?? []);
  return {
    waiting: counted(WAITING),
    inFlight: counted(IN_FLIGHT),
    oldestAt: oldest.length === 0 ? null : Math.min(...oldest.map(uuidTime)),
    overdueSince: overdue[0]?.since ?? null,
  };
}
