/** xs:date (XML Schema Part 2, 3.2.9): a year of four digits or more, and a zone that may be there. */
const DATE =
  /^(?<day>(?<year>-?(?:\d{4}|[1-9]\d{4,15}))-(?<month>\d\d)-(?<date>\d\d))(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

/** White space around a date is no part of it (whiteSpace collapse). */
const AROUND = /^[ \t\n\r]+|[ \t\n\r]+$/g;

/**
 * The day that an xs:date names, without its zone: `2002-10-10+05:00` is `2002-10-10`. Null where the text is none.
 *
 * Years before 1 and after 9999 are dates, too; so are days that no notification has.
 */
export function readXsDate(text: string): string | null {
  const groups = DATE.exec(text.replace(AROUND, ''))?.groups;
  if (groups === undefined) return null;
  const year = BigInt(groups.year ?? '');
  const month = Number(groups.month);
  const date = Number(groups.date);
  // The schema language's version 1.0 knows no year 0.
  if (year === 0n || month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return null;
  return groups.day ?? null;
}

function daysIn(year: bigint, month: number): number {
  if (month === 2) return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether PostgreSQL and the calendar of Europe/Madrid know the day: years 1 to 9999. */
export function isOrdinaryDay(day: string): boolean {
  return /^\d{4}-/.test(day);
}
