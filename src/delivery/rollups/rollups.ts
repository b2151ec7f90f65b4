import type { Logger } from 'pino';
import { countActivity, HOUR_MS, recountHour, removeOldCounts } from '../../store/activity-counting.ts';
import type { Database } from '../../store/database.ts';
import { readClock } from '../../store/instants.ts';
import { fillReferences } from '../../store/references.ts';
import { createRounds, type Rounds } from '../rounds.ts';

/** How often the log is counted on, in milliseconds. */
const EVERY_MS = 15_000;
/** A round waits for at least so many times what the last took: a busy log costs a twentieth of one connection. */
const REST = 20;
/** The same for hours that are counted again, each of which may be large. */
const RECOUNT_REST = 200;
/** Hours that are over and counted again for rows that came late, one after the other. */
const RECOUNTED_HOURS = 26;

/**
 * Creates what fills the tables that people look at, behind the tables that deliveries write: how many attempts there
 * were, and which notification has a reference. Any number may run: of one piece of work one does it.
 */
export function createRollups(db: Database, logger: Pick<Logger, 'warn'>): Rounds {
  let recounted = 0;
  let recountAt = performance.now() + EVERY_MS;

  async function recountNext(): Promise<void> {
    if (performance.now() < recountAt) return;
    const begun = performance.now();
    recounted = (recounted % RECOUNTED_HOURS) + 1;
    const thisHour = Math.floor((await readClock(db)) / HOUR_MS) * HOUR_MS;
    await recountHour(db, thisHour - recounted * HOUR_MS);
    if (recounted === RECOUNTED_HOURS) await removeOldCounts(db);
    const ended = performance.now();
    recountAt = ended + Math.max(EVERY_MS, (ended - begun) * RECOUNT_REST);
  }

  return createRounds(
    async (signal) => {
      const begun = performance.now();
      while (!signal.aborted && (await countActivity(db)));
      while (!signal.aborted && (await fillReferences(db)));
      const took = performance.now() - begun;
      if (!signal.aborted) await recountNext();
      return Math.max(EVERY_MS, took * REST);
    },
    (error) => {
      logger.warn({ err: error }, 'the log could not be counted on; it is tried again');
      return EVERY_MS;
    },
  );
}
