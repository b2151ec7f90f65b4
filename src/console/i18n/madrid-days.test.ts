import { describe, expect, it } from 'vitest';
import { dayStart, daysBetween, nextFriday } from './madrid-days.ts';

const at = (text: string): number => Date.parse(text);

describe('days of Madrid', () => {
  it.each([
    ['2026-11-25T21:08:01.500Z', '2026-11-24T23:00:00.000Z'],
    ['2026-07-01T21:59:59Z', '2026-06-30T22:00:00.000Z'],
    // The clock is put on and back on these.
    ['2026-03-29T10:00:00Z', '2026-03-28T23:00:00.000Z'],
    ['2026-10-25T10:00:00Z', '2026-10-24T22:00:00.000Z'],
  ])('begin at midnight there: that of %s at %s', (instant, start) => {
    expect(new Date(dayStart(at(instant))).toISOString()).toBe(start);
  });

  it('follow one another without a gap, and know weekends', () => {
    const days = daysBetween(at('2026-10-23T10:00:00Z'), at('2026-10-26T10:00:00Z'));
    expect(days.map(({ isWeekend }) => isWeekend)).toEqual([false, true, true, false]);
    expect(days.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([24, 24, 25, 24]);
    expect(days.slice(1).map(({ start }) => start)).toEqual(days.slice(0, -1).map(({ end }) => end));
  });

  it('have a next Friday afternoon', () => {
    const friday = new Date(nextFriday(at('2026-11-25T21:00:00Z'), 18)).toISOString();
    expect(friday).toBe('2026-11-27T17:00:00.000Z');
    expect(new Date(nextFriday(at(friday), 18)).toISOString()).toBe('2026-12-04T17:00:00.000Z');
  });
});
