import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { LEASE_MARGIN_MS } from '../domain/delivery.ts';
import type { Queue, ReceivedHint } from '../queue/queue.ts';
import { claimDeliveries } from '../store/claims.ts';
import { isUnavailable, type Database } from '../store/database.ts';
import { createBatcher, type Batcher } from './batcher.ts';
import type { EndpointCache } from './endpoint-cache.ts';
import type { Sender } from './ports.ts';
import { sendClaim, type HeldClaim } from './send-claim.ts';
import type { EndedAttempt } from './settle.ts';

/** Attempts that one process makes at once. */
const MAX_SENDING = 1_000;

/**
 * Attempts that have ended and are not yet recorded, beyond which nothing is claimed: two transactions of them. Where
 * recording is what takes longest, what is due waits in the queue, and not as attempts that a process which dies now
 * would have to repeat.
 */
const MAX_UNRECORDED = 200;

/** Deliveries received but not yet claimed: more are left in the queue, for other workers. */
const MAX_PENDING = 1_000;

/** Claims of one statement, and how long it waits for that many. */
const CLAIMS_TOGETHER = 100;
const CLAIM_GATHER_MS = { least: 1, most: 15 };

/** Messages deleted together, and how long the first of them waits: far less than it stays hidden. */
const DELETES_TOGETHER = 10;
const DELETE_GATHER_MS = { least: 1_000, most: 1_000 };

const LONG_POLL_SECONDS = 20;

/** Between two tries while the queue or the database is away, in milliseconds. */
const AWAY_MS = 250;

/** From the claim to the first byte written: what the lease has beyond the attempt, less time to record it. */
const WRITE_WITHIN_MS = LEASE_MARGIN_MS - 5_000;

/** Takes hints from the queue, claims what they name, and sends it. */
export interface Worker {
  start(): void;
  /** Says that attempts were recorded: there may be room for more. */
  recorded(): void;
  /** Receives no more, lets attempts end for `graceMs`, ends the others as interrupted, and records all. */
  stop(graceMs: number): Promise<void>;
}

interface Pending {
  readonly delivery: string;
  readonly message: { readonly handle: string; left: number };
}

/** Creates a worker. Any number may run: a claim in the database decides who sends. */
export function createWorker(options: {
  readonly db: Database;
  readonly queue: Queue;
  readonly sender: Sender;
  readonly endpoints: EndpointCache;
  readonly completions: Batcher<EndedAttempt>;
  readonly logger: Logger;
}): Worker {
  const { db, queue, sender, endpoints, completions, logger } = options;
  const stopReceiving = new AbortController();
  const stopSending = new AbortController();
  /** Attempts under way. */
  let sending = 0;
  let pending = 0;
  let receiver: Promise<void> = Promise.resolve();
  let waitingForPlace: (() => void)[] = [];

  const claims = createBatcher<Pending>({
    max: CLAIMS_TOGETHER,
    gatherMs: CLAIM_GATHER_MS,
    run: claimAndSend,
  });
  const deletes = createBatcher<string>({
    max: DELETES_TOGETHER,
    gatherMs: DELETE_GATHER_MS,
    run: async (handles) => queue.delete(handles),
  });

  /** Resolves when an attempt has ended or was recorded, or a batch of claims is decided. */
  async function placeFreed(): Promise<void> {
    return new Promise((resolve) => waitingForPlace.push(resolve));
  }

  function release(): void {
    const waiting = waitingForPlace;
    waitingForPlace = [];
    for (const resolve of waiting) resolve();
  }

  async function receive(): Promise<void> {
    const { signal } = stopReceiving;
    let away = false;
    while (!signal.aborted) {
      if (pending >= MAX_PENDING) {
        await placeFreed();
        continue;
      }
      try {
        for (const hint of await queue.receive(LONG_POLL_SECONDS, signal)) accept(hint);
        away = false;
      } catch (error) {
        if (signal.aborted) return;
        if (!away) logger.warn({ err: error }, 'the queue cannot be read; the worker goes on trying');
        away = true;
        await delay(AWAY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  function accept(hint: ReceivedHint): void {
    const message = { handle: hint.handle, left: hint.deliveries.length };
    pending += hint.deliveries.length;
    for (const delivery of hint.deliveries) claims.add({ delivery, message });
  }

  async function claimAndSend(batch: readonly Pending[]): Promise<void> {
    for (let from = 0; from < batch.length && !stopReceiving.signal.aborted;) {
      const free = MAX_SENDING - sending;
      if (free <= 0 || completions.size > MAX_UNRECORDED) {
        await placeFreed();
        continue;
      }
      const part = batch.slice(from, from + free);
      await claimPart(part);
      from += part.length;
      for (const { message } of part) {
        message.left -= 1;
        // Claimed or refused, the message has said what it had to say.
        if (message.left === 0) deletes.add(message.handle);
      }
    }
    pending -= batch.length;
    release();
  }

  async function claimPart(part: readonly Pending[]): Promise<void> {
    const ids = part.map(({ delivery }) => delivery);
    try {
      const { claimed, heldFrom, heldSince } = await untilReachable(async () => {
        const from = performance.now();
        return { heldFrom: from, claimed: await claimDeliveries(db, ids), heldSince: performance.now() };
      });
      await untilReachable(async () => endpoints.prepare(claimed.map(({ claim }) => claim)));
      for (const { claim, report } of claimed) {
        begin({ claim, report, heldSince, writeBefore: heldFrom + WRITE_WITHIN_MS });
      }
    } catch (error) {
      // What was claimed comes back when its lease ends; the rest gets further hints.
      logger.error({ err: error }, 'deliveries could not be claimed');
    }
  }

  async function untilReachable<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isUnavailable(error) || stopReceiving.signal.aborted) throw error;
        await delay(AWAY_MS);
      }
    }
  }

  function begin(held: HeldClaim): void {
    const { claim } = held;
    sending += 1;
    sendClaim(sender, held, endpoints.get(claim.endpointId), stopSending.signal)
      .then((ended) => completions.add(ended))
      .catch((error: unknown) =>
        logger.error({ err: error, delivery: claim.delivery }, 'an attempt failed by a fault of the service'),
      )
      .finally(() => {
        sending -= 1;
        release();
      });
  }

  async function allEnded(): Promise<void> {
    for (;;) {
      if (sending === 0) return;
      await placeFreed();
    }
  }

  return {
    start() {
      receiver = receive();
    },
    recorded: release,
    async stop(graceMs) {
      stopReceiving.abort();
      release();
      await receiver;
      await claims.settled();
      const grace = new AbortController();
      await Promise.race([
        allEnded().then(() => grace.abort()),
        delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined),
      ]);
      stopSending.abort();
      await allEnded();
      await deletes.settled();
    },
  };
}
