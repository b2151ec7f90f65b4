/**
 * Over how long the pace is measured, in milliseconds. What is noted counts by the time that it took: two that come
 * at once by chance, noted one after the other, are no pace of two a millisecond.
 */
const MEMORY_MS = 50;

/** The shortest time over which a pace is measured, in milliseconds: what comes at once says nothing. */
const LEAST_SPAN_MS = 1;

/** Measures how fast items come, which decides how long gathering them is worth. */
export class Pace {
  #perMs = 0;
  readonly #now: () => number;
  #notedAt: number;

  /** @param now a monotonic clock, in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#notedAt = now();
  }

  /** Says that so many items came since the last call. */
  note(items: number): void {
    const now = this.#now();
    const span = Math.max(now - this.#notedAt, LEAST_SPAN_MS);
    this.#notedAt = now;
    const share = 1 - Math.exp(-span / MEMORY_MS);
    this.#perMs += share * (items / span - this.#perMs);
  }

  /** How many items come within so many milliseconds. */
  within(ms: number): number {
    return this.#perMs * ms;
  }

  /**
   * How long gathering `items` takes, in milliseconds: `least` where so few come that nothing is gained by
   * waiting, at most `most`.
   *
   * @param busy from how many items in `least` milliseconds on waiting pays
   */
  gathering(items: number, busy: number, least: number, most: number): number {
    if (this.within(least) < busy) return least;
    return Math.min(Math.max(items / this.#perMs, least), most);
  }
}
