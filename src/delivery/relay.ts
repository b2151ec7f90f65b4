import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { MAX_IDS_PER_MESSAGE, type Hint, type Queue } from '../queue/queue.ts';
import { Pace } from './pace.ts';
import { Saturation } from './saturation.ts';
import { admit, dueOrigins, type Admission } from '../store/admissions.ts';
import type { Database } from '../store/database.ts';

/** How often the relay looks for what became due, or was missed, in milliseconds. */
const POLL_MS = 250;

/**
 * The pause between two rounds: as short as it can be while little is due, and long enough that each message
 * of a round names some deliveries when much is, since calls of the queue are what costs most.
 */
const LEAST_PAUSE_MS = 3;
const LONG_PAUSE = { mostMs: 150, idsInMessage: 8 };
/** Once the process is at work for so much of its time: what it saves then is what others wait for. */
const SATURATED = 0.7;
const LONGER_PAUSE = { mostMs: 300, idsInMessage: 16 };

/** From how many deliveries in the least pause on the longer one pays: 400 a second. */
const BUSY = 1.2;

/** The pause after hints that the queue did not take, in milliseconds. */
const QUEUE_AWAY_MS = 500;

/** Origins that one round admits for: bounds its transaction. */
const MAX_ORIGINS = 500;

/** Moves what is due from the tables to the queue. */
export interface Relay {
  /** Says that deliveries of these origins may be due now. Never waits. */
  readonly wake: (origins: readonly string[]) => void;
  /** Says that attempts of these origins have ended: places for what did not fit into their windows. */
  readonly freed: (origins: readonly string[]) => void;
  /** Whether so little is due that hints leave at once: then who makes deliveries may queue them, too. */
  isQuick(): boolean;
  /** Sends the hints of what somebody else has queued just now. */
  admitted(admission: Admission): void;
  /** Sends hints for deliveries that are queued already. */
  remind(hints: readonly Hint[]): void;
  start(): void;
  /** Resolves once the round under way has ended and its hints are sent or given up. */
  stop(): Promise<void>;
}

/**
 * Creates a relay. Any number may run: an origin's row lock lets one admit at a time.
 *
 * @param onSent told how many deliveries were named in hints that the queue took
 */
export function createRelay(options: {
  readonly db: Database;
  readonly queue: Queue;
  readonly logger: Logger;
  readonly onSent: (deliveries: number) => void;
}): Relay {
  const { db, queue, logger, onSent } = options;
  let woken = new Set<string>();
  /** Origins that had, or may have had, more due than places when they were last looked at. */
  const full = new Set<string>();
  let outbox = new Map<string, string[]>();
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let sending: Promise<void> | null = null;
  let poll: NodeJS.Timeout | null = null;
  const pace = new Pace();
  const saturation = new Saturation(SATURATED);
  let away = false;

  function wake(origins: readonly string[]): void {
    for (const origin of origins) woken.add(origin);
    if (woken.size > 0 && running === null && !stopping.signal.aborted) {
      running = rounds().finally(() => {
        running = null;
      });
    }
  }

  function freed(origins: readonly string[]): void {
    wake(origins.filter((origin) => full.has(origin)));
  }

  async function rounds(): Promise<void> {
    // After this turn of the event loop: who woke it may name more.
    await setImmediate();
    while (woken.size > 0 && !stopping.signal.aborted) {
      const origins = [...woken];
      woken = new Set(origins.splice(MAX_ORIGINS));
      try {
        const admission = await admit(db, origins);
        const { hints } = admission;
        away = false;
        admitted(admission);
        const { mostMs, idsInMessage } = saturation.saturated ? LONGER_PAUSE : LONG_PAUSE;
        await delay(pace.gathering(idsInMessage * hints.length, BUSY, LEAST_PAUSE_MS, mostMs));
      } catch (error) {
        // What was admitted without a commit is not; what is due is found again by the poll.
        if (!away) logger.warn({ err: error }, 'the relay cannot admit; it goes on trying');
        away = true;
        return;
      }
    }
  }

  function admitted({ hints, spare, full: others }: Admission): void {
    for (const origin of others) full.add(origin);
    for (const origin of spare) full.delete(origin);
    remind(hints);
    pace.note(count(hints));
  }

  function remind(hints: readonly Hint[]): void {
    for (const { origin, deliveries } of hints) {
      const waiting = outbox.get(origin);
      if (waiting === undefined) outbox.set(origin, [...deliveries]);
      else waiting.push(...deliveries);
    }
    if (outbox.size > 0 && sending === null) {
      sending = send().finally(() => {
        sending = null;
      });
    }
  }

  async function send(): Promise<void> {
    while (outbox.size > 0) {
      const hints = [...outbox].flatMap(([origin, deliveries]) => inMessages(origin, deliveries));
      outbox = new Map();
      const left = await queue.send(hints);
      onSent(count(hints) - count(left));
      if (left.length === 0) continue;
      // Stopping: the reconciler of whoever runs next sends them.
      if (stopping.signal.aborted) return;
      for (const { origin, deliveries } of left) {
        outbox.set(origin, [...(outbox.get(origin) ?? []), ...deliveries]);
      }
      await delay(QUEUE_AWAY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function look(): Promise<void> {
    try {
      wake(await dueOrigins(db));
    } catch (error) {
      if (!away) logger.warn({ err: error }, 'the relay cannot read what is due; it goes on trying');
      away = true;
    }
    if (!stopping.signal.aborted) poll = setTimeout(() => void look(), POLL_MS);
  }

  return {
    wake,
    freed,
    isQuick: () => pace.within(LEAST_PAUSE_MS) < BUSY && !stopping.signal.aborted,
    admitted,
    remind,
    start: () => void look(),
    async stop() {
      stopping.abort();
      if (poll !== null) clearTimeout(poll);
      await running;
      await sending;
    },
  };
}

function count(hints: readonly Hint[]): number {
  return hints.reduce((sum, hint) => sum + hint.deliveries.length, 0);
}

function inMessages(origin: string, deliveries: readonly string[]): Hint[] {
  const hints: Hint[] = [];
  for (let from = 0; from < deliveries.length; from += MAX_IDS_PER_MESSAGE) {
    hints.push({ origin, deliveries: deliveries.slice(from, from + MAX_IDS_PER_MESSAGE) });
  }
  return hints;
}
