import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 10:01:00 GMT', 60_000],
    ['Tuesday, 24-Nov-26 10:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['99999999999999999999', 86_400_000],
  ])('is read: %j', (value, expected) => {
    expect(retryAfterMs(value, NOW)).toBe(expected);
  });

  it.each([null, '', '-5', '1.5', 'soon', '2026-11-24', 'Mon, never'])('is left out: %j', (value) => {
    expect(retryAfterMs(value, NOW)).toBeNull();
  });
});
