import { Type } from 'typebox';
import { OUTCOMES, type LoggedOutcome } from '../../domain/attempt.ts';
import { isInScope, type Scope } from '../../domain/key.ts';
import { LEVELS, OVERDUE_TOLD_MS, tellNow, tellStanding, type Level } from '../../telling/now.ts';
import type { Language } from '../../domain/language.ts';
import { MINUTE_MS } from '../../store/activity-counting.ts';
import { readActivity } from '../../store/activity.ts';
import { MOST_COUNTED, readUnfinished, type Unfinished } from '../../store/now.ts';
import { MOST_RETRYING, readStandings, STANDING_CAUSES, type Standing } from '../../store/standing.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LANGUAGE_QUERY, languageOf } from '../language.ts';
import { NullableInteger, NullableText, oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { timeLimited } from '../time-limited.ts';
import type { AddRoutes } from '../types.ts';

/** The most endpoints in trouble that are answered; `GET /v1/endpoints` pages through all. */
const MOST_TROUBLE = 50;

/** Beyond it a delivery that is due and held by nothing means that the service itself does not send, in milliseconds. */
const OVERDUE_TROUBLE_MS = 10 * MINUTE_MS;

const Instant = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });

/** What is said of how many may be retried at once. */
export const RETRYING = `Deliveries that POST …/retry would let go now, counted up to ${MOST_RETRYING} of each state`;

const Trouble = Type.Object({
  cause: oneOf(STANDING_CAUSES, 'The worst first'),
  organisation: Type.String(),
  department: Type.String(),
  backOffice: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'Null for the entity’s own endpoint',
  }),
  entityName: Type.String(),
  origin: NullableText,
  since: Instant,
  stage: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description:
      'The last warning that was given of its failures, as ALERT_AFTER says it; null before the first',
  }),
  failures: Type.Integer(),
  outcome: Type.Unsafe<string | null>({ type: ['string', 'null'], enum: [...OUTCOMES, null] }),
  code: NullableText,
  httpStatus: NullableInteger,
  missing: Type.Array(Type.String(), { description: 'What its configuration lacks' }),
  sentence: Type.String({ description: 'What is wrong, and whose side it is' }),
  waiting: Type.Integer(),
  retrying: Type.Integer({ description: RETRYING }),
  nextAttemptAt: Instant,
  nextProbeAt: Instant,
  suspended: Instant,
  paused: Instant,
  pauseReason: NullableText,
  window: NullableInteger,
});

const Now = Type.Object({
  sentence: Type.String(),
  level: oneOf(LEVELS),
  at: Type.String({ format: 'date-time' }),
  waiting: Type.Integer({ description: `Unfinished and not under way, counted up to ${MOST_COUNTED}` }),
  inFlight: Type.Integer({ description: `In the queue or being sent, counted up to ${MOST_COUNTED}` }),
  oldestWaitingAt: Instant,
  oldestOverdueAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description: 'Since when the delivery is due that has been so for longest, of those that nothing holds',
  }),
  lastHour: Type.Object({
    acknowledged: Type.Integer(),
    failed: Type.Integer({ description: 'Attempts that failed by the integrators’ side' }),
    exhausted: Type.Integer({ description: 'Deliveries that spent their last attempt' }),
  }),
  database: Type.Object({ state: oneOf(['ok']), answeredInMs: Type.Integer() }),
  queue: Type.Object({ state: oneOf(['ok', 'unreachable']) }),
  trouble: Type.Array(Trouble, { description: `The worst first, ${MOST_TROUBLE} at most` }),
  troubleTotal: Type.Integer(),
});

const FAILED = new Set<LoggedOutcome>(['refused', 'faulted', 'unreadable', 'http-error', 'unreachable']);

/**
 * Makes the call that says whether everything goes out.
 *
 * @param isQueueThere whether the queue answers; asked once at a time, for 900 ms at most
 * @param stages the stages of warning, as people write them
 */
