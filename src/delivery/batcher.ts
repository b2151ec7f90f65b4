/** Gathers items and hands them on together. */
export interface Batcher<Item> {
  add(item: Item): void;
  /** Resolves once everything added so far was handed on and worked off. */
  settled(): Promise<void>;
}

/**
 * One batch at a time: what arrives while it runs goes into the next. A batch begins when it is full, or
 * `gatherMs` after its first item.
 *
 * @param run must not reject: what fails is its own to handle
 */
export function createBatcher<Item>(options: {
  readonly max: number;
  readonly gatherMs: number;
  readonly run: (batch: readonly Item[]) => Promise<void>;
}): Batcher<Item> {
  const { max, gatherMs, run } = options;
  let items: Item[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let settled: (() => void)[] = [];

  async function work(): Promise<void> {
    running = true;
    while (items.length >= max || (items.length > 0 && settled.length > 0)) {
      const batch = items.slice(0, max);
      items = items.slice(max);
      await run(batch);
    }
    running = false;
    if (items.length > 0) schedule();
    else settle();
  }

  function flush(): void {
    timer = null;
    if (running || items.length === 0) return;
    const batch = items.slice(0, max);
    items = items.slice(max);
    running = true;
    void run(batch).then(work);
  }

  function schedule(): void {
    if (timer === null) timer = setTimeout(flush, gatherMs);
  }

  function settle(): void {
    for (const resolve of settled) resolve();
    settled = [];
  }

  return {
    add(item) {
      items.push(item);
      if (running) return;
      if (items.length >= max) void work();
      else schedule();
    },
    settled: async () =>
      new Promise((resolve) => {
        settled.push(resolve);
        if (running) return;
        void work();
      }),
  };
}
