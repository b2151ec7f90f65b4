import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { THE_SERVICE } from '../../domain/audit.ts';
import { lookEveryMs, type TroublePolicy } from '../../domain/health.ts';
import type { Database } from '../../store/database.ts';
import { removeOldEvents } from '../../store/event-notices.ts';
import { removeOrphanedHealth, tellExhausted, warnOfFailing } from '../../store/health-watch.ts';
import { findHealed, findToSuspend, liftSuspension, suspendEndpoint } from '../../store/suspensions.ts';

/** How often what is not needed any more is removed, in milliseconds. */
const TIDY_MS = 3_600_000;

/** Watches over endpoints that fail. */
export interface TroubleWatch {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Creates a watch: it warns by stages, suspends, and tells of exhausted deliveries. Any number may run: each step
 * is conditional on what it finds, and takes what no other has.
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
}): TroubleWatch {
  const { db, policy, logger, onEvents, wake } = options;
  const stopping = new AbortController();
  let watching: Promise<void> = Promise.resolve();
  let tidiedAt = -Infinity;

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) =>
        logger.warn({ err: error }, 'endpoints in trouble could not be looked at; it is tried again'),
      );
      onEvents();
      await delay(lookEveryMs(policy), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function look(): Promise<void> {
    for (const healed of await findHealed(db)) wake(await liftSuspension(db, healed, THE_SERVICE));
    for (const failing of await findToSuspend(db, policy)) wake(await suspendEndpoint(db, failing, policy));
    await untilDone(async () => warnOfFailing(db, policy));
    await untilDone(async () => tellExhausted(db));
    if (performance.now() - tidiedAt < TIDY_MS) return;
    tidiedAt = performance.now();
    await removeOrphanedHealth(db);
    await untilDone(async () => removeOldEvents(db));
  }

  async function untilDone(step: () => Promise<boolean>): Promise<void> {
    while (!stopping.signal.aborted && (await step()));
  }

  return {
    start() {
      watching = watch();
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
