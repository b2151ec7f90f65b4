import { describe, expect, it } from 'vitest';
import { isOrdinaryDay, readXsDate } from './xs-date.ts';

describe('an xs:date', () => {
  it.each([
    ['2002-10-10', '2002-10-10'],
    ['2002-10-09Z', '2002-10-09'],
    ['2002-10-10+05:00', '2002-10-10'],
    ['2002-10-10-14:00', '2002-10-10'],
    [' \t\r\n2002-10-10\n', '2002-10-10'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['12026-01-01', '12026-01-01'],
    ['-0044-03-15Z', '-0044-03-15'],
  ])('%j names the day %s, whatever its zone', (text, day) => {
    expect(readXsDate(text)).toBe(day);
  });

  it.each([
    '',
    '2002-10',
    '2002-10-1',
    '02002-10-10',
    '0000-10-10',
    '2002-13-10',
    '2002-00-10',
    '2002-04-31',
    '2002-10-00',
    '2023-02-29',
    '1900-02-29',
    '2002-10-10+14:01',
    '2002-10-10+5:00',
    '2002-10-10T00:00:00',
    '2002-10-10 +05:00',
    '\u00A02002-10-10',
    '٢٠٠٢-10-10',
  ])('is not %j', (text) => {
    expect(readXsDate(text)).toBeNull();
  });

  it('has as many days as its month, in leap years and others', () => {
    const lasts = (year: string): (string | undefined)[] =>
      Array.from({ length: 12 }, (_, month) =>
        [31, 30, 29, 28].map((date) => `${year}-${String(month + 1).padStart(2, '0')}-${date}`),
      ).map((days) => days.find((day) => readXsDate(day) !== null)?.slice(-2));
    const rest = ['31', '30', '31', '30', '31', '31', '30', '31', '30', '31'];
    for (const year of ['2023', '1900', '2100']) expect(lasts(year), year).toEqual(['31', '28', ...rest]);
    for (const year of ['2024', '2000', '-0004']) expect(lasts(year), year).toEqual(['31', '29', ...rest]);
  });

  it('is ordinary from the year 1 to 9999', () => {
    expect(['0001-01-01', '9999-12-31', '10000-01-01', '-0001-01-01'].map(isOrdinaryDay)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
