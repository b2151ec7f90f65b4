import { setTimeout as delay } from 'node:timers/promises';

/** Work that is done round after round, in the background. */
export interface Rounds {
  start(): void;
  /** Resolves once the round under way is over. */
  stop(): Promise<void>;
}

/**
 * Creates rounds, one at a time.
 *
 * @param round does the work, and answers how long to wait until the next, in milliseconds; the signal says that no
 * more is wanted
 * @param failed told what a round threw; answers the same
 */
export function createRounds(
  round: (signal: AbortSignal) => Promise<number>,
  failed: (error: unknown) => number,
): Rounds {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const waitMs = await round(signal).catch(failed);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
