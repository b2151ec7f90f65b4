import { setTimeout as delay } from 'node:timers/promises';
import { median, rounded } from './figures.ts';
import { keepBusy } from './load.ts';
import type { Stage, Subject } from './stage.ts';

/** How often the resident size is read, in milliseconds. */
const LOOK_MS = 1_000;

/** The service has warmed up by then. */
const FIRST_MS = 60_000;

/** How often the way is told, in seconds. */
const TELL_SECONDS = 15;

/** How the service's resident size went at full load, from minute 1 on. */
export interface MemoryResult {
  readonly minutes: number;
  readonly deliveries: number;
  /**
   * Medians of a minute each, since shorter ones say when the old objects were collected, which is every ten seconds:
   * the first after minute 1, the last, and the farthest apart between.
   */
  readonly startMb: number;
  readonly endMb: number;
  readonly leastMb: number;
  readonly mostMb: number;
  /** The end by the start, and the farthest value by the start. */
  readonly endRatio: number;
  readonly worstRatio: number;
}

/** Keeps the service at full load for so many minutes (more than one) and watches its resident size. */
export async function memory(
  stage: Stage,
  subject: Subject,
  minutes: number,
  tell: (text: string) => void,
): Promise<MemoryResult> {
  const end = new AbortController();
  const busy = keepBusy(stage, subject, end.signal);
  const values: number[] = [];
  const start = performance.now();
  try {
    while (performance.now() - start < minutes * 60_000) {
      await Promise.race([delay(LOOK_MS), busy]);
      const { rssBytes, acknowledged } = await subject.usage();
      const seconds = Math.round((performance.now() - start) / 1_000);
      if (performance.now() - start >= FIRST_MS) values.push(rssBytes / 1e6);
      if (seconds % TELL_SECONDS === 0) {
        tell(`${seconds} s: ${(rssBytes / 1e6).toFixed(0)} MB, ${acknowledged} acknowledged`);
      }
    }
  } finally {
    end.abort();
  }
  const deliveries = await busy;
  await subject.acknowledged(deliveries);
  const points: number[] = [];
  const wholeMinutes = Math.max(1, Math.round(minutes - FIRST_MS / 60_000));
  const each = Math.max(1, Math.floor(values.length / wholeMinutes));
  for (let from = 0; from + each <= values.length; from += each) {
    points.push(median(values.slice(from, from + each)));
  }
  const [startMb = Number.NaN] = points;
  const endMb = points.at(-1) ?? Number.NaN;
  const [leastMb, mostMb] = [Math.min(...points), Math.max(...points)];
  const worst = [leastMb, mostMb].toSorted((a, b) => Math.abs(b - startMb) - Math.abs(a - startMb))[0];
  return {
    minutes,
    deliveries,
    startMb: rounded(startMb),
    endMb: rounded(endMb),
    leastMb: rounded(leastMb),
    mostMb: rounded(mostMb),
    endRatio: rounded(endMb / startMb, 2),
    worstRatio: rounded((worst ?? Number.NaN) / startMb, 2),
  };
}
