import { describe, expect, it } from 'vitest';
import { delayMs, forecast } from './schedule.ts';

const HOUR_MS = 3_600_000;
const DELAYS = ['1m', '10m', '1h', '6h', '24h', '36h'];

describe('the forecast of an outage', () => {
  it('delivers at the first attempt after it', () => {
    const { attempts, deliveredAt } = forecast(DELAYS, 0, 5 * HOUR_MS);
    expect(attempts.map(({ outcome }) => outcome)).toEqual([
      'fails',
      'fails',
      'fails',
      'fails',
      'delivers',
      'unneeded',
      'unneeded',
    ]);
    expect(deliveredAt).toBe(7 * HOUR_MS + 11 * 60_000);
  });

  it('exhausts where it outlasts the last attempt', () => {
    const { attempts, deliveredAt, lastAt } = forecast(DELAYS, 0, 68 * HOUR_MS);
    expect(deliveredAt).toBeNull();
    expect(attempts.every(({ outcome }) => outcome === 'fails')).toBe(true);
    expect(lastAt).toBe(67 * HOUR_MS + 11 * 60_000);
  });

  it('delivers at once where there is none, and at an attempt in the moment that it ends', () => {
    expect(forecast(DELAYS, 1_000, 0).deliveredAt).toBe(1_000);
    expect(forecast(['1h'], 0, HOUR_MS).deliveredAt).toBe(HOUR_MS);
  });

  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['7d', 7 * 24 * HOUR_MS],
    ['x', 0],
  ])('reads %s', (text, ms) => {
    expect(delayMs(text)).toBe(ms);
  });
});
