import { isOriginTrouble } from '../../src/domain/attempt.ts';
import { FREE_INTERRUPTIONS, isFinished, type Status } from '../../src/domain/delivery.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-policy.ts';
import type { Claim } from '../../src/store/claims.ts';
import type { SettledAttempt } from '../../src/delivery/settle.ts';

type Attempt = Pick<Claim, 'delivery' | 'attempt'>;

/** What the world outside knows of a delivery. */
interface Known {
  readonly id: string;
  readonly notification: string;
  readonly position: number;
  readonly knownAt: number;
  firstAttemptAt: number | null;
  attempts: number;
  /** Attempts that failed by the integrator's side. */
  failures: number;
  /** Attempts that ended by this service's side. */
  interruptions: number;
  status: Status | null;
  finishedAt: number | null;
  acknowledged: boolean;
  /** When the next attempt was planned for, and by which instant nothing may make it come sooner. */
  plannedAt: number;
  notBefore: number;
  /** Whether a newer change may have brought the next attempt forward. */
  hastened: boolean;
  /** When the last attempt failed, where its server was in trouble. */
  troubledAt: number | null;
  askedToWait: boolean;
}

/** Failures that the integrator's side may have. */
const MOST_FAILURES = 7;

/**
 * Sees what happens outside the service, and holds it to what was promised: one sender at a time, in order, with
 * numbers without gaps, not before its time, seven failures at the most.
 */
export class Witness {
  readonly deliveries = new Map<string, Known>();
  readonly #live = new Map<string, Attempt>();
  readonly #expired = new Set<string>();

  /** A change has caused a delivery. */
  learn(id: string, notification: string, position: number, now: number): void {
    for (const other of this.#line(notification)) other.hastened = true;
    this.deliveries.set(id, {
      id,
      notification,
      position,
      knownAt: now,
      firstAttemptAt: null,
      attempts: 0,
      failures: 0,
      interruptions: 0,
      status: null,
      finishedAt: null,
      acknowledged: false,
      plannedAt: 0,
      notBefore: 0,
      hastened: false,
      troubledAt: null,
      askedToWait: false,
    });
  }

  /** A worker has claimed a delivery: from now on it may be written to the integrator. */
  begin(
    { delivery, attempt }: Pick<Claim, 'delivery' | 'attempt'>,
    now: number,
    originLivedAt: number,
  ): void {
    const known = this.#get(delivery);
    const live = this.#live.get(known.notification);
    if (live !== undefined)
      this.#fault(known, `is sent while attempt ${live.attempt} of ${live.delivery} is`);
    if (known.finishedAt !== null) this.#fault(known, `is sent although it is ${known.status}`);
    if (attempt !== known.attempts + 1) this.#fault(known, `has attempt ${attempt} after ${known.attempts}`);
    known.firstAttemptAt ??= now;
    const { firstAttemptAt, position } = known;
    for (const other of this.#line(known.notification)) {
      if (other.finishedAt === null && other.position < position && other.knownAt < firstAttemptAt) {
        this.#fault(known, `is sent before the earlier ${other.id}`);
      }
    }
    if (now < known.notBefore) this.#fault(known, 'is sent before its Retry-After');
    const lives = known.troubledAt !== null && originLivedAt > known.troubledAt;
    if (now < known.plannedAt && !known.hastened && !lives) this.#fault(known, 'is sent before its time');
    known.attempts = attempt;
    known.hastened = false;
    this.#live.set(known.notification, { delivery, attempt });
  }

  /** An attempt has ended, or its lease has: nobody may send it any more. */
  release({ delivery, attempt }: Attempt): void {
    const { notification } = this.#get(delivery);
    const live = this.#live.get(notification);
    if (live?.delivery === delivery && live.attempt === attempt) this.#live.delete(notification);
  }

  /** The lease of an attempt has run out: what is told of it comes late. */
  expire(attempt: Attempt): void {
    this.#expired.add(keyOf(attempt));
    this.release(attempt);
  }

  /** The service has recorded how an attempt ended. */
  settle({ ended: { claim, result }, status, nextAttemptAt }: SettledAttempt, now: number): void {
    const known = this.#get(claim.delivery);
    const { outcome } = result;
    if (outcome === 'acknowledged') known.acknowledged = true;
    if (status === null) return;
    if (outcome !== 'acknowledged' && outcome !== 'interrupted') {
      if (this.#expired.has(keyOf(claim))) this.#fault(known, 'is failed by what came late');
      known.failures += 1;
      if (known.failures > MOST_FAILURES) this.#fault(known, `has failed ${known.failures} times`);
    }
    if (outcome === 'interrupted') known.interruptions += 1;
    const spent = known.failures + Math.max(0, known.interruptions - FREE_INTERRUPTIONS);
    if (status === 'exhausted' && spent !== MOST_FAILURES) this.#fault(known, `is given up after ${spent}`);
    known.status = status;
    if (isFinished(status)) this.finish(claim.delivery, status, now);
    known.plannedAt = nextAttemptAt ?? 0;
    known.troubledAt = isOriginTrouble(result) ? now : null;
    if (status === 'retrying' && outcome !== 'interrupted') this.#judgePlan(known, result.retryAfterMs, now);
    else known.notBefore = 0;
  }

  /** A retry is planned for its step's delay, give or take a tenth; what the server asks for counts up to the next. */
  #judgePlan(known: Known, retryAfterMs: number | null, now: number): void {
    const delay = DEFAULT_RETRY_SCHEDULE[known.failures - 1] ?? 0;
    const asked = Math.min(retryAfterMs ?? 0, DEFAULT_RETRY_SCHEDULE[known.failures] ?? delay);
    known.notBefore = now + asked;
    known.askedToWait = asked > 0;
    const planned = known.plannedAt - now;
    const least = Math.max(asked, delay * 0.9);
    const most = Math.max(asked, delay * 1.1);
    if (planned < least - 1 || planned > most + 1)
      this.#fault(known, `is planned for ${planned} ms from now`);
  }

  finish(id: string, status: Status, now: number): void {
    const known = this.#get(id);
    if (known.finishedAt !== null) this.#fault(known, `ends twice`);
    known.status = status;
    known.finishedAt = now;
    if (status === 'acknowledged' && !known.acknowledged) this.#fault(known, 'is acknowledged by nobody');
  }

  #line(notification: string): Known[] {
    return [...this.deliveries.values()].filter((known) => known.notification === notification);
  }

  #get(id: string): Known {
    const known = this.deliveries.get(id);
    if (known === undefined) throw new Error(`${id} was never heard of`);
    return known;
  }

  #fault({ id }: Known, what: string): never {
    throw new Error(`${id} ${what}`);
  }
}

function keyOf({ delivery, attempt }: Attempt): string {
  return `${delivery} ${attempt}`;
}
