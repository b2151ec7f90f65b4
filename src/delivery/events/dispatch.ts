import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../store/database.ts';
import { endNotices, makeNotices, takeNotices, type TakenNotice } from '../../store/event-notices.ts';
import type { Channel } from './channel.ts';

/** How often it looks for what others have written, or is to be tried again, in milliseconds. */
const POLL_MS = 2_000;
/** What a sending may take besides its own limit before another process tries. */
const LEASE_MARGIN_MS = 30_000;

/** How often an event is tried by one channel: the delays make about a day. */
const MOST_ATTEMPTS = 12;
const FIRST_DELAY_MS = 1_000;
const DELAY_GROWTH = 4;
const MAX_DELAY_MS = 14_400_000;

/**
 * How long after a failed attempt the next one comes, in milliseconds; null: it is given up. 1 s, growing by four
 * to 4 h.
 *
 * @param attempt the number of the one that failed, from 1
 */
export function noticeDelay(attempt: number): number | null {
  if (attempt >= MOST_ATTEMPTS) return null;
  return Math.min(FIRST_DELAY_MS * DELAY_GROWTH ** (attempt - 1), MAX_DELAY_MS);
}

/** Sends events out by their channels. */
export interface Dispatcher {
  /** Says that there are new events. Never waits. */
  readonly wake: () => void;
  start(): void;
  /** Takes nothing new; what is being sent ends, and is tried again where that is not known to have worked. */
  stop(): Promise<void>;
}

/** Creates a dispatcher. Any number may run: a notice is taken by one at a time. */
export function createDispatcher(
  db: Database,
  channels: readonly Channel[],
  logger: Pick<Logger, 'warn' | 'error'>,
): Dispatcher {
  const stopping = new AbortController();
  const { signal } = stopping;
  let rest = new AbortController();
  let woken = false;
  let running: Promise<unknown> = Promise.resolve();

  async function run(): Promise<void> {
    const names = channels.map(({ name }) => name);
    while (!signal.aborted) {
      woken = false;
      try {
        await makeNotices(db, names);
        // A channel that hangs holds up no other.
        await Promise.all(channels.map(async (channel) => drain(channel)));
      } catch (error) {
        if (!signal.aborted) logger.warn({ err: error }, 'events could not be sent; it is tried again');
      }
      if (woken) continue;
      rest = new AbortController();
      const either = AbortSignal.any([signal, rest.signal]);
      await delay(POLL_MS, undefined, { signal: either }).catch(() => undefined);
    }
  }

  /** Sends what is due of a channel, until nothing is or it fails: it is not to be stormed then. */
  async function drain(channel: Channel): Promise<void> {
    while (!signal.aborted) {
      const taken = await takeNotices(db, channel.name, channel.together, channel.limitMs + LEASE_MARGIN_MS);
      if (taken.length === 0) return;
      const failure = await channel.send(
        taken.map(({ event }) => event),
        signal,
      );
      if (failure === null) {
        await endNotices(db, channel.name, idsOf(taken), null, null);
        continue;
      }
      // Ended by our stopping: its time runs out, and another process sends it.
      if (signal.aborted) return;
      const code = failure.status === null ? failure.code : `${failure.code}-${failure.status}`;
      await fail(channel, taken, code.replace(/^http-status-/, 'http-'));
      return;
    }
  }

  async function fail({ name }: Channel, taken: readonly TakenNotice[], code: string): Promise<void> {
    for (const notice of taken) {
      const retryInMs = noticeDelay(notice.attempt);
      await endNotices(db, name, idsOf([notice]), code, retryInMs);
      const line = { channel: name, event: notice.event.id, attempt: notice.attempt, code };
      if (retryInMs === null) logger.error(line, 'an event is given up');
      else logger.warn(line, 'an event could not be sent; it is tried again');
    }
  }

  return {
    wake() {
      woken = true;
      rest.abort();
    },
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await Promise.all(channels.map(async (channel) => channel.close()));
      await running;
    },
  };
}

function idsOf(notices: readonly TakenNotice[]): string[] {
  return notices.map(({ event }) => event.id);
}
