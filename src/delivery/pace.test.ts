import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

/** A pace on a clock of its own. */
function paced() {
  let now = 0;
  const pace = new Pace(() => now);
  return {
    pace,
    /** Notes so many items after so many milliseconds. */
    note: (items: number, ms: number): void => {
      now += ms;
      pace.note(items);
    },
  };
}

it('is what came by the time it came in', () => {
  const { pace, note } = paced();
  for (let left = 100; left > 0; left -= 1) note(2, 10);
  expect(pace.within(100)).toBeCloseTo(20, 1);
});

it('is no higher for looks between which nothing came', () => {
  const { pace, note } = paced();
  let most = 0;
  // 200 items a second, five at a time, each noted 3 ms after a look that found nothing.
  for (let left = 100; left > 0; left -= 1) {
    note(0, 22);
    note(5, 3);
    most = Math.max(most, pace.within(1_000));
  }
  expect(most).toBeLessThan(300);
});

it('follows a burst within a tenth of a second', () => {
  const { pace, note } = paced();
  note(0, 1_000);
  for (let left = 10; left > 0; left -= 1) note(10, 10);
  expect(pace.within(1_000)).toBeGreaterThan(800);
});

it('makes nobody wait who comes slowly, and no longer than is said', () => {
  const { pace, note } = paced();
  for (let left = 100; left > 0; left -= 1) note(1, 10);
  expect(pace.gathering(100, 1.2, 3, 150)).toBe(3);
  for (let left = 100; left > 0; left -= 1) note(10, 10);
  expect(pace.gathering(8, 1.2, 3, 150)).toBeCloseTo(8, 1);
  expect(pace.gathering(10_000, 1.2, 3, 150)).toBe(150);
});

it('pays from as many as are said on', () => {
  const { pace, note } = paced();
  // So long that nothing is left of before: one in a tenth of a second, to the digit.
  note(1_000, 100_000);
  expect(pace.gathering(2, 1, 100, 500)).toBe(200);
  expect(pace.gathering(2, 1.01, 100, 500)).toBe(100);
});
