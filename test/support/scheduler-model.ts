import type { AttemptResult } from '../../src/domain/attempt.ts';
import {
  bringForward,
  claim,
  complete,
  enqueue,
  isFinished,
  lineUp,
  retryNow,
  withdraw,
  type Schedule,
} from '../../src/domain/delivery.ts';
import type { RetrySchedule } from '../../src/domain/retry-policy.ts';

/** What the model knows of a delivery. */
export interface ModelDelivery {
  readonly schedule: Schedule;
  readonly entity: number;
  readonly resentFrom: string | null;
  /** Whether its entity is paused: it must not be queued. */
  readonly held: boolean;
  /** The span in which the store must have put the next attempt: null where it must not have moved it. */
  readonly due: { readonly earliest: number; readonly latest: number } | null;
  /** Attempts that ended `interrupted` and of which a late completion told something else. */
  readonly corrected: number;
}

/** A delivery that comes into the model. */
interface Joining {
  readonly id: string;
  readonly line: string;
  readonly position: number;
  readonly entity: number;
  readonly blocked: boolean;
  readonly held: boolean;
}

/** An attempt's end, as far as the scheduler goes by it. */
export type ModelResult = Pick<AttemptResult, 'outcome' | 'httpStatus' | 'errorCode' | 'retryAfterMs'>;

/**
 * The scheduler in memory: the pure functions of src/domain/delivery.ts and what a store does around them. It
 * knows no clock: `now` is the database's, as the test read it just before the step.
 */
export class SchedulerModel {
  readonly deliveries = new Map<string, ModelDelivery>();
  #arrivals = 0;

  get(id: string): ModelDelivery {
    const found = this.deliveries.get(id);
    if (found === undefined) throw new Error(`the model does not know the delivery ${id}`);
    return found;
  }

  /** The unfinished deliveries of a line. */
  line(line: string): Schedule[] {
    return [...this.deliveries.values()]
      .map(({ schedule }) => schedule)
      .filter((d) => d.line === line && !isFinished(d.status));
  }

  /** A change, or a day's end, has caused a delivery. */
  join(joining: Joining, now: number, originProbed: boolean): void {
    this.#add(joining, now, null);
    for (const d of lineUp(this.line(joining.line))) {
      this.#set(d);
      if (!d.first || d.id === joining.id) continue;
      const brought = bringForward(d, now, originProbed);
      if (brought !== d) this.#set(brought, { earliest: brought.dueAt, latest: brought.dueAt });
    }
  }

  /** A finished delivery is sent again, last in its line. */
  resend(id: string, again: string, state: Pick<Joining, 'blocked' | 'held'>, now: number): void {
    const { schedule, entity } = this.get(id);
    const { line } = schedule;
    const position = Math.max(schedule.position, ...this.line(line).map((d) => d.position));
    this.#add({ id: again, line, position, entity, ...state }, now, id);
    this.#lineUp(line);
  }

  /** Whether a delivery, what it was resent from, or a resend of these is unfinished. */
  isFamilyUnfinished(id: string): boolean {
    const root = this.#root(id);
    return [...this.deliveries].some(
      ([other, { schedule }]) => this.#root(other) === root && !isFinished(schedule.status),
    );
  }

  /** The relay has queued it. */
  admit(id: string): void {
    const { schedule, held } = this.get(id);
    const { status, first, blockedBy } = schedule;
    if (!first || blockedBy !== null || held || (status !== 'waiting' && status !== 'retrying')) {
      throw new Error(`${id} must not be queued: ${JSON.stringify(schedule)}`);
    }
    this.#set(enqueue(schedule));
  }

  /** A worker tries to take it; answers the attempt's number, null where it must not get it. */
  claim(id: string): number | null {
    const held = claim(this.get(id).schedule);
    if (held === null) return null;
    this.#set(held);
    return held.attempts;
  }

  /** An attempt has ended, in time or late. */
  complete(id: string, attempt: number, result: ModelResult, retries: RetrySchedule, now: number): void {
    const { schedule } = this.get(id);
    const own = schedule.status === 'sending' && schedule.attempts === attempt;
    const heals =
      result.outcome === 'acknowledged' && schedule.status !== 'sending' && !isFinished(schedule.status);
    if (!own && !heals) return;
    const soonest = complete(schedule, result, { schedule: retries, now, random: 0 });
    const latest = complete(schedule, result, { schedule: retries, now, random: 1 }).dueAt;
    const planned = soonest.status === 'retrying' && result.outcome !== 'blocked';
    this.#set(soonest, planned ? { earliest: soonest.dueAt, latest } : null);
    this.#lineUp(schedule.line);
  }

