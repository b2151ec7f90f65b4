import type { Logger } from 'pino';
import type { Database } from '../../store/database.ts';
import { readRunningJobs, workResendChunk, type DueJob } from '../../store/resend-chunk.ts';
import { createRounds, type Rounds } from '../rounds.ts';

/** How often it looks for jobs, in milliseconds. */
const LOOK_MS = 1_000;
/** The least that it waits between two looks, in milliseconds: another process may have what is due. */
const LEAST_WAIT_MS = 50;
/** How long a job is left alone after a piece of it failed, in milliseconds. */
const AGAIN_MS = 5_000;

/**
 * Creates what works the jobs that send deliveries again. Any number may run: each piece of a job is worked by one
 * of them. Jobs take turns, so that none keeps another waiting.
 *
 * @param wake told of the origins (rows) that have something to send
 */
export function createResendRunner(options: {
  readonly db: Database;
  readonly wake: (origins: readonly string[]) => void;
  readonly logger: Logger;
}): Rounds {
  const { db, wake, logger } = options;
  /** Until when jobs are left alone that failed, by `performance.now()`. */
  const resting = new Map<string, number>();

  /** Works one piece of each job that is due; answers how long until the next is, in milliseconds. */
  async function round(signal: AbortSignal): Promise<number> {
    const now = performance.now();
    for (const [id, until] of resting) if (until <= now) resting.delete(id);
    const jobs = (await readRunningJobs(db)).filter(({ id }) => !resting.has(id));
    for (const job of jobs) if (job.dueInMs === 0 && !signal.aborted) await work(job);
    const next = jobs.some(({ dueInMs }) => dueInMs === 0) ? LEAST_WAIT_MS : LOOK_MS;
    return Math.max(LEAST_WAIT_MS, Math.min(next, ...jobs.map(({ dueInMs }) => dueInMs || next)));
  }

  async function work({ id }: DueJob): Promise<void> {
    try {
      const origins = await workResendChunk(db, id);
      if (origins.length > 0) wake(origins);
    } catch (error) {
      resting.set(id, performance.now() + AGAIN_MS);
      logger.warn({ err: error, job: id }, 'a piece of a job that sends again failed; it is repeated');
    }
  }

  return createRounds(round, (error) => {
    logger.warn({ err: error }, 'the jobs that send again could not be read; it is tried again');
    return LOOK_MS;
  });
}
