import { madridDay } from './instant.ts';

/** A day of Europe/Madrid, `YYYY-MM-DD`. */
export type Day = string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What Europe/Madrid has been ahead of UTC since 1901, in hours. */
const OFFSETS_HOURS = [1, 2, 0];

/** The day after another one. */
export function dayAfter(day: Day): Day {
  return new Date(utcMidnight(day) + DAY_MS).toISOString().slice(0, 10);
}

/** The day before another one. */
export function dayBefore(day: Day): Day {
  return new Date(utcMidnight(day) - DAY_MS).toISOString().slice(0, 10);
}

/** How many days after the first one the other is; negative where it is before. */
export function daysBetween(first: Day, other: Day): number {
  return (utcMidnight(other) - utcMidnight(first)) / DAY_MS;
}

/**
 * The instant at which a day begins, in milliseconds since the epoch. Days have 24 hours but for two a year: 23
 * when the summer time begins, 25 when it ends.
 */
export function dayStart(day: Day): number {
  const midnight = utcMidnight(day);
  for (const hours of OFFSETS_HOURS) {
    const start = midnight - hours * HOUR_MS;
    if (madridDay(start) === day && madridDay(start - 1) !== day) return start;
  }
  throw new Error(`the day ${day} has no beginning`);
}

/** The instant at which a day is over: the next one's first. */
export function dayEnd(day: Day): number {
  return dayStart(dayAfter(day));
}

/** The last day that was over at an instant (milliseconds since the epoch). */
export function lastDayOver(ms: number): Day {
  return dayBefore(madridDay(ms));
}

function utcMidnight(day: Day): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`${day} is no day`);
  return ms;
}
