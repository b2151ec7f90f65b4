import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from './channel.ts';

/**
 * Begins `work` so many times a second, whatever it takes; resolves when all have ended.
 *
 * @returns how long it took to begin them all, in milliseconds
 */
export async function pace(perSecond: number, count: number, work: () => Promise<void>): Promise<number> {
  const start = monotonicMs();
  const under: Promise<void>[] = [];
  while (under.length < count) {
    const due = Math.min(count, Math.floor(((monotonicMs() - start) / 1_000) * perSecond) + 1);
    while (under.length < due) under.push(work());
    await delay(1);
  }
  const wallMs = monotonicMs() - start;
  await Promise.all(under);
  return wallMs;
}
