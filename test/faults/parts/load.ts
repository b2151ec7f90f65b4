import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.ts';
import { inventLife, type PlannedChange } from './lives.ts';
import type { Random } from './random.ts';

/** A change that was answered with 202. */
export interface TakenChange extends PlannedChange {
  readonly deliveryId: string | null;
}

/** Callers that tell of state changes all the time. */
export interface Load {
  /** Every change that was taken, by its id. */
  readonly taken: ReadonlyMap<string, TakenChange>;
  /** Answers that contradict an earlier one. */
  readonly contradictions: readonly string[];
  /** Begins no new notification; resolves when the lives that have begun are told to their end. */
  stop(): Promise<void>;
}

/** Callers at once; each tells its notifications' changes one batch after the other. */
const CALLERS = 4;

/** Notifications that a caller is telling of at the same time. */
const OPEN_LIVES = 25;

/** The most changes of one batch, and the pause between two batches in milliseconds. */
const MAX_BATCH = 12;
const PAUSE_MS = 120;

/** The share of changes that a caller tells once more, though they were taken. */
const RESENT_SHARE = 0.08;

/** Starts the callers: about 200 changes a second in all. */
export function startLoad(client: Client, random: Random): Load {
  const taken = new Map<string, TakenChange>();
  const contradictions: string[] = [];
  const stopping = new AbortController();
  let notification = random.between(1, 9_000) * 100_000_000;

  async function tell(batch: readonly PlannedChange[]): Promise<void> {
    const { results } = await client.submit(batch);
    batch.forEach((change, index) => {
      const result = results[index];
      const before = taken.get(change.id);
      if (result === undefined || result.id !== change.id) {
        contradictions.push(`the answer has no result for ${change.id} at its place`);
      } else if (before !== undefined && before.deliveryId !== result.deliveryId) {
        contradictions.push(`${change.id} was answered with another delivery when it was told again`);
      } else {
        taken.set(change.id, { ...change, deliveryId: result.deliveryId });
      }
    });
  }

  async function caller(chance: Random): Promise<void> {
    let open: PlannedChange[][] = [];
    while (!stopping.signal.aborted || open.length > 0) {
      while (!stopping.signal.aborted && open.length < OPEN_LIVES) {
        notification += 1;
        open.push(inventLife(chance, String(notification)));
      }
      const batch: PlannedChange[] = [];
      for (let left = chance.between(1, MAX_BATCH); left > 0 && open.length > 0; left -= 1) {
        const life = chance.pick(open);
        const change = life.shift();
        if (change !== undefined) batch.push(change);
        if (change !== undefined && chance.chance(RESENT_SHARE))
          life.splice(chance.between(0, life.length), 0, change);
        open = open.filter((changes) => changes.length > 0);
      }
      await tell(batch);
      if (!stopping.signal.aborted) await delay(PAUSE_MS * chance.next() * 2);
    }
  }

  const callers = Promise.all(
    Array.from({ length: CALLERS }, async (_, index) => caller(random.fork(`caller ${index}`))),
  );
  // Told by `stop`; until then it must not end the process.
  callers.catch(() => undefined);
  return {
    taken,
    contradictions,
    async stop() {
      stopping.abort();
      await callers;
    },
  };
}
