import { describe, expect, it } from 'vitest';
import { parseDateTime } from './date-time.ts';

describe('an xs:dateTime with a zone', () => {
  it.each([
    ['2026-11-24T10:15:30.123+01:00', '2026-11-24T09:15:30.123Z'],
    ['2026-11-24T10:15:30Z', '2026-11-24T10:15:30.000Z'],
    ['2026-11-24T10:15:30.1-00:30', '2026-11-24T10:45:30.100Z'],
    ['2026-11-24T10:15:30.123456789Z', '2026-11-24T10:15:30.123Z'],
    ['2024-02-29T00:00:00+14:00', '2024-02-28T10:00:00.000Z'],
    ['2026-12-31T24:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['1900-01-01T00:00:00Z', '1900-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseDateTime(text)).toBe(Date.parse(instant));
  });

  it.each([
    ['no zone', '2026-11-24T10:15:30'],
    ['no time', '2026-11-24'],
    ['no 29 February', '2025-02-29T00:00:00Z'],
    ['no 29 February of a century', '2100-02-29T00:00:00Z'],
    ['no 31 April', '2026-04-31T00:00:00Z'],
    ['no month 13', '2026-13-01T00:00:00Z'],
    ['no day 0', '2026-01-00T00:00:00Z'],
    ['no hour 25', '2026-01-01T25:00:00Z'],
    ['no minute 60', '2026-01-01T00:60:00Z'],
    ['no leap second', '2016-12-31T23:59:60Z'],
    ['an hour of 24 that is no midnight', '2026-01-01T24:00:00.001Z'],
    ['an offset over 14 hours', '2026-01-01T00:00:00+14:01'],
    ['an offset minute of 60', '2026-01-01T00:00:00+01:60'],
    ['an empty fraction', '2026-01-01T00:00:00.Z'],
    ['ten decimals', '2026-01-01T00:00:00.0123456789Z'],
    ['a comma', '2026-01-01T00:00:00,1Z'],
    ['small letters', '2026-01-01t00:00:00z'],
    ['a line feed behind', '2026-01-01T00:00:00Z\n'],
    ['white space before', ' 2026-01-01T00:00:00Z'],
    ['other digits', '２０２６-01-01T00:00:00Z'],
    ['a year before 1900', '1899-12-31T23:59:59Z'],
    ['a year of five digits', '10000-01-01T00:00:00Z'],
    ['a negative year', '-2026-01-01T00:00:00Z'],
  ])('is not one with %s', (_why, text) => {
    expect(parseDateTime(text)).toBeNull();
  });
});
