import { isOriginTrouble, phaseOf, type AttemptResult } from '../domain/attempt.ts';
import { conclude, isFinished, isOwn, lineUp, type Schedule, type Status } from '../domain/delivery.ts';
import type { SentEnvelope } from '../domain/entity.ts';
import { groupBy } from '../domain/group-by.ts';
import { healthChanges, type HealthChange } from '../domain/health.ts';
import { entityId } from '../domain/notification.ts';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import { uuidV7 } from '../domain/uuid.ts';
import { adjust } from '../domain/window.ts';
import type { Claim } from '../store/claims.ts';
import { readConfigurationVersions } from '../store/configuration-versions.ts';
import { insertCommunications, type CommunicationRow } from '../store/communication-rows.ts';
import { lockDailyLinesOf } from '../store/daily-lines.ts';
import type { Database, Queryable } from '../store/database.ts';
import {
  lockNotifications,
  lockUnfinished,
  writeSchedules,
  type StoredDelivery,
} from '../store/delivery-rows.ts';
import { writeHealth } from '../store/health.ts';
import { lockWindows, writeWindows, type OriginWindow } from '../store/origins.ts';

/** Tries of one transaction: a batch that somebody's lock holds up is halved soon, to find whose it is. */
const MAX_TRIES = 2;

/** An attempt that has ended, and how. */
export interface EndedAttempt {
  readonly claim: Pick<
    Claim,
    'delivery' | 'notification' | 'entity' | 'state' | 'kind' | 'attempt' | 'originId'
  > &
    Partial<Pick<Claim, 'configurationVersion'>>;
  /** The URL; null where none was known. */
  readonly endpoint: string | null;
  readonly envelope: SentEnvelope | null;
  /** Milliseconds of the database's clock. */
  readonly startedAt: number;
  readonly result: AttemptResult;
}

/** What became of a delivery by the end of its attempt. */
export interface SettledAttempt {
  readonly ended: EndedAttempt;
  /** The delivery's status now; null where the completion came late and changed nothing. */
  readonly status: Status | null;
  readonly nextAttemptAt: number | null;
}

/** What one transaction has recorded. */
export interface Settlement {
  readonly attempts: readonly SettledAttempt[];
  /** Origins of deliveries that may go out now: released, or given back. */
  readonly origins: readonly string[];
}

/**
 * Records ended attempts: the deliveries, the log rows, the windows of their origins and the release of what
 * waited behind them, in one transaction. An attempt whose delivery is no longer its own (its lease ran out,
 * the delivery was cancelled) gets its log row; an acknowledgement that comes so late still ends the delivery,
 * unless that is finished or being sent again.
 *
 * @param schedule the service's own, for entities without one
 * @throws what `isTransient` of store/database.ts holds for, where somebody has locked what it needs
 */
export async function settle(
  db: Database,
  ended: readonly EndedAttempt[],
  schedule: RetrySchedule,
): Promise<Settlement> {
  return db.transaction(async (tx) => {
    const notifications = [...new Set(ended.flatMap(({ claim }) => claim.notification ?? []))];
    const dailyReports = ended.flatMap(({ claim }) => (claim.kind === 'Diari' ? claim.delivery : []));
    const [now, , unfinished, outdated] = await Promise.all([
      lockNotifications(tx, notifications),
      lockDailyLinesOf(tx, dailyReports),
      lockUnfinished(tx, notifications, dailyReports),
      findOutdated(tx, ended),
    ]);
    const before = new Map(unfinished.map((delivery) => [delivery.id, delivery]));
    const after = new Map<string, Schedule>(before);
    const settled = ended.map((attempt) =>
      follow(attempt, before.get(attempt.claim.delivery), after, now, schedule, outdated.has(attempt)),
    );
    for (const line of groupBy(after.values(), (d) => d.line).values()) {
      for (const placed of lineUp(line)) after.set(placed.id, placed);
    }
    const changed = [...after.values()].filter((d) => d !== before.get(d.id));
    const record = async (): Promise<unknown> =>
      Promise.all([writeSchedules(tx, changed), insertCommunications(tx, logRows(settled))]);
    const telling = tellingResults(settled, before);
    const health = tellingHealth(settled, before);
    if (telling.size === 0 && health.length === 0) {
      await tx.commitWith(record);
    } else {
      const origins = [...telling.keys()];
      const [, windows] = await Promise.all([record(), origins.length === 0 ? [] : lockWindows(tx, origins)]);
      await tx.commitWith(async () =>
        Promise.all([writeWindows(tx, adjustWindows(windows, telling, now)), writeHealth(tx, health, now)]),
      );
    }
    const attempts = settled.map(({ ended: attempt, status }) => {
      const delivery = after.get(attempt.claim.delivery);
      const nextAttemptAt = delivery === undefined || isFinished(delivery.status) ? null : delivery.dueAt;
      return { ended: attempt, status, nextAttemptAt };
    });
    return { attempts, origins: originsOfDue(after, before, now) };
  }, MAX_TRIES);
}

