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
 * Attempts set aside because somebody has locked what they need, and how long each waits between two tries. More than
 * so many would keep connections from others, and mean that it is no single row: then recording waits as a whole.
 */
const MAX_ASIDE = 3;
const ASIDE_MS = 2_000;

/**
 * Records ended attempts in batches. While the database is away they are held: their number is bounded by what
 * a worker may send at once. One that somebody's lock holds up is set aside, so that it holds up no other; the end of
 * its lease is the end of that, too.
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
  let aside = 0;

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
        const [attempt] = batch;
        if (attempt === undefined) return;
        if (!isTransient(error)) {
          tellLost(attempt, error);
          return;
        }
        if (aside >= MAX_ASIDE) continue;
        void recordApart(attempt);
        return;
      }
    }
  }

  /** Records what a lock held up, once that is gone. */
  async function recordApart(attempt: EndedAttempt): Promise<void> {
    aside += 1;
    logger.warn(
      { delivery: attempt.claim.delivery, attempt: attempt.claim.attempt },
      'an attempt waits to be recorded: a lock on its rows is held',
    );
    for (;;) {
      await delay(ASIDE_MS, undefined, { ref: false });
      try {
        onSettled(await settle(db, [attempt], schedule));
        break;
      } catch (error) {
        if (isTransient(error) || isUnavailable(error)) continue;
        tellLost(attempt, error);
        break;
      }
    }
    aside -= 1;
  }

  /** Its lease will run out, and the attempt will count as interrupted. */
  function tellLost(attempt: EndedAttempt, error: unknown): void {
    logger.error({ err: error, delivery: attempt.claim.delivery }, 'an attempt cannot be recorded');
  }

  return createBatcher({ max: MAX_TOGETHER, gatherMs: GATHER_MS, run });
}
