import { describe, expect, it } from 'vitest';
import { MAX_REQUESTS_PER_MINUTE } from '../../../domain/key.ts';
import { MAX_RATE, readRate } from './rate.ts';

describe('a limit of requests', () => {
  it('is the role’s own where nothing is written, and none where what is written is no whole number', () => {
    expect(['', ' ', '120', ' 7 '].map(readRate)).toEqual([null, null, 120, 7]);
    expect(['0', '-1', '1.5', '1e3', 'molt', '99999999'].every((text) => readRate(text) === undefined)).toBe(
      true,
    );
  });

  it('may be as great as the service takes', () => {
    expect(MAX_RATE).toBe(MAX_REQUESTS_PER_MINUTE);
    expect(readRate(String(MAX_RATE))).toBe(MAX_RATE);
  });
});