/** The origins of deliveries that this transaction has made due. */
function originsOfDue(
  after: ReadonlyMap<string, Schedule>,
  before: ReadonlyMap<string, StoredDelivery>,
  now: number,
): string[] {
  const origins = new Set<string>();
  for (const d of after.values()) {
    const known = before.get(d.id);
    if (d === known || isFinished(d.status) || !d.first || d.blockedBy !== null || d.dueAt > now) continue;
    if (known?.originId != null) origins.add(known.originId);
  }
  return [...origins];
}

interface Followed {
  readonly ended: EndedAttempt;
  readonly status: Status | null;
  /** Whether the attempt was the delivery's own when it ended. */
  readonly own: boolean;
  readonly logged: boolean;
}

function follow(
  ended: EndedAttempt,
  delivery: StoredDelivery | undefined,
  after: Map<string, Schedule>,
  now: number,
  schedule: RetrySchedule,
  outdated: boolean,
): Followed {
  const { claim, result } = ended;
  const own = delivery !== undefined && isOwn(delivery, claim.attempt);
  // A blocked attempt was none: its row is written where the blocking begins.
  const logged = result.outcome !== 'blocked' || (own && delivery.blockedBy === null && !outdated);
  const followUp = { schedule: delivery?.retrySchedule ?? schedule, now, random: Math.random() };
  const completed = delivery === undefined ? null : conclude(delivery, claim.attempt, result, followUp);
  if (delivery === undefined || completed === null) return { ended, status: null, own: false, logged };
  const next = outdated ? { ...completed, blockedBy: delivery.blockedBy } : completed;
  after.set(delivery.id, next);
  return { ended, status: next.status, own, logged };
}

/**
 * Attempts that were blocked under a configuration that has been put anew since: what blocked them may be
 * mended, and nothing would come to unblock them any more. They are tried again as the configuration is now.
 */
async function findOutdated(
  tx: Queryable,
  ended: readonly EndedAttempt[],
): Promise<ReadonlySet<EndedAttempt>> {
  const blocked = ended.filter(({ result }) => result.outcome === 'blocked');
  const versions = await readConfigurationVersions(
    tx,
    blocked.map(({ claim }) => claim.entity),
  );
  return new Set(
    blocked.filter(({ claim }) => versions.get(entityId(claim.entity)) !== claim.configurationVersion),
  );
}

function logRows(settled: readonly Followed[]): CommunicationRow[] {
  return settled
    .filter(({ logged }) => logged)
    .map(({ ended: { claim, result, endpoint, envelope, startedAt } }, index) => ({
      id: uuidV7(startedAt, index),
      delivery: claim.delivery,
      notification: claim.notification,
      organisation: claim.entity.organisation,
      department: claim.entity.department,
      state: claim.state,
      phase: phaseOf(claim.kind),
      attempt: result.outcome === 'blocked' ? null : claim.attempt,
      startedAt,
      durationMs: Math.round(result.durationMs),
      phases: result.phases,
      endpoint,
      outcome: result.outcome,
      httpStatus: result.httpStatus,
      errorCode: result.errorCode,
      errorText: result.errorText,
      requestHeaders: result.requestHeaders,
      requestHash: result.requestHash,
      envelope,
      response: result.response,
    }));
}

/** The results that may change the window of their origin, by origin. */
function tellingResults(
  settled: readonly Followed[],
  before: ReadonlyMap<string, StoredDelivery>,
): ReadonlyMap<string, readonly AttemptResult[]> {
  const results = new Map<string, AttemptResult[]>();
  for (const { own, ended } of settled) {
    const { claim, result } = ended;
    // A window at its largest does not grow: only trouble is worth a lock then.
    if (!own || (!isOriginTrouble(result) && before.get(claim.delivery)?.originOpen === true)) continue;
    const known = results.get(claim.originId);
    if (known === undefined) results.set(claim.originId, [result]);
    else known.push(result);
  }
  return results;
}

/** What the attempts change of their endpoints' health: nothing while all is well. */
function tellingHealth(
  settled: readonly Followed[],
  before: ReadonlyMap<string, StoredDelivery>,
): HealthChange[] {
  return healthChanges(
    settled.flatMap(({ ended: { claim, result }, status }) => {
      const delivery = before.get(claim.delivery);
      if (status === null || delivery?.endpointId == null) return [];
      const { endpointId: endpoint, endpointFailing: failing } = delivery;
      return [{ endpoint, failing, result, exhausted: status === 'exhausted' }];
    }),
  );
}

function adjustWindows(
  windows: readonly OriginWindow[],
  results: ReadonlyMap<string, readonly AttemptResult[]>,
  now: number,
): OriginWindow[] {
  return windows.flatMap((window) => {
    const next = adjust(window, results.get(window.id) ?? [], now);
    return next === window ? [] : [{ ...next, id: window.id }];
  });
}
