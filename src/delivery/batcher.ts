import { Pace } from './pace.ts';

/** From how many items within the shortest gathering on a longer one pays. */
const BUSY = 2;
/** Up to how many items in a millisecond nothing is waited for: a timer of a millisecond takes up to two. */
const CALM = 0.5;

/** Gathers items and hands them on together, in the order in which they came. */
export interface Batcher<Item> {
  add(item: Item): void;
  /** How many items were added and are not yet worked off. */
  readonly size: number;
  /** Resolves once everything added before this call was handed on and worked off; it is not waited for more. */
  settled(): Promise<void>;
}

/**
 * One batch at a time: what arrives while it runs goes into the next. A batch begins when it is full, or some
 * time after its first item: `least` while few come, up to `most` as they come faster, so that batches are about
 * half full.
 *
 * @param run must not reject: what fails is its own to handle
 */
export function createBatcher<Item>(options: {
  readonly max: number;
  readonly gatherMs: { readonly least: number; readonly most: number };
  readonly run: (batch: readonly Item[]) => Promise<void>;
}): Batcher<Item> {
  const { max, gatherMs, run } = options;
  const pace = new Pace();
  let items: Item[] = [];
  let gathering = false;
  let running = false;
  /** Items added, and worked off, since the beginning. */
  let added = 0;
  let done = 0;
  let waiting: { readonly upTo: number; readonly resolve: () => void }[] = [];

  /** Whether somebody waits for an item that is still here. */
  const isAwaited = (): boolean => waiting.some(({ upTo }) => upTo > done);

  async function work(): Promise<void> {
    running = true;
    do {
      const batch = items.slice(0, max);
      items = items.slice(max);
      await run(batch);
      done += batch.length;
      pace.note(batch.length);
      const settled = waiting.filter(({ upTo }) => upTo <= done);
      waiting = waiting.filter(({ upTo }) => upTo > done);
      for (const { resolve } of settled) resolve();
    } while (items.length >= max || (items.length > 0 && isAwaited()));
    running = false;
    if (items.length > 0) gather();
  }

  function gather(): void {
    if (gathering) return;
    gathering = true;
    const begin = (): void => {
      gathering = false;
      if (!running && items.length > 0) void work();
    };
    const ms = pace.gathering(max / 2, BUSY, gatherMs.least, gatherMs.most);
    // What came together in one turn of the event loop is together all the same.
    if (ms <= 1 && pace.within(1) < CALM) setImmediate(begin);
    else setTimeout(begin, ms);
  }

  return {
    add(item) {
      items.push(item);
      added += 1;
      if (running) return;
      if (items.length >= max) void work();
      else gather();
    },
    get size() {
      return added - done;
    },
    settled: async () =>
      new Promise((resolve) => {
        if (done === added) {
          resolve();
          return;
        }
        waiting.push({ upTo: added, resolve });
        if (!running) void work();
      }),
  };
}
