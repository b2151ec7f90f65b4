import { groupBy } from '../../../src/domain/group-by.ts';
import type { Communication, Delivery } from './client.ts';
import type { TakenChange } from './load.ts';
import type { SeenRequest } from './receiver.ts';

/** All that is known at the end, when every delivery should be finished. */
export interface Facts {
  readonly taken: readonly TakenChange[];
  readonly deliveries: readonly Delivery[];
  readonly log: readonly Communication[];
  readonly seen: readonly SeenRequest[];
}

/** Attempts that the integrator's side may fail, and interruptions that spend none of them. */
const MAX_FAILURES = 7;
const FREE_INTERRUPTIONS = 3;

/** An answer given so shortly before the sender gave up may have crossed its end, in milliseconds. */
const CROSSING_MS = 300;

/** How far two clocks of one machine may be apart, in milliseconds. */
const CLOCK_SLACK_MS = 1_000;

/** Whether a status is one of the final ones that a trial leads to. */
export function isFinished(status: string): boolean {
  return status === 'acknowledged' || status === 'exhausted';
}

/** Says all that contradicts the promises: nothing lost, order kept, attempts without gaps, a true log. */
export function judge(facts: Facts): string[] {
  const log = groupBy(facts.log, (row) => row.delivery);
  const seen = groupBy(facts.seen, (request) => request.key);
  return [
    ...judgeDeliveries(facts),
    ...facts.deliveries.flatMap((delivery) => {
      const rows = (log.get(delivery.id) ?? []).filter((row) => row.attempt !== null);
      rows.sort((a, b) => (a.attempt ?? 0) - (b.attempt ?? 0));
      const requests = seen.get(delivery.id) ?? [];
      return [...judgeAttempts(delivery, rows), ...judgeLog(rows, requests), ...judgeRequests(requests)].map(
        (text) => `${nameOf(delivery)}: ${text}`,
      );
    }),
    ...judgeOrder(facts, log, seen),
  ];
}

function nameOf({ id, notification, state }: Delivery): string {
  return `delivery ${id} (${notification} ${state})`;
}

/** Every change that is due has its one delivery, told as such, and no delivery is there for nothing. */
function judgeDeliveries({ taken, deliveries, seen }: Facts): string[] {
  const problems: string[] = [];
  const known = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  if (known.size !== deliveries.length) problems.push('a delivery is listed twice');
  const changeOf = new Map<string, TakenChange>();
  for (const change of taken) {
    const { id, deliveryId } = change;
    if (!change.due) {
      if (deliveryId !== null) problems.push(`change ${id} has a delivery though none is due`);
      continue;
    }
    if (deliveryId === null) problems.push(`change ${id} has no delivery`);
    else if (changeOf.has(deliveryId)) problems.push(`change ${id} shares its delivery with another`);
    else changeOf.set(deliveryId, change);
    if (deliveryId !== null && !known.has(deliveryId))
      problems.push(`delivery ${deliveryId} of ${id} is lost`);
  }
  for (const delivery of deliveries) {
    const change = changeOf.get(delivery.id);
    if (change === undefined) problems.push(`${nameOf(delivery)} belongs to no change`);
    else if (change.notification !== delivery.notification || change.state !== delivery.state) {
      problems.push(`${nameOf(delivery)} is of another change than ${change.id}`);
    }
  }
  for (const { key, report } of seen) {
    const change = changeOf.get(key);
    if (change === undefined) problems.push(`a request has the unknown key ${key}`);
    else if (
      report !== null &&
      (report.notification !== change.notification ||
        report.state !== change.state ||
        report.occurredAt !== change.occurredAt)
    ) {
      problems.push(`the report of delivery ${key} tells of another change than ${change.id}`);
    }
  }
  return problems;
}

/** A delivery is finished, by attempts that are numbered without gaps and no more than it may have. */
function judgeAttempts(delivery: Delivery, rows: readonly Communication[]): string[] {
  const problems: string[] = [];
  if (!isFinished(delivery.status)) {
    problems.push(
      `is ${delivery.status} (waiting for ${delivery.waitingFor ?? 'nothing'}) after ${delivery.attempts} attempts`,
    );
  }
  const numbers = rows.map((row) => row.attempt).join(',');
  const expected = Array.from({ length: delivery.attempts }, (_, index) => index + 1).join(',');
  if (numbers !== expected)
    problems.push(`has made ${delivery.attempts} attempts, the log has ${numbers || 'none'}`);
  const acknowledged = rows.filter((row) => row.outcome === 'acknowledged').length;
  if (acknowledged !== (delivery.status === 'acknowledged' ? 1 : 0)) {
    problems.push(`is ${delivery.status} and has ${acknowledged} acknowledgements in the log`);
  }
  const interrupted = rows.filter((row) => row.outcome === 'interrupted').length;
  const spent = rows.length - acknowledged - Math.min(interrupted, FREE_INTERRUPTIONS);
  if (spent > MAX_FAILURES || (delivery.status === 'exhausted' && spent !== MAX_FAILURES)) {
    problems.push(`is ${delivery.status} after ${spent} failures`);
  }
  return problems;
}

