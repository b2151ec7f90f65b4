/** What is left to somebody after a request of theirs. */
export interface Allowance {
  /** How many too many this was: 0 where it was none. */
  readonly excess: number;
  /** Further ones until the window ends. */
  readonly remaining: number;
  /** Until the window ends, in whole seconds, 1 at least. */
  readonly seconds: number;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/**
 * Counts what each of many does in a window of time that begins with its first deed (a fixed window counter), in
 * this process alone.
 *
 * No timers, and no more than `capacity` windows: where all are taken, the one that began first is forgotten,
 * whoever it belongs to.
 */
export class Windows {
  readonly #windowMs: number;
  readonly #capacity: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();

  /** @param now a monotonic clock, in milliseconds */
  constructor(windowMs: number, capacity: number, now: () => number = () => performance.now()) {
    this.#windowMs = windowMs;
    this.#capacity = capacity;
    this.#now = now;
  }

  /** Counts one more of somebody's, of whom so many are allowed. */
  take(who: string, limit: number): Allowance {
    const window = this.#current(who) ?? this.#open(who);
    window.count += 1;
    return this.#allowance(window, limit);
  }

  /** Takes one back that was counted and should not have been. */
  giveBack(who: string): void {
    const window = this.#current(who);
    if (window !== null) window.count = Math.max(0, window.count - 1);
  }

  #current(who: string): Window | null {
    const window = this.#windows.get(who);
    return window === undefined || window.endsAt <= this.#now() ? null : window;
  }

  #open(who: string): Window {
    const window = { count: 0, endsAt: this.#now() + this.#windowMs };
    // Taken out first, so that the map stays in the order in which windows began.
    this.#windows.delete(who);
    if (this.#windows.size >= this.#capacity) {
      const [oldest] = this.#windows.keys();
      if (oldest !== undefined) this.#windows.delete(oldest);
    }
    this.#windows.set(who, window);
    return window;
  }

  #allowance({ count, endsAt }: Window, limit: number): Allowance {
    return {
      excess: Math.max(0, count - limit),
      remaining: Math.max(0, limit - count),
      seconds: Math.max(1, Math.ceil((endsAt - this.#now()) / 1_000)),
    };
  }
}
