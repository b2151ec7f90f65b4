import { describe, expect, it } from 'vitest';
import { formatLength, isSameDay } from './format.ts';

const span = (ms: number): string => formatLength('ca', ms).replaceAll('\u00a0', ' ');

describe('a length of time', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_234, '1,2 s'],
    [59_900, '59,9 s'],
    [60_000, '1 min'],
    [61_400, '1 min 1 s'],
    [3_600_000, '1 h'],
    [7_505_000, '2 h 5 min'],
  ])('of %i ms is said as %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('says days, and leaves out what is too small beside them', () => {
    expect(span(90_000_000)).toMatch(/^1 \S+ 1 h$/);
    expect(span(86_400_000 + 61_000)).toMatch(/^1 \S+$/);
  });
});

describe('a day', () => {
  it('is one of Madrid', () => {
    const at = (time: string): number => Date.parse(`2026-11-25T${time}Z`);
    expect(isSameDay(at('00:00:00'), at('22:59:59'))).toBe(true);
    expect(isSameDay(at('22:59:59'), at('23:00:00'))).toBe(false);
  });
});
