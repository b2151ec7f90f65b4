/** `YYYY-MM-DDThh:mm:ss`, decimals and a zone: all but the last two stand at fixed places. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const ZERO = 0x30;

/** Years that are taken: xs:dateTime and PostgreSQL know others, a notification does not. */
const MIN_YEAR = 1900;
const MAX_YEAR = 9999;

/** The widest offset of xs:dateTime, in minutes. */
const MAX_OFFSET_MINUTES = 14 * 60;

/**
 * Reads an xs:dateTime with a zone (XML Schema part 2, 3.2.7): a real date of the years 1900 to 9999, an hour
 * of 24 only as midnight, an offset within 14 hours, at most nine decimals.
 *
 * @returns milliseconds since the epoch, cut; null where the text is none
 */
export function parseDateTime(text: string): number | null {
  // Digits are read where they stand: an expression with groups would make an object of them for each change.
  if (!DATE_TIME.test(text)) return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const zoneLength = text.endsWith('Z') ? 1 : 6;
  const fraction = text.slice(20, -zoneLength);
  const ms = fraction === '' ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12) return null;
  if (day < 1 || day > daysIn(year, month) || minute > 59 || second > 59) return null;
  const isMidnight = minute === 0 && second === 0 && /^0*$/.test(fraction);
  if (hour > 24 || (hour === 24 && !isMidnight)) return null;
  const zoneMinute = zoneLength === 1 ? 0 : twoDigits(text, text.length - 2);
  const offset = zoneLength === 1 ? 0 : twoDigits(text, text.length - 5) * 60 + zoneMinute;
  if (zoneMinute > 59 || offset > MAX_OFFSET_MINUTES) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return local - (text.at(-zoneLength) === '-' ? -offset : offset) * 60_000;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
