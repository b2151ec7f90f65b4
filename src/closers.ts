import { setTimeout as delay } from 'node:timers/promises';

/** What is closed when the service stops, or when its start fails: last opened, first closed. */
export class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) await close();
  }
}

/** Bounds a part's stopping: what it leaves behind is given back when its leases end. */
export async function within(ms: number, stopping: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([
    stopping.finally(() => patience.abort()),
    delay(ms, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
}
