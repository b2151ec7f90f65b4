import { dayAfter, dayBefore, dayStart } from './day.ts';
import { madridDay } from './instant.ts';

/** The spans of time that activity is shown over, up to now. */
export const SPANS = ['hour', 'day', 'week'] as const;
export type Span = (typeof SPANS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Where the buckets of a span begin, in the order of time, and where the last ends, after now: milliseconds since the
 * epoch. An hour has 60 minutes, a day 24 hours, a week seven days of Europe/Madrid, of which two a year have 23 or 25
 * hours.
 *
 * @param now milliseconds since the epoch
 */
export function bucketEdges(span: Span, now: number): number[] {
  if (span === 'week') return dayEdges(7, now);
  const [size, count] = span === 'hour' ? [MINUTE_MS, 60] : [HOUR_MS, 24];
  const end = (Math.floor(now / size) + 1) * size;
  return Array.from({ length: count + 1 }, (_, place) => end - (count - place) * size);
}

/** The same for so many days of Europe/Madrid, today's included. */
export function dayEdges(days: number, now: number): number[] {
  let day = madridDay(now);
  const edges = [dayStart(dayAfter(day))];
  for (let count = 0; count < days; count += 1) {
    edges.unshift(dayStart(day));
    day = dayBefore(day);
  }
  return edges;
}
