import type { Logger } from 'pino';
import { THE_SERVICE } from '../../domain/audit.ts';
import { lookEveryMs, type TroublePolicy } from '../../domain/health.ts';
import type { Database } from '../../store/database.ts';
import { removeOldEvents } from '../../store/event-notices.ts';
import { removeOrphanedHealth, tellExhausted, warnOfFailing } from '../../store/health-watch.ts';
import { createRounds, type Rounds } from '../rounds.ts';
import { findHealed, findToSuspend, liftSuspension, suspendEndpoint } from '../../store/suspensions.ts';

/** How often what is not needed any more is removed, in milliseconds. */
const TIDY_MS = 3_600_000;

/**
 * Creates a watch over endpoints that fail: it warns by stages, suspends, and tells of exhausted deliveries. Any
 * number may run: each step is conditional on what it finds, and takes what no other has.
 *
 * @param onEvents told after each look, which may have written events
 * @param wake told of origins whose deliveries may go, or have left a place
 */
export function createTroubleWatch(options: {
  readonly db: Database;
  readonly policy: TroublePolicy;
  readonly logger: Pick<Logger, 'warn'>;
  readonly onEvents: () => void;
  readonly wake: (origins: readonly string[]) => void;
}): Rounds {
  const { db, policy, logger, onEvents, wake } = options;
  let tidiedAt = -Infinity;

  async function look(signal: AbortSignal): Promise<void> {
    const untilDone = async (step: () => Promise<boolean>): Promise<void> => {
      while (!signal.aborted && (await step()));
    };
    for (const healed of await findHealed(db)) wake(await liftSuspension(db, healed, THE_SERVICE));
    for (const failing of await findToSuspend(db, policy)) wake(await suspendEndpoint(db, failing, policy));
    await untilDone(async () => warnOfFailing(db, policy));
    await untilDone(async () => tellExhausted(db));
    if (performance.now() - tidiedAt < TIDY_MS) return;
    tidiedAt = performance.now();
    await removeOrphanedHealth(db);
    await untilDone(async () => removeOldEvents(db));
  }

  return createRounds(
    async (signal) => {
      await look(signal).finally(onEvents);
      return lookEveryMs(policy);
    },
    (error) => {
      logger.warn({ err: error }, 'endpoints in trouble could not be looked at; it is tried again');
      return lookEveryMs(policy);
    },
  );
}
