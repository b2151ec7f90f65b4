/** The day of an instant in Europe/Madrid, `YYYY-MM-DD`: what DataInforme says. */
export function madridDay(ms: number): string {
  // Before 1970 the zone was not always one of full quarters of an hour; since then all instants of a quarter
  // have the same day.
  if (ms < 0) return MADRID_DAY.format(ms);
  const quarter = Math.floor(ms / QUARTER_MS);
  if (quarter !== lastQuarter) {
    lastQuarter = quarter;
    lastDay = MADRID_DAY.format(ms);
  }
  return lastDay;
}

/** The date and the time of an instant in Europe/Madrid, `YYYY-MM-DD HH:MM:SS`: how people are shown it. */
export function shownInMadrid(ms: number): string {
  return MADRID_TIME.format(ms);
}

/** An instant as xs:dateTime in Europe/Madrid, with milliseconds and zone: `2026-11-24T10:15:30.123+01:00`. */
export function madridInstant(ms: number): string {
  const local = shownInMadrid(ms).replace(' ', 'T');
  const seconds = Math.floor(ms / 1_000);
  const offset = (Date.parse(`${local}Z`) / 1_000 - seconds) / 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${local}.${String(ms - seconds * 1_000).padStart(3, '0')}${zone}`;
}

// Changes come in the order of time, mostly; formatting a day costs as much as writing its report.
const QUARTER_MS = 900_000;
let lastQuarter = Number.NaN;
let lastDay = '';

// The Swedish locale writes dates as ISO 8601 does.
const MADRID_DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Madrid',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const MADRID_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Madrid',
  dateStyle: 'short',
  timeStyle: 'medium',
});
