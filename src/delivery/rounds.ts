import { setTimeout as delay } from 'node:timers/promises';

/** Work that is done round after round, in the background. */
export interface Rounds {
  /**
   * @param after what the first round waits for; it may not fail
   * @returns resolves once the first round is over
   */
  start(after?: Promise<void>): Promise<void>;
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

  async function once(): Promise<number> {
    return signal.aborted ? 0 : round(signal).catch(failed);
  }

  async function goOn(firstWaitMs: number): Promise<void> {
    for (let waitMs = firstWaitMs; !signal.aborted; waitMs = await once()) {
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    async start(after = Promise.resolve()) {
      const first = after.then(once);
      running = first.then(goOn);
      await first;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Starts parts so that each waits for the first round of the one before: at a start each would open a connection to
 * the database, and from then on they rarely need one at the same moment.
 */
export function startInTurn(parts: readonly Rounds[]): void {
  let before: Promise<void> | undefined;
  for (const part of parts) before = part.start(before);
}
