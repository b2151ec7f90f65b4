import type { Language } from './language.ts';

/** Everything is shown in the time of Catalonia, wherever the browser is. */
const TIME_ZONE = 'Europe/Madrid';

/** The forms of each language as it is used here. */
const LOCALES: Readonly<Record<Language, string>> = { ca: 'ca-ES', es: 'es-ES', en: 'en-GB' };

// Making an Intl object costs a hundred times what using it does.
const numbers = new Map<Language, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();
const distances = new Map<Language, Intl.RelativeTimeFormat>();

function kept<Name, Format>(formats: Map<Name, Format>, name: Name, make: () => Format): Format {
  const format = formats.get(name) ?? make();
  formats.set(name, format);
  return format;
}

/** A number in the language's form. */
export function formatNumber(language: Language, value: number): string {
  return kept(numbers, language, () => new Intl.NumberFormat(LOCALES[language])).format(value);
}

/** An instant, to the minute. */
export function formatInstant(language: Language, ms: number): string {
  return dateFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** When a column of a chart begins: the minute of an hour, the hour of a day, or the day of a week. */
export function formatMoment(language: Language, ms: number, span: 'hour' | 'day' | 'week'): string {
  if (span === 'hour') return dateFormat(language, { timeStyle: 'short' }).format(ms);
  if (span === 'week')
    return dateFormat(language, { weekday: 'short', day: 'numeric', month: 'short' }).format(ms);
  return dateFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(ms);
}

/** An instant with its seconds and the zone, as `title` says it. */
export function formatExactly(language: Language, ms: number): string {
  return dateFormat(language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  }).format(ms);
}

/** An instant, to the second. */
export function formatSecond(language: Language, ms: number): string {
  return dateFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);
}

/** The time of day of an instant, to the second. */
export function formatClock(language: Language, ms: number): string {
  return dateFormat(language, { timeStyle: 'medium' }).format(ms);
}

/** Whether two instants are of one day of Madrid. */
export function isSameDay(ms: number, other: number): boolean {
  const format = dateFormat('en', { dateStyle: 'short' });
  return format.format(ms) === format.format(other);
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const make = () => new Intl.DateTimeFormat(LOCALES[language], { timeZone: TIME_ZONE, ...options });
  return kept(dates, `${language} ${JSON.stringify(options)}`, make);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A number and its unit stay on one line. */
const NO_BREAK = '\u00a0';

const lengths = new Map<string, Intl.NumberFormat>();

/** A length of time, short: milliseconds, seconds with a tenth, or its two greatest units: `2 h 5 min`. */
export function formatLength(language: Language, ms: number): string {
  if (ms < 1_000) return lengthPart(language, 'millisecond', Math.round(ms));
  if (ms < 60_000) return lengthPart(language, 'second', Math.round(ms / 100) / 10);
  const parts: string[] = [];
  let rest = Math.round(ms / 1_000) * 1_000;
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0 || parts.length > 0) parts.push(count > 0 ? lengthPart(language, unit, count) : '');
    if (parts.length === 2) break;
  }
  return parts.filter((part) => part !== '').join(' ');
}

function lengthPart(
  language: Language,
  unit: string,
  value: number,
  unitDisplay: 'short' | 'long' = 'short',
): string {
  const make = () => new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay });
  return kept(lengths, `${language} ${unit} ${unitDisplay}`, make).format(value).replace(' ', NO_BREAK);
}

/** The greatest unit that a length has whole, and how long it is; a second for what has none. */
function greatestUnit(ms: number): (typeof UNITS)[number] {
  return UNITS.find(([, length]) => ms >= length) ?? ['second', 1_000];
}

/** How long something has lasted, in its greatest unit, in words: `3 hores`. */
export function formatLasting(language: Language, ms: number): string {
  const [unit, length] = greatestUnit(ms);
  return lengthPart(language, unit, Math.max(0, Math.trunc(ms / length)), 'long');
}

/** How far an instant is from now, in its greatest unit: `fa 3 hores`. */
export function formatRelative(language: Language, ms: number, now: number): string {
  const distance = ms - now;
  const [unit, length] = greatestUnit(Math.abs(distance));
  const make = () => new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  return kept(distances, language, make).format(Math.trunc(distance / length), unit);
}

/** The day of an instant, as an axis has room for it: `dj. 26`. */
export function formatDay(language: Language, ms: number): string {
  return dateFormat(language, { weekday: 'short', day: 'numeric' }).format(ms);
}

/** A date, without its time. */
export function formatDate(language: Language, ms: number): string {
  return dateFormat(language, { dateStyle: 'medium' }).format(ms);
}