  /** A late completion has told what an interrupted attempt was. */
  correct(id: string): void {
    const known = this.get(id);
    this.deliveries.set(id, { ...known, corrected: known.corrected + 1 });
  }

  /** Its attempt could not be made for what its configuration lacked, and that has changed meanwhile. */
  giveBack(id: string): void {
    const { schedule } = this.get(id);
    const attempts = schedule.attempts - 1;
    this.#set({ ...withdraw({ ...schedule, attempts }), lastOutcome: 'blocked', troubledAt: null });
    this.#lineUp(schedule.line);
  }

  /** An operator gives it up. */
  cancel(id: string): void {
    const { schedule } = this.get(id);
    this.#set({ ...schedule, status: 'cancelled', first: false, blockedBy: null });
    this.#lineUp(schedule.line);
  }

  /** The entity's configuration was put. */
  configure(entity: number, isComplete: boolean, now: number): void {
    for (const { schedule: d } of this.#of(entity)) {
      if (isComplete) {
        if (d.blockedBy === null) continue;
        const dueAt = Math.max(now, d.notBefore ?? now);
        this.#set({ ...d, blockedBy: null, dueAt }, { earliest: dueAt, latest: dueAt });
        continue;
      }
      if (d.blockedBy === 'configuration-incomplete') continue;
      const idle = d.status === 'queued' ? withdraw(d) : d;
      const lastOutcome = d.status === 'sending' ? d.lastOutcome : 'blocked';
      this.#set({ ...idle, blockedBy: 'configuration-incomplete', lastOutcome });
    }
  }

  /** The entity was paused or resumed: what is queued goes back, and no time moves. */
  hold(entity: number, held: boolean): void {
    for (const known of this.#of(entity)) {
      const { schedule } = known;
      const kept = held && schedule.status === 'queued' ? withdraw(schedule) : schedule;
      this.deliveries.set(schedule.id, { ...known, schedule: kept, held });
    }
  }

  /** An operator asks for what is retried of the entity: only what may go comes sooner. */
  retry(entity: number, now: number): void {
    for (const { schedule: d, held } of this.#of(entity)) {
      if (held || !d.first || d.blockedBy !== null) continue;
      const asked = retryNow(d, now);
      if (asked !== d) this.#set(asked, { earliest: asked.dueAt, latest: asked.dueAt });
    }
  }

  /** Takes over the times that the store has decided, once they were checked. */
  noteTimes(id: string, times: Pick<Schedule, 'dueAt' | 'notBefore' | 'troubledAt'>): void {
    const known = this.get(id);
    this.deliveries.set(id, { ...known, schedule: { ...known.schedule, ...times }, due: null });
  }

  #of(entity: number): ModelDelivery[] {
    return [...this.deliveries.values()].filter(
      (known) => known.entity === entity && !isFinished(known.schedule.status),
    );
  }

  #root(id: string): string {
    const { resentFrom } = this.get(id);
    return resentFrom === null ? id : this.#root(resentFrom);
  }

  #add(joining: Joining, now: number, resentFrom: string | null): void {
    const { id, line, position, entity, blocked, held } = joining;
    this.#arrivals += 1;
    const schedule: Schedule = {
      id,
      line,
      status: 'waiting',
      position,
      arrival: this.#arrivals,
      first: false,
      attempts: 0,
      failures: 0,
      interruptions: 0,
      dueAt: now,
      notBefore: null,
      broughtForward: false,
      blockedBy: blocked ? 'configuration-incomplete' : null,
      troubledAt: null,
      lastOutcome: blocked ? 'blocked' : null,
    };
    const due = { earliest: now, latest: now };
    this.deliveries.set(id, { schedule, entity, resentFrom, held, due, corrected: 0 });
  }

  #lineUp(line: string): void {
    for (const d of lineUp(this.line(line))) this.#set(d);
  }

  #set(schedule: Schedule, due?: ModelDelivery['due']): void {
    const known = this.get(schedule.id);
    this.deliveries.set(schedule.id, { ...known, schedule, due: due === undefined ? known.due : due });
  }
}
