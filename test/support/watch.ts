/** Lets a test wait for what a growing list comes to hold. */
export interface Watched<Item> {
  /** Everything noted so far, in order. */
  readonly items: readonly Item[];
  note(item: Item): void;
  /** Tells the waiting that an item noted before has changed. */
  touch(): void;
  /** Resolves with the first item that satisfies the condition, also one of the past. */
  first(condition: (item: Item) => boolean): Promise<Item>;
  /** Resolves with the first so many items that satisfy the condition. */
  times(count: number, condition: (item: Item) => boolean): Promise<Item[]>;
}

/** Makes an empty list to be watched. */
export function createWatched<Item>(): Watched<Item> {
  const items: Item[] = [];
  const watchers = new Set<() => void>();

  function touch(): void {
    for (const look of watchers) look();
  }

  async function watch<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        watchers.delete(check);
        resolve(found);
      };
      watchers.add(check);
      check();
    });
  }

  return {
    items,
    touch,
    note(item) {
      items.push(item);
      touch();
    },
    first: async (condition) => watch(() => items.find(condition)),
    times: async (count, condition) =>
      watch(() => {
        const found = items.filter(condition);
        return found.length >= count ? found.slice(0, count) : undefined;
      }),
  };
}

/** How long `until` looks before it gives up, in milliseconds. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 15;

/**
 * Looks again and again until the answer is something: for what no event tells, such as a row of a table.
 *
 * @throws where it stays null for 20 s
 */
export async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
