import { LOGGED_OUTCOMES, type LoggedOutcome } from '../domain/attempt.ts';
import type { Scope } from '../domain/key.ts';
import { STATES } from '../domain/state.ts';
import { uuidFloor } from '../domain/uuid.ts';
import { EXHAUSTED, readCounted } from './activity-counting.ts';
import type { Queryable } from './database.ts';

/** How many attempts of an outcome began in a bucket of time. */
export interface ActivityCount {
  /** The number of the bucket, from 0. */
  readonly bucket: number;
  readonly outcome: LoggedOutcome;
  readonly attempts: number;
  /** Of them, those that spent a delivery's last attempt. */
  readonly exhausted: number;
}

/**
 * Counts attempts by the instant at which they began: what is counted already is read from the tables of counts, the
 * rest from the log.
 *
 * @param scope the entities whose attempts are counted; null: all
 * @param edges where buckets begin, ascending, and where the last ends: milliseconds since the epoch, whole minutes;
 * with a scope whole hours, or none of them is more than two hours ago
 */
export async function readActivity(
  db: Queryable,
  scope: Scope,
  edges: readonly number[],
): Promise<ActivityCount[]> {
  const [start] = edges;
  const end = edges.at(-1);
  if (start === undefined || end === undefined || scope?.length === 0) return [];
  const counted = await readCounted(db);
  const isByHours = scope !== null && edges.every((edge) => edge % 3_600_000 === 0);
  // A scope's minutes are counted nowhere.
  const until = scope === null ? counted.minutes : isByHours ? counted.hours : 0;
  const split = Math.min(Math.max(until, start), end);
  const dates = edges.map((edge) => new Date(edge));
  const rows: ActivityCount[] = [];
  if (split > start) {
    const period = [dates, new Date(start), new Date(split)];
    rows.push(
      ...(scope === null
        ? await db.query<ActivityCount>(COUNTED, period, 'read-activity')
        : await db.query<ActivityCount>(COUNTED_OF_SOME, [...period, ...codesOf(scope)])),
    );
  }
  if (split < end) {
    const period = [dates, uuidFloor(split), uuidFloor(end)];
    rows.push(
      ...(scope === null
        ? await db.query<ActivityCount>(LIVE, period, 'count-activity')
        : await db.query<ActivityCount>(LIVE_OF_SOME, [
            ...period,
            ...codesOf(scope),
            ['', ...STATES],
            LOGGED_OUTCOMES,
          ])),
    );
  }
  return rows;
}

/** The codes of some entities, each entity once, as two arrays of one length. */
export function codesOf(scope: NonNullable<Scope>): [string[], string[]] {
  return [scope.map(({ organisation }) => organisation), scope.map(({ department }) => department)];
}

const BUCKET = (instant: string): string => `width_bucket(${instant}, $1::timestamptz[]) - 1`;

const COUNTED = `
select ${BUCKET('minut')} as bucket, resultat as outcome, sum(intents)::float8 as attempts,
  sum(esgotats)::float8 as exhausted
from nt30.aoc_nt_activitat where minut >= $2 and minut < $3 group by 1, 2`;

const COUNTED_OF_SOME = `
select ${BUCKET('a.hora')} as bucket, a.resultat as outcome, sum(a.intents)::float8 as attempts,
  sum(a.esgotats)::float8 as exhausted
from (select distinct * from unnest($4::text[], $5::text[])) w(organisme, departament)
join nt30.aoc_nt_activitat_entitats a using (organisme, departament)
where a.hora >= $2 and a.hora < $3 group by 1, 2`;

const GROUPED = `
select ${BUCKET('l.at')} as bucket, l.resultat as outcome, count(*)::float8 as attempts,
  count(*) filter (where ${EXHAUSTED})::float8 as exhausted`;

/** The instant that an id was made from: the only one that an index has. */
const AT = `to_timestamp(('x' || translate(left(t.log::text, 13), '-', ''))::bit(48)::bigint / 1000.0)`;

const LIVE = `
${GROUPED}
from (select ${AT} as at, t.resultat, t.enviament, t.intent
  from nt30.aoc_nt_logs_comunicacio t where t.log >= $2::uuid and t.log < $3::uuid) l group by 1, 2`;

// By each combination of what stands before the id in the index of an entity's rows.
const LIVE_OF_SOME = `
${GROUPED}
from (select distinct * from unnest($4::text[], $5::text[])) w(organisme, departament)
cross join unnest($6::text[]) s(estat) cross join unnest($7::text[]) r(resultat)
cross join lateral (
  select ${AT} as at, t.resultat, t.enviament, t.intent
  from nt30.aoc_nt_logs_comunicacio t
  where t.organisme = w.organisme and t.departament = w.departament and coalesce(t.estat, '') = s.estat
    and t.resultat = r.resultat and t.log >= $2::uuid and t.log < $3::uuid
) l group by 1, 2`;
