import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';
import { DEFAULT_RETRY_SCHEDULE, nextAttempt, parseRetrySchedule } from './retry-policy.ts';

const MINUTE = 60_000;
const middle = 0.5;

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['1s', 1_000],
    ['10m', 600_000],
    ['6h', 21_600_000],
    ['7d', 604_800_000],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
    expect(formatDuration(ms)).toBe(text);
  });

  it.each(['', '1', 'm', '1.5s', '-1s', '1 s', '1w', '1M'])('reads nothing in %o', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('a retry schedule', () => {
  it('holds one to six delays of at most seven days', () => {
    expect(parseRetrySchedule(['1m', '7d'])).toEqual([MINUTE, 604_800_000]);
    expect(parseRetrySchedule(['1m'])).toEqual([MINUTE]);
    expect(parseRetrySchedule(Array.from({ length: 6 }, () => '1s'))).toHaveLength(6);
    expect(parseRetrySchedule([])).toBeNull();
    expect(parseRetrySchedule(Array.from({ length: 7 }, () => '1s'))).toBeNull();
    expect(parseRetrySchedule(['8d'])).toBeNull();
  });

  it('lasts 67 hours by default, longer than a weekend', () => {
    const total = DEFAULT_RETRY_SCHEDULE.reduce((sum, ms) => sum + ms, 0);
    expect(total / 3_600_000).toBeCloseTo(67.18, 2);
    expect(DEFAULT_RETRY_SCHEDULE).toHaveLength(6);
  });

  it('spreads each delay by a tenth either way', () => {
    expect(nextAttempt([MINUTE], 1, 0, null, 0)?.dueAt).toBe(54_000);
    expect(nextAttempt([MINUTE], 1, 0, null, middle)?.dueAt).toBe(60_000);
    expect(nextAttempt([MINUTE], 1, 0, null, 0.999999)?.dueAt).toBe(66_000);
  });

  it('ends after its last delay', () => {
    expect(nextAttempt([MINUTE], 2, 0, null, middle)).toBeNull();
  });

  it('respects Retry-After up to the next step', () => {
    const schedule = [MINUTE, 10 * MINUTE];
    expect(nextAttempt(schedule, 1, 0, 5 * MINUTE, middle)).toEqual({
      dueAt: 5 * MINUTE,
      notBefore: 5 * MINUTE,
    });
    expect(nextAttempt(schedule, 1, 0, 60 * MINUTE, middle)?.dueAt).toBe(10 * MINUTE);
    expect(nextAttempt(schedule, 2, 0, 60 * MINUTE, middle)?.dueAt).toBe(10 * MINUTE);
  });

  it('is never hastened by Retry-After', () => {
    expect(nextAttempt([MINUTE], 1, 0, 1_000, middle)).toEqual({ dueAt: MINUTE, notBefore: 1_000 });
  });
});