/** The log is what the receiver saw, but for what was interrupted. */
function judgeLog(rows: readonly Communication[], requests: readonly SeenRequest[]): string[] {
  const problems: string[] = [];
  const requestOf = new Map(requests.map((request) => [request.attempt, request]));
  if (requestOf.size !== requests.length) problems.push('an attempt came to the receiver twice');
  for (const row of rows) {
    const request = requestOf.get(row.attempt ?? 0);
    requestOf.delete(row.attempt ?? 0);
    if (row.outcome === 'interrupted') continue;
    const logged = `${row.outcome} ${row.httpStatus ?? ''} ${row.errorCode ?? ''}`;
    if (request === undefined) {
      problems.push(`attempt ${row.attempt} is logged as ${logged}, the receiver never saw it`);
      continue;
    }
    if (row.errorCode === 'answer-timeout' && cameLate(row, request)) continue;
    if (request.answer !== row.outcome || request.httpStatus !== row.httpStatus) {
      problems.push(
        `attempt ${row.attempt} is logged as ${logged}, the receiver answered ${request.answer} ${request.httpStatus ?? ''} ` +
          `${Math.round((request.endedAtEpochMs ?? 0) - Date.parse(row.startedAt))} ms after its start`,
      );
    }
  }
  for (const attempt of requestOf.keys())
    problems.push(`attempt ${attempt} came to the receiver and is not in the log`);
  return problems;
}

/** Whether the sender ran out of time before the answer was given, or as it was given. */
function cameLate(row: Communication, request: SeenRequest): boolean {
  if (request.answer === 'gone') return true;
  return (request.endedAtEpochMs ?? 0) > Date.parse(row.startedAt) + row.durationMs - CROSSING_MS;
}

/** The same report at each attempt. */
function judgeRequests(requests: readonly SeenRequest[]): string[] {
  const hashes = new Set(requests.flatMap(({ report }) => report?.hash ?? []));
  return hashes.size > 1 ? ['the report changed between two attempts'] : [];
}

/** What the receiver saw of one delivery, from its first request to the end of its last. */
interface Span {
  readonly delivery: Delivery;
  readonly occurredAt: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Of one notification never two requests at once, never one delivery between two attempts of another, and an
 * earlier change before a later one, unless it came too late for that and says so.
 */
function judgeOrder(
  { taken, deliveries, seen }: Facts,
  log: ReadonlyMap<string, readonly Communication[]>,
  seenOf: ReadonlyMap<string, readonly SeenRequest[]>,
): string[] {
  const problems: string[] = [];
  for (const { key, attempt, endedAt } of seen) {
    if (endedAt === null) problems.push(`attempt ${attempt} of delivery ${key} is still being answered`);
  }
  const instantOf = new Map(
    taken.flatMap((change) =>
      change.deliveryId === null ? [] : [[change.deliveryId, change.occurredAt] as const],
    ),
  );
  const spans = deliveries.flatMap((delivery): Span[] => {
    const requests = seenOf.get(delivery.id) ?? [];
    if (requests.length === 0) return [];
    return [
      {
        delivery,
        occurredAt: instantOf.get(delivery.id) ?? '',
        from: Math.min(...requests.map((request) => request.startedAt)),
        to: Math.max(...requests.map((request) => request.endedAt ?? Infinity)),
      },
    ];
  });
  for (const requests of seenOf.values()) {
    const inOrder = [...requests].sort((a, b) => a.startedAt - b.startedAt);
    inOrder.forEach((request, index) => {
      const before = inOrder[index - 1];
      if (before === undefined) return;
      if (request.startedAt < (before.endedAt ?? Infinity))
        problems.push(`two attempts of delivery ${request.key} are under way at once`);
      if (request.attempt < before.attempt)
        problems.push(
          `attempt ${request.attempt} of delivery ${request.key} came after attempt ${before.attempt}`,
        );
    });
  }
  for (const [notification, told] of groupBy(spans, ({ delivery }) => delivery.notification)) {
    told.sort((a, b) => a.from - b.from);
    told.forEach((span, index) => {
      for (const later of told.slice(index + 1)) {
        if (later.from < span.to) {
          problems.push(
            `notification ${notification}: ${later.delivery.state} was begun before ${span.delivery.state} was finished`,
          );
        }
        if (later.occurredAt < span.occurredAt && !later.delivery.late) {
          problems.push(
            `notification ${notification}: ${later.delivery.state} was sent after ${span.delivery.state}, which is later, and is not marked late`,
          );
        }
      }
    });
  }
  return [...problems, ...judgeLateness(deliveries, instantOf, log)];
}

/** `late` is no excuse: something later must have been attempted when the change came. */
function judgeLateness(
  deliveries: readonly Delivery[],
  instantOf: ReadonlyMap<string, string>,
  log: ReadonlyMap<string, readonly Communication[]>,
): string[] {
  const lines = groupBy(deliveries, ({ notification }) => notification);
  return deliveries
    .filter((delivery) => delivery.late)
    .filter((delivery) => {
      const instant = instantOf.get(delivery.id) ?? '';
      const limit = Date.parse(delivery.createdAt) + CLOCK_SLACK_MS;
      return !(lines.get(delivery.notification) ?? []).some(
        ({ id }) =>
          (instantOf.get(id) ?? '') > instant &&
          (log.get(id) ?? []).some(({ startedAt }) => Date.parse(startedAt) <= limit),
      );
    })
    .map((delivery) => `${nameOf(delivery)} is marked late, but nothing later had been attempted`);
}
