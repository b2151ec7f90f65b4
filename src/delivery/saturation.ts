import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** The shortest time over which the share is measured, in milliseconds: a few transactions. */
const LEAST_SPAN_MS = 100;

/** How busy this process was since another look, the share in `utilization`. */
export type Utilization = (since?: EventLoopUtilization) => EventLoopUtilization;

/** Tells whether the process has little time left: what saves work by waiting is worth its wait only then. */
export class Saturation {
  readonly #share: number;
  readonly #utilization: Utilization;
  readonly #now: () => number;
  #since: EventLoopUtilization;
  #sinceMs: number;
  #saturated = false;

  /**
   * @param share of the time that the process may be at work before it counts as saturated
   * @param now a monotonic clock, in milliseconds
   */
  constructor(
    share: number,
    utilization: Utilization = performance.eventLoopUtilization.bind(performance),
    now: () => number = () => performance.now(),
  ) {
    this.#share = share;
    this.#utilization = utilization;
    this.#now = now;
    this.#since = utilization();
    this.#sinceMs = now();
  }

  /** Whether it was at work for more than that share, since a look at least a tenth of a second ago. */
  get saturated(): boolean {
    if (this.#now() - this.#sinceMs >= LEAST_SPAN_MS) {
      this.#saturated = this.#utilization(this.#since).utilization > this.#share;
      this.#since = this.#utilization();
      this.#sinceMs = this.#now();
    }
    return this.#saturated;
  }
}
