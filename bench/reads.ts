import { median, quantile, rounded } from './figures.ts';
import { monotonicMs } from './parts/channel.ts';

/** How often something is read. */
const READS = 30;

/** How long reading takes, in milliseconds, as the caller sees it. */
export interface ReadTimes {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly mostMs: number;
}

/** Reads something thirty times, one after the other. */
export async function timeReads(read: () => Promise<unknown>): Promise<ReadTimes> {
  const taken: number[] = [];
  for (let place = 0; place < READS; place += 1) {
    const from = monotonicMs();
    await read();
    taken.push(monotonicMs() - from);
  }
  return {
    p50Ms: rounded(median(taken)),
    p95Ms: rounded(quantile(taken, 0.95)),
    mostMs: rounded(Math.max(...taken)),
  };
}
