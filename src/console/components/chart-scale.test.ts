import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceTop } from './chart-scale.ts';

describe('a chart’s scale', () => {
  it('ends at a number that people read', () => {
    expect([0, 1, 2, 3, 9, 10, 11, 37, 61, 1_500].map(niceTop)).toEqual([
      2, 2, 2, 4, 10, 10, 20, 40, 80, 2_000,
    ]);
  });

  it('holds every value, in at least a third of its height', () => {
    assert(
      property(integer({ min: 3, max: 1_000_000_000 }), (value) => {
        const top = niceTop(value);
        expect(top).toBeGreaterThanOrEqual(value);
        expect(top / value).toBeLessThan(3);
        expect(Number.isInteger(top / 2)).toBe(true);
      }),
    );
  });
});
