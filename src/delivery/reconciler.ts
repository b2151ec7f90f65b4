import type { Logger } from 'pino';
import type { AttemptResult } from '../domain/attempt.ts';
import { lineUp } from '../domain/delivery.ts';
import { findLostAttempts } from '../store/attempts.ts';
import { findUnreleasedDaily, lockDailyLinesOf } from '../store/daily-lines.ts';
import type { Database } from '../store/database.ts';
import { lockNotifications, lockUnfinished, writeSchedules } from '../store/delivery-rows.ts';
import { findUnreleased, hastenHints, removeOldTexts, takeOverdueHints } from '../store/reconciliation.ts';
import type { Batcher } from './batcher.ts';
import type { Relay } from './relay.ts';
import type { EndedAttempt } from './settle.ts';

/** How often it looks for leases that ran out and hints to repeat, and for the rest, in milliseconds. */
const OFTEN_MS = 2_000;
const SELDOM_MS = 60_000;

/** Rows that one step takes at a time. */
const CHUNK = 500;

/** Brings back what got lost on the way, and removes what has been kept long enough. */
export interface Reconciler {
  start(): void;
  stop(): Promise<void>;
}

/** What an owner that starts alone on its data knows to be true. */
export interface FreshStart {
  /** Every attempt of the past is dead: its process was the only one. */
  readonly attemptsAreDead: boolean;
  /** The queue has started empty. */
  readonly queueIsEmpty: boolean;
}

/** Creates a reconciler. Any number may run: each step is conditional on what it finds. */
export function createReconciler(options: {
  readonly db: Database;
  readonly relay: Relay;
  readonly completions: Batcher<EndedAttempt>;
  readonly bodyRetentionMs: number;
  readonly logger: Logger;
}): Reconciler {
  const { db, relay, completions, bodyRetentionMs, logger } = options;
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();

  function every(ms: number, step: () => Promise<void>): void {
    const run = (): void => {
      const round = step()
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'a step of the reconciler failed; it is repeated'),
        )
        .finally(() => {
          running.delete(round);
          if (stopping.signal.aborted) return;
          const timer = setTimeout(() => {
            timers.delete(timer);
            run();
          }, ms);
          timers.add(timer);
        });
      running.add(round);
    };
    run();
  }

  return {
    start() {
      every(OFTEN_MS, async () => {
        await endLostAttempts(db, completions, false);
        relay.remind(await takeOverdueHints(db, CHUNK));
      });
      every(SELDOM_MS, async () => {
        await releaseLost(db, relay);
        let removed = CHUNK;
        while (removed === CHUNK && !stopping.signal.aborted) {
          removed = await removeOldTexts(db, Date.now() - bodyRetentionMs, CHUNK);
        }
      });
    },
    async stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

/** Does at once what the start knows, before anything else runs. */
export async function reconcileStart(
  options: { readonly db: Database; readonly relay: Relay; readonly completions: Batcher<EndedAttempt> },
  start: FreshStart,
): Promise<void> {
  const { db, relay, completions } = options;
  if (start.attemptsAreDead) {
    while ((await endLostAttempts(db, completions, true)) > 0);
  }
  if (start.queueIsEmpty) await remindAll(db, relay);
}

/** Sends hints for every queued delivery at once: for a queue that is empty. */
export async function remindAll(db: Database, relay: Relay): Promise<void> {
  await hastenHints(db);
  for (let hints = await takeOverdueHints(db, CHUNK); hints.length > 0;) {
    relay.remind(hints);
    hints = await takeOverdueHints(db, CHUNK);
  }
}

/** Ends attempts whose process told nothing more as `interrupted`: the integrator may have the report. */
async function endLostAttempts(
  db: Database,
  completions: Batcher<EndedAttempt>,
  all: boolean,
): Promise<number> {
  const lost = await findLostAttempts(db, all, CHUNK);
  for (const { endpoint, startedAt, ...claim } of lost) {
    completions.add({ claim, endpoint, envelope: null, startedAt, result: LOST });
  }
  if (lost.length > 0) await completions.settled();
  return lost.length;
}

const LOST: AttemptResult = {
  outcome: 'interrupted',
  httpStatus: null,
  errorCode: 'lease-expired',
  errorText: 'The process that was sending ended before it told of an answer.',
  durationMs: 0,
  phases: null,
  retryAfterMs: null,
  requestHeaders: {},
  requestHash: null,
  response: null,
};

async function releaseLost(db: Database, relay: Relay): Promise<void> {
  for (const notification of await findUnreleased(db, CHUNK)) await release(db, relay, [notification], []);
  for (const report of await findUnreleasedDaily(db, CHUNK)) await release(db, relay, [], [report]);
}

async function release(
  db: Database,
  relay: Relay,
  notifications: readonly string[],
  dailyReports: readonly string[],
): Promise<void> {
  const origins = await db.transaction(async (tx) => {
    await lockNotifications(tx, notifications);
    await lockDailyLinesOf(tx, dailyReports);
    const unfinished = await lockUnfinished(tx, notifications, dailyReports);
    const before = new Map(unfinished.map((delivery) => [delivery.id, delivery]));
    const moved = lineUp(unfinished).filter((delivery) => delivery !== before.get(delivery.id));
    await writeSchedules(tx, moved);
    return unfinished.flatMap((delivery) => delivery.originId ?? []);
  });
  relay.wake(origins);
}
