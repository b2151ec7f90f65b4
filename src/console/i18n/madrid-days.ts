/** A day of Europe/Madrid: 23 to 25 hours. */
export interface Day {
  /** Milliseconds since the epoch; `end` is the next one's start. */
  readonly start: number;
  readonly end: number;
  readonly isWeekend: boolean;
}

const HOUR_MS = 3_600_000;

const wall = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Madrid',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function wallTime(ms: number): { readonly weekday: string; readonly hour: number; readonly sinceMs: number } {
  const parts = new Map(wall.formatToParts(ms).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  const seconds = (hour * 60 + Number(parts.get('minute'))) * 60 + Number(parts.get('second'));
  return { weekday: parts.get('weekday') ?? '', hour, sinceMs: seconds * 1_000 + (ms % 1_000) };
}

/** When the day of an instant began, also where the clock was put on or back since. */
export function dayStart(ms: number): number {
  const start = ms - wallTime(ms).sinceMs;
  const { hour } = wallTime(start);
  return hour === 0 ? start : start + (hour === 23 ? HOUR_MS : -HOUR_MS);
}

/** The days that a stretch of time touches. */
export function daysBetween(from: number, to: number): Day[] {
  const days: Day[] = [];
  for (let start = dayStart(from); start < to;) {
    const end = dayStart(start + 26 * HOUR_MS);
    const { weekday } = wallTime(start + 12 * HOUR_MS);
    days.push({ start, end, isWeekend: weekday === 'Sat' || weekday === 'Sun' });
    start = end;
  }
  return days;
}

/** The next Friday at an hour of Madrid, after an instant. */
export function nextFriday(after: number, hour: number): number {
  for (const { start } of daysBetween(after, after + 9 * 24 * HOUR_MS)) {
    const at = start + hour * HOUR_MS;
    if (wallTime(at).weekday === 'Fri' && at > after) return at;
  }
  return after;
}
