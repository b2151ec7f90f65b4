const DATE_TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?(?:Z|(?<sign>[+-])(?<zoneHour>\d\d):(?<zoneMinute>\d\d))$/;

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
  const groups = DATE_TIME.exec(text)?.groups;
  if (groups === undefined) return null;
  const year = Number(groups.year);
  const month = Number(groups.month);
  const day = Number(groups.day);
  const hour = Number(groups.hour);
  const minute = Number(groups.minute);
  const second = Number(groups.second);
  const fraction = groups.fraction ?? '';
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12) return null;
  if (day < 1 || day > daysIn(year, month) || minute > 59 || second > 59) return null;
  const isMidnight = minute === 0 && second === 0 && /^0*$/.test(fraction);
  if (hour > 24 || (hour === 24 && !isMidnight)) return null;
  const zoneMinute = Number(groups.zoneMinute ?? 0);
  const offset = Number(groups.zoneHour ?? 0) * 60 + zoneMinute;
  if (zoneMinute > 59 || offset > MAX_OFFSET_MINUTES) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return local - (groups.sign === '-' ? -offset : offset) * 60_000;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
