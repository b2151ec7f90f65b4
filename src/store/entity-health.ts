import { LOGGED_OUTCOMES, type LoggedOutcome } from '../domain/attempt.ts';
import type { EntityKey } from '../domain/notification.ts';
import { STATES } from '../domain/state.ts';
import { uuidFloor } from '../domain/uuid.ts';
import { DURATION_STEP, EXHAUSTED, readCounted, stepMs } from './activity-counting.ts';
import type { Queryable } from './database.ts';

/** How an entity's deliveries fared in one bucket of time. */
export interface HealthBucket {
  /** Deliveries acknowledged at their first attempt, and at a later one; and those that spent their last. */
  readonly firstTime: number;
  readonly afterRetries: number;
  readonly exhausted: number;
  readonly outcomes: Readonly<Partial<Record<LoggedOutcome, number>>>;
  /** Of attempts that were sent, in milliseconds, less than a twentieth off; null where there were none. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

interface Row {
  readonly bucket: number;
  readonly outcome: LoggedOutcome;
  readonly step: number;
  readonly attempts: number;
  readonly firsts: number;
  readonly exhausted: number;
}

const COUNTED = `
select width_bucket(hora, $1::timestamptz[]) - 1 as bucket, resultat as outcome, durada_grau as step,
  sum(intents)::float8 as attempts, sum(primers)::float8 as firsts, sum(esgotats)::float8 as exhausted
from nt30.aoc_nt_activitat_entitats
where organisme = $4 and departament = $5 and hora >= $2 and hora < $3 group by 1, 2, 3`;

const LIVE = `
select width_bucket(to_timestamp(('x' || translate(left(l.log::text, 13), '-', ''))::bit(48)::bigint / 1000.0),
    $1::timestamptz[]) - 1 as bucket, l.resultat as outcome, ${DURATION_STEP} as step, count(*)::float8 as attempts,
  count(*) filter (where l.resultat = 'acknowledged' and l.intent = 1)::float8 as firsts,
  count(*) filter (where ${EXHAUSTED})::float8 as exhausted
from unnest($6::text[]) s(estat) cross join unnest($7::text[]) r(resultat)
cross join lateral (
  select * from nt30.aoc_nt_logs_comunicacio t
  where t.organisme = $4 and t.departament = $5 and coalesce(t.estat, '') = s.estat and t.resultat = r.resultat
    and t.log >= $2::uuid and t.log < $3::uuid
) l group by 1, 2, 3`;

/** Outcomes of attempts that nothing was sent in, or that say nothing of how long the web service takes. */
const UNTIMED = new Set<LoggedOutcome>(['blocked', 'interrupted', 'answered']);

/**
 * Reads how an entity's deliveries fared, by the instant at which their attempts began.
 *
 * @param edges as those of `readActivity`, whole hours
 */
export async function readEntityHealth(
  db: Queryable,
  { organisation, department }: EntityKey,
  edges: readonly number[],
): Promise<HealthBucket[]> {
  const [start = 0] = edges;
  const end = edges.at(-1) ?? 0;
  const { hours } = await readCounted(db);
  const split = Math.min(Math.max(hours, start), end);
  const dates = edges.map((edge) => new Date(edge));
  const [counted, live] = await Promise.all([
    db.query<Row>(COUNTED, [dates, new Date(start), new Date(split), organisation, department]),
    db.query<Row>(LIVE, [
      dates,
      uuidFloor(split),
      uuidFloor(end),
      organisation,
      department,
      ['', ...STATES],
      LOGGED_OUTCOMES,
    ]),
  ]);
  const rows = [...counted, ...live];
  return edges.slice(1).map((_, place) => bucketOf(rows.filter(({ bucket }) => bucket === place)));
}

function bucketOf(rows: readonly Row[]): HealthBucket {
  const outcomes: Partial<Record<LoggedOutcome, number>> = {};
  for (const { outcome, attempts } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + attempts;
  const firstTime = rows.reduce((sum, { firsts }) => sum + firsts, 0);
  const timed = rows.filter(({ outcome }) => !UNTIMED.has(outcome)).sort((a, b) => a.step - b.step);
  return {
    firstTime,
    afterRetries: (outcomes.acknowledged ?? 0) - firstTime,
    exhausted: rows.reduce((sum, { exhausted }) => sum + exhausted, 0),
    outcomes,
    medianMs: quantile(timed, 0.5),
    p95Ms: quantile(timed, 0.95),
  };
}

function quantile(ascending: readonly Row[], share: number): number | null {
  const total = ascending.reduce((sum, { attempts }) => sum + attempts, 0);
  let left = Math.ceil(total * share);
  for (const { step, attempts } of ascending) {
    left -= attempts;
    if (left <= 0) return stepMs(step);
  }
  return null;
}