export function nowRoutes(isQueueThere: () => Promise<boolean>, stages: readonly string[]): AddRoutes {
  const askQueue = timeLimited(isQueueThere, false);
  return (app, { db }) => {
    app.get(
      '/v1/now',
      {
        config: { roles: READERS },
        schema: {
          summary: 'Whether everything goes out, and what does not',
          description:
            'An integrator’s key is told of its own entities. While the database is away it is a 503 `unavailable`.',
          tags: ['now'],
          querystring: strictObject(LANGUAGE_QUERY),
          response: { 200: Now, ...PROBLEM_RESPONSES },
        },
      },
      async (request, reply) => {
        const { scope } = callerOf(request);
        const language = languageOf(request, reply, request.query.lang);
        void reply.header('cache-control', 'no-store');
        const begun = performance.now();
        const at = Date.now();
        const [unfinished, standings, hour, isThere] = await Promise.all([
          readUnfinished(db, scope),
          readStandings(db, scope, MOST_TROUBLE),
          readLastHour(at, scope),
          askQueue(),
        ]);
        const answeredInMs = Math.round(performance.now() - begun);
        const level = judge(unfinished, standings, hour, isThere, at);
        return {
          sentence: tellNow(
            {
              level,
              waiting: unfinished.waiting + unfinished.inFlight,
              isMore: unfinished.waiting === MOST_COUNTED || unfinished.inFlight === MOST_COUNTED,
              troubled: standings.total,
              overdueMs: at - (unfinished.overdueSince ?? at),
              exhaustedLastHour: hour.exhausted,
              isQueueThere: isThere,
            },
            language,
          ),
          level,
          at: new Date(at).toISOString(),
          waiting: unfinished.waiting,
          inFlight: unfinished.inFlight,
          oldestWaitingAt: shown(unfinished.oldestAt),
          oldestOverdueAt: shown(unfinished.overdueSince),
          lastHour: hour,
          database: { state: 'ok' as const, answeredInMs },
          queue: { state: isThere ? ('ok' as const) : ('unreachable' as const) },
          trouble: standings.items
            .filter((standing) => isInScope(scope, standing))
            .map((standing) => view(standing, stages, language)),
          troubleTotal: standings.total,
        };
      },
    );

    async function readLastHour(now: number, scope: Scope) {
      const end = Math.ceil((now + 1) / MINUTE_MS) * MINUTE_MS;
      const counts = await readActivity(db, scope, [end - 61 * MINUTE_MS, end]);
      const sum = (of: (count: (typeof counts)[number]) => number): number =>
        counts.reduce((total, count) => total + of(count), 0);
      return {
        acknowledged: sum(({ outcome, attempts }) => (outcome === 'acknowledged' ? attempts : 0)),
        failed: sum(({ outcome, attempts }) => (FAILED.has(outcome) ? attempts : 0)),
        exhausted: sum(({ exhausted }) => exhausted),
      };
    }
  };
}

/**
 * How bad it is. Trouble: something stands still that nobody asked to, or the service itself does not send. A warning:
 * something fails and is tried again, waits for its configuration, or was paused.
 */
function judge(
  { overdueSince }: Unfinished,
  { items, total }: { readonly items: readonly Standing[]; readonly total: number },
  { exhausted }: { readonly exhausted: number },
  isQueueThere: boolean,
  now: number,
): Level {
  const overdueMs = now - (overdueSince ?? now);
  // The worst come first, so that those that were left out make it no worse.
  const isStanding = items.some(
    ({ cause, told }) => cause === 'suspended' || (cause === 'failing' && told > 1),
  );
  if (!isQueueThere || overdueMs >= OVERDUE_TROUBLE_MS || isStanding) return 'trouble';
  return total > 0 || exhausted > 0 || overdueMs >= OVERDUE_TOLD_MS ? 'warning' : 'ok';
}

const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function view(standing: Standing, stages: readonly string[], language: Language) {
  const { told, organisationName, departmentName, lastOutcome, lastErrorCode, lastHttpStatus } = standing;
  const last =
    lastOutcome === null ? null : { outcome: lastOutcome, code: lastErrorCode, httpStatus: lastHttpStatus };
  return {
    cause: standing.cause,
    organisation: standing.organisation,
    department: standing.department,
    backOffice: standing.backOffice === '' ? null : standing.backOffice,
    entityName: `${organisationName}, ${departmentName}`,
    origin: standing.origin,
    since: shown(standing.since),
    stage: stages[told - 1] ?? null,
    failures: standing.failures,
    outcome: lastOutcome,
    code: lastErrorCode,
    httpStatus: lastHttpStatus,
    missing: [...standing.missing],
    sentence: tellStanding({ ...standing, last }, language),
    waiting: standing.waiting,
    retrying: standing.retrying,
    nextAttemptAt: shown(standing.nextAttemptAt),
    nextProbeAt: shown(standing.nextProbeAt),
    suspended: shown(standing.suspendedSince),
    paused: shown(standing.pausedSince),
    pauseReason: standing.pauseReason,
    window: standing.window,
  };
}
