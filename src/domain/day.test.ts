import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayBefore, dayEnd, daysBetween, dayStart, lastDayOver } from './day.ts';
import { madridDay } from './instant.ts';

const HOUR_MS = 3_600_000;

/** Since 1996 the European Union's rule holds: summer time from the last Sunday of March to that of October. */
const instant = fc.integer({
  min: Date.parse('1996-01-01T00:00:00Z'),
  max: Date.parse('2099-12-31T00:00:00Z'),
});
const day = instant.map(madridDay);

function lastSunday(year: number, month: '03' | '10'): string {
  const last = new Date(`${year}-${month}-31T00:00:00Z`);
  return new Date(last.getTime() - last.getUTCDay() * 24 * HOUR_MS).toISOString().slice(0, 10);
}

describe('a day of Europe/Madrid', () => {
  it('begins at its first instant, and ends where the next one begins', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const today = madridDay(ms);
        expect(dayStart(today)).toBeLessThanOrEqual(ms);
        expect(dayEnd(today)).toBeGreaterThan(ms);
        expect(madridDay(dayStart(today))).toBe(today);
        expect(madridDay(dayEnd(today) - 1)).toBe(today);
        expect(madridDay(dayStart(today) - 1)).toBe(dayBefore(today));
        expect(madridDay(dayEnd(today))).toBe(dayAfter(today));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has 24 hours, but for the two on which the clocks are changed', () => {
    fc.assert(
      fc.property(day, (today) => {
        const year = Number(today.slice(0, 4));
        const hours = today === lastSunday(year, '03') ? 23 : today === lastSunday(year, '10') ? 25 : 24;
        expect((dayEnd(today) - dayStart(today)) / HOUR_MS).toBe(hours);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has them on both Sundays of every year', () => {
    for (let year = 1996; year < 2100; year += 1) {
      const [spring, autumn] = [lastSunday(year, '03'), lastSunday(year, '10')];
      expect((dayEnd(spring) - dayStart(spring)) / HOUR_MS).toBe(23);
      expect((dayEnd(autumn) - dayStart(autumn)) / HOUR_MS).toBe(25);
    }
  });

  it.each([
    ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2026-11-24', '2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z'],
    ['2028-02-29', '2028-02-28T23:00:00Z', '2028-02-29T23:00:00Z'],
    ['1975-04-12', '1975-04-11T23:00:00Z', '1975-04-12T22:00:00Z'],
  ])('%s lasts from %s to %s', (today, start, end) => {
    expect(new Date(dayStart(today))).toEqual(new Date(start));
    expect(new Date(dayEnd(today))).toEqual(new Date(end));
  });

  it('is over at its end, not an instant before', () => {
    fc.assert(
      fc.property(day, (today) => {
        expect(lastDayOver(dayEnd(today))).toBe(today);
        expect(lastDayOver(dayEnd(today) - 1)).toBe(dayBefore(today));
      }),
    );
  });

  it('follows the one before it', () => {
    fc.assert(
      fc.property(day, (today) => {
        expect(dayBefore(dayAfter(today))).toBe(today);
        expect(dayAfter(today) > today).toBe(true);
        expect([daysBetween(today, dayAfter(today)), daysBetween(today, dayBefore(today))]).toEqual([1, -1]);
      }),
    );
  });

  it.each(['2026-11-31', '2026-1-1', 'avui', '2026-11-24T00:00:00Z', ''])('is not %j', (text) => {
    expect(() => dayStart(text)).toThrow();
  });
});
