import { assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { chunkDelayMs, chunkSize, DEFAULT_PACE, MAX_PACE } from './resend-job.ts';

it('keeps any pace: what is made at a time, and the wait after it, come to so many a minute', () => {
  assert(
    property(integer({ min: 1, max: MAX_PACE }), (pace) => {
      const made = chunkSize(pace);
      expect(made / (chunkDelayMs(pace, made) / 60_000)).toBeCloseTo(pace, 6);
    }),
  );
});

it('makes few at a time: a second’s worth, one where that is less, and never more than one transaction bears', () => {
  expect([1, 59, 60, DEFAULT_PACE, MAX_PACE].map(chunkSize)).toEqual([1, 1, 1, 16, 50]);
});

it('does not wait after what was passed over', () => {
  expect(chunkDelayMs(1, 0)).toBe(0);
});
