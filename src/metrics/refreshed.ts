import { setTimeout as delay } from 'node:timers/promises';

/** How long an answer waits for the database, in milliseconds. */
const READ_LIMIT_MS = 1_000;

/** Gauges that are read from the database when they are asked for. */
export interface Refreshed {
  /** Reads again what is too old; never throws. */
  refresh(): Promise<void>;
}

/**
 * Creates gauges that show what was read for a while, so that scrapes do not load the database. What is no longer
 * known is not shown: an old number would look like a live one. That the database is away is told by
 * /health/ready.
 *
 * @param read never called twice at once
 * @param show sets the gauges
 * @param forget takes them away
 */
export function createRefreshed<T>(options: {
  readonly maxAgeMs: number;
  readonly read: () => Promise<T>;
  readonly show: (value: T) => void;
  readonly forget: () => void;
}): Refreshed {
  const { maxAgeMs, read, show, forget } = options;
  let reading: Promise<void> | null = null;
  let readAt = -Infinity;

  async function readNow(): Promise<void> {
    try {
      show(await read());
      readAt = performance.now();
    } catch {
      forget();
    } finally {
      reading = null;
    }
  }

  forget();
  return {
    async refresh() {
      if (performance.now() - readAt < maxAgeMs) return;
      reading ??= readNow();
      const patience = new AbortController();
      const late = delay(READ_LIMIT_MS, true, { signal: patience.signal }).catch(() => false);
      const isLate = await Promise.race([reading.then(() => false), late]);
      patience.abort();
      if (isLate) forget();
    },
  };
}
