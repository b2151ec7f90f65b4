import { Saturation, type Utilization } from '../saturation.ts';

/** The share of the time that this process may be at work before intake gives way. */
const SATURATED = 0.9;
/** How long intake rests after a transaction, by what that took, and at most in milliseconds. */
const REST = 2;
const MOST_REST_MS = 1_000;

/**
 * Lets deliveries go on when more comes than the process can carry. Intake and deliveries share one event loop, and
 * whoever is asked most has most of it: under many times the load that can be carried, intake alone would take it
 * all, and what was taken would be told hours late. So while the process is saturated and more changes wait than one
 * transaction takes, intake takes one transaction at a time and rests after it; what it has no room for meanwhile is
 * refused, which costs little. A process that has time left does not rest; nor does one that is busy, but keeps up.
 */
export class Restraint {
  readonly #saturation: Saturation;
  readonly #now: () => number;
  #restUntil = 0;

  /** @param now a monotonic clock, in milliseconds */
  constructor(utilization?: Utilization, now: () => number = () => performance.now()) {
    this.#saturation = new Saturation(SATURATED, utilization, now);
    this.#now = now;
  }

  /** Whether deliveries need what intake would take. */
  get saturated(): boolean {
    return this.#saturation.saturated;
  }

  /** How long the next transaction is to wait, in milliseconds. */
  get restMs(): number {
    return Math.max(0, this.#restUntil - this.#now());
  }

  /** Says that a transaction has ended that took so long. */
  note(tookMs: number): void {
    if (this.saturated) this.#restUntil = this.#now() + Math.min(REST * tookMs, MOST_REST_MS);
  }
}
