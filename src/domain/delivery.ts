import { isOriginTrouble, type AttemptResult, type Outcome } from './attempt.ts';
import type { EntityKey } from './notification.ts';
import { nextAttempt, type RetrySchedule } from './retry-policy.ts';

/**
 * The life of a delivery. `waiting` was never attempted and is not in the queue; `retrying` was attempted and
 * failed, and its next attempt is planned. The last three are final.
 */
export const STATUSES = [
  'waiting',
  'queued',
  'sending',
  'retrying',
  'acknowledged',
  'exhausted',
  'cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

/** Why an unfinished delivery is not going out now. */
export const WAITING_FOR = ['earlier', 'window', 'configuration', 'paused', 'suspended', 'retry'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** What holds all deliveries of an entity back: an operator (`paused`), or the service itself (`suspended`). */
export type Hold = Extract<WaitingFor, 'paused' | 'suspended'>;

/** `interrupted` attempts that a delivery has for nothing; further ones are spent, so that one that kills its process ends. */
export const FREE_INTERRUPTIONS = 3;

/** How long a lease outlasts the attempt's own time limit, for the completion to be written. */
export const LEASE_MARGIN_MS = 15_000;

/** What the scheduler knows of a delivery and changes. Times are milliseconds of the database's clock. */
export interface Schedule {
  readonly id: string;
  /** The line that it stands in: its notification's id, or `dailyLineId`. */
  readonly line: string;
  readonly status: Status;
  /** The place in the line: the instant of its change, or of its day's end, then the order of arrival. */
  readonly position: number;
  readonly arrival: number;
  /** Whether it is the first unfinished one of its line: only then may it be queued. */
  readonly first: boolean;
  /** Sendings begun: the number of the last attempt. */
  readonly attempts: number;
  /** Attempts spent: 1 + the retries of the schedule may be. */
  readonly failures: number;
  readonly interruptions: number;
  /** From when it may be queued. */
  readonly dueAt: number;
  /** What the integrator asked for by `Retry-After`; nothing brings an attempt before it. */
  readonly notBefore: number | null;
  /** Whether a newer change has brought its next attempt forward already. */
  readonly broughtForward: boolean;
  /** The code of what its configuration lacks; it waits until the configuration changes. */
  readonly blockedBy: string | null;
  /** When its last failure said that the origin is in trouble; null where it did not. */
  readonly troubledAt: number | null;
  readonly lastOutcome: Outcome | null;
}

/** The recipient of daily reports, whose deliveries make a line: each waits until the one before is finished. */
export interface DailyLine extends EntityKey {
  /** The back office that gets its own report; null: the entity. */
  readonly backOffice: string | null;
}

/** One text for a daily line; no notification's id is like it. */
export function dailyLineId({ organisation, department, backOffice }: DailyLine): string {
  return JSON.stringify([organisation, department, backOffice]);
}

/** Whether a status is final. */
export function isFinished(status: Status): boolean {
  return status === 'acknowledged' || status === 'exhausted' || status === 'cancelled';
}

/** What a delivery goes back to when it is neither queued, sent nor finished. */
function idle(attempts: number): Status {
  return attempts === 0 ? 'waiting' : 'retrying';
}

/** The delivery is given its place in the queue. Precondition: first, idle, due, not blocked. */
export function enqueue(d: Schedule): Schedule {
  return { ...d, status: 'queued' };
}

/** The delivery leaves the queue unsent; a message that still names it is a stale hint. */
export function withdraw(d: Schedule): Schedule {
  return { ...d, status: idle(d.attempts) };
}

/** A worker takes the delivery: its next attempt begins. Null where another holds it or it was withdrawn. */
export function claim(d: Schedule): Schedule | null {
  if (d.status !== 'queued') return null;
  return { ...d, status: 'sending', attempts: d.attempts + 1 };
}

/** What decides how an attempt is followed, besides the delivery itself. */
export interface FollowUp {
  readonly schedule: RetrySchedule;
  readonly now: number;
  /** In [0, 1): spreads the next delay. */
  readonly random: number;
}

/** An attempt has ended: the delivery is finished, planned again, or waits for its configuration. */
export function complete(
  d: Schedule,
  result: Pick<AttemptResult, 'outcome' | 'httpStatus' | 'errorCode' | 'retryAfterMs'>,
  follow: FollowUp,
): Schedule {
  const { outcome } = result;
  const ended = { ...d, lastOutcome: outcome, troubledAt: isOriginTrouble(result) ? follow.now : null };
  switch (outcome) {
    case 'acknowledged':
      return { ...ended, status: 'acknowledged', blockedBy: null };
    case 'blocked': {
      // Nothing was sent: the number is given back, so that attempts have no gaps.
      const attempts = d.attempts - 1;
      return { ...ended, attempts, status: idle(attempts), blockedBy: result.errorCode };
    }
    case 'interrupted': {
      const interruptions = d.interruptions + 1;
      if (interruptions <= FREE_INTERRUPTIONS) {
        return { ...ended, interruptions, status: 'retrying', dueAt: follow.now, notBefore: null };
      }
      return spend({ ...ended, interruptions }, null, follow);
    }
    case 'refused':
    case 'faulted':
    case 'unreadable':
    case 'http-error':
    case 'unreachable':
      return spend(ended, result.retryAfterMs, follow);
  }
}

/** Whether the attempt of this number is the delivery's own: under way, and not taken over by a later one. */
export function isOwn(d: Schedule, attempt: number): boolean {
  return d.status === 'sending' && d.attempts === attempt;
}

/**
 * What an attempt's end makes of its delivery; null: nothing. One that comes late, after its lease ran out or the
 * delivery was cancelled, changes nothing, but for an acknowledgement: that ends the delivery, unless it is
 * finished or being sent again.
 */
export function conclude(
  d: Schedule,
  attempt: number,
  result: Parameters<typeof complete>[1],
  follow: FollowUp,
): Schedule | null {
  const heals = result.outcome === 'acknowledged' && d.status !== 'sending' && !isFinished(d.status);
  return isOwn(d, attempt) || heals ? complete(d, result, follow) : null;
}

function spend(d: Schedule, retryAfterMs: number | null, follow: FollowUp): Schedule {
  const failures = d.failures + 1;
  const next = nextAttempt(follow.schedule, failures, follow.now, retryAfterMs, follow.random);
  if (next === null) return { ...d, failures, status: 'exhausted' };
  return { ...d, failures, status: 'retrying', dueAt: next.dueAt, notBefore: next.notBefore };
}

/** An operator gives the delivery up; its attempt under way, if any, will only be recorded. */
export function cancel(d: Schedule): Schedule {
  return { ...d, status: 'cancelled', first: false, blockedBy: null };
}

/**
 * Somebody who knows that its endpoint is mended asks for the next attempt: it comes now, never before a
 * `Retry-After`. The same object where that is no sooner. What was spent stays spent, and its place is its place.
 */
export function retryNow<D extends Pick<Schedule, 'status' | 'dueAt' | 'notBefore'>>(d: D, now: number): D {
  if (d.status !== 'retrying') return d;
  const dueAt = Math.max(now, d.notBefore ?? now);
  return dueAt < d.dueAt ? { ...d, dueAt } : d;
}

/**
 * A newer change has arrived behind this delivery: its next attempt comes now, once for each delivery, never
 * before a `Retry-After`, nor while its origin is only probed.
 */
export function bringForward(d: Schedule, now: number, originProbed: boolean): Schedule {
  if (d.broughtForward || originProbed) return d;
  const sooner = retryNow(d, now);
  return sooner === d ? d : { ...sooner, broughtForward: true };
}

/** The order of a line's unfinished deliveries: one that was attempted stays first, then by position. */
function before(a: Schedule, b: Schedule): number {
  const attempted = Number(b.attempts > 0) - Number(a.attempts > 0);
  return attempted || a.position - b.position || a.arrival - b.arrival;
}

/**
 * Puts the deliveries of one line in order: exactly the first unfinished one is `first`. One that was queued and
 * lost its place, because an earlier change arrived late, is withdrawn.
 */
export function lineUp(deliveries: readonly Schedule[]): Schedule[] {
  const line = deliveries.filter((d) => !isFinished(d.status)).sort(before);
  return line.map((d, place) => {
    const first = place === 0;
    const placed = d.first === first ? d : { ...d, first };
    return !first && placed.status === 'queued' ? withdraw(placed) : placed;
  });
}

/** What a new delivery begins with. */
export type Joining = Pick<Schedule, 'id' | 'line' | 'position' | 'arrival' | 'blockedBy'>;

/** A new delivery takes its place among the unfinished ones of its line, and the first one's next attempt comes now. */
export function join(
  others: readonly Schedule[],
  { id, line, position, arrival, blockedBy }: Joining,
  now: number,
  originProbed: boolean,
): Schedule[] {
  // Member by member: a spread costs more than the rest of taking a change's delivery in.
  const added: Schedule = {
    id,
    line,
    status: 'waiting',
    position,
    arrival,
    first: false,
    attempts: 0,
    failures: 0,
    interruptions: 0,
    dueAt: now,
    notBefore: null,
    broughtForward: false,
    blockedBy,
    troubledAt: null,
    lastOutcome: null,
  };
  return lineUp([...others, added]).map((d) =>
    d.first && d.id !== added.id ? bringForward(d, now, originProbed) : d,
  );
}
