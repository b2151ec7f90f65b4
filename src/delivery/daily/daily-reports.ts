import type { Logger } from 'pino';
import { dayAfter, dayEnd, daysBetween, lastDayOver, type Day } from '../../domain/day.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { findEntitiesDue } from '../../store/daily-changes.ts';
import { noteDayDone, readDailyProgress } from '../../store/daily-reports.ts';
import { isUnavailable, type Database } from '../../store/database.ts';
import { createRounds, type Rounds } from '../rounds.ts';
import { cutEntity } from './cut.ts';

/** How often it looks whether a day is over, in milliseconds. */
const LOOK_MS = 60_000;

/** How soon it looks again where something was left: the first time, then doubling. */
const AGAIN_MS = 1_000;

/** Entities that are found at a time. */
const CHUNK = 500;

/** What the daily reports are made with. */
export interface DailyReportsOptions {
  readonly db: Database;
  /** How long after a day's end its reports are made, in milliseconds. */
  readonly delayMs: number;
  /** Told of the origins that may have something to send, after each commit. */
  readonly wake: (origins: readonly string[]) => void;
  readonly logger: Logger;
}

/**
 * Creates the part that makes daily reports when their day is over. Any number may run: an entity's day is cut once.
 * When it is stopped, the entity under way is done; what is left is made by whoever runs next.
 */
export function createDailyReports(options: DailyReportsOptions): Rounds {
  let againMs = AGAIN_MS;

  function waitAfter(isDone: boolean): number {
    const waitMs = isDone ? LOOK_MS : againMs;
    againMs = isDone ? AGAIN_MS : Math.min(2 * againMs, LOOK_MS);
    return waitMs;
  }

  return createRounds(
    async (signal) => waitAfter(await makeOwedReports(options, { signal })),
    (error) => {
      options.logger.warn({ err: error }, 'the daily reports could not be made; they are tried again');
      return waitAfter(false);
    },
  );
}

/**
 * Makes the reports of every day that is over and owed, in order: after a standstill each day has its own.
 *
 * @param at `now`: the instant that counts, in milliseconds since the epoch; the database's clock where absent
 * @returns whether nothing is left: not so while another process makes some, or where some could not be made
 */
export async function makeOwedReports(
  options: DailyReportsOptions,
  at: { readonly now?: number; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  const progress = await readDailyProgress(options.db);
  const last = lastDayOver((at.now ?? progress.now) - options.delayMs);
  for (let day = dayAfter(progress.done); day <= last; day = dayAfter(day)) {
    const { left, failed } = await cutDay(options, day, at.signal);
    if (left > 0) return false;
    // What fails again and again holds up no other day for long: a later day's report takes its changes.
    if (failed > 0 && day === last) return false;
    await noteDayDone(options.db, day);
  }
  return true;
}

/** How many days are over whose reports are not made: one for a moment after midnight, else none. */
export async function countOwedDays(db: Database, delayMs: number): Promise<number> {
  const { done, now } = await readDailyProgress(db);
  return Math.max(0, daysBetween(done, lastDayOver(now - delayMs)));
}

/** What was made of one day, and what not. */
interface DayTotal {
  entities: number;
  messages: number;
  notifications: number;
  /** Entities whose report could not be made. */
  failed: number;
  /** Entities left to another process, or, at a stop, to whoever runs next. */
  left: number;
}

/** Makes the reports of one day, entity by entity. */
async function cutDay(
  options: DailyReportsOptions,
  day: Day,
  signal: AbortSignal | undefined,
): Promise<DayTotal> {
  const total: DayTotal = { entities: 0, messages: 0, notifications: 0, failed: 0, left: 0 };
  const owed = { day, before: dayEnd(day) };
  for (let after: EntityKey | null = null; ;) {
    const due: EntityKey[] = await findEntitiesDue(options.db, owed, after, CHUNK);
    for (const entity of due) {
      if (signal?.aborted === true) return { ...total, left: total.left + 1 };
      await cutInto(total, options, entity, day);
    }
    if (due.length > 0) options.logger.info({ day, ...total }, 'daily reports are being made');
    after = due.at(-1) ?? null;
    if (after === null || due.length < CHUNK) return total;
  }
}

async function cutInto(
  total: DayTotal,
  { db, wake, logger }: DailyReportsOptions,
  entity: EntityKey,
  day: Day,
): Promise<void> {
  try {
    const cut = await cutEntity(db, entity, day);
    if (cut === null) {
      total.left += 1;
      return;
    }
    total.entities += 1;
    total.messages += cut.messages;
    total.notifications += cut.notifications;
    if (cut.origins.length > 0) wake(cut.origins);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    total.failed += 1;
    logger.error({ err: error, day, ...entity }, 'the daily report of an entity could not be made');
  }
}
