import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import { isTransient, isUnavailable, type Database } from '../store/database.ts';
import { createBatcher, type Batcher } from './batcher.ts';
import { settle, type EndedAttempt, type Settlement } from './settle.ts';

/** Attempts that one transaction records, and how long it waits for that many. */
const MAX_TOGETHER = 100;
const GATHER_MS = { least: 25, most: 30 };

/** Between two tries while the database is away. */
const AWAY_MS = 250;

/**
 * Records ended attempts in batches. While the database is away they are held: their number is bounded by what
 * a worker may send at once.
 *
 * @param onSettled told after each commit
 */
export function createCompletions(options: {
  readonly db: Database;
  readonly schedule: RetrySchedule;
  readonly logger: Logger;
  readonly onSettled: (settlement: Settlement) => void;
}): Batcher<EndedAttempt> {
  const { db, schedule, logger, onSettled } = options;

  async function run(batch: readonly EndedAttempt[]): Promise<void> {
    for (;;) {
      try {
        onSettled(await settle(db, batch, schedule));
        return;
      } catch (error) {
        if (isUnavailable(error)) {
          await delay(AWAY_MS);
          continue;
        }
        if (batch.length > 1) {
          // One of them may be what keeps the others from being recorded.
          const half = Math.ceil(batch.length / 2);
          await run(batch.slice(0, half));
          await run(batch.slice(half));
          return;
        }
        if (isTransient(error)) continue;
        // Its lease will run out, and the attempt will count as interrupted.
        logger.error({ err: error, delivery: batch[0]?.claim.delivery }, 'an attempt cannot be recorded');
        return;
      }
    }
  }

  return createBatcher({ max: MAX_TOGETHER, gatherMs: GATHER_MS, run });
}
