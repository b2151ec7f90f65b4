import { describe, expect, it } from 'vitest';
import { madridInstant, madridLocal } from './madrid.ts';

describe('a date and time of Catalonia', () => {
  it('is the instant that clocks there showed it, in winter and in summer', () => {
    expect(madridInstant('2026-11-24T10:15')).toBe('2026-11-24T09:15:00.000Z');
    expect(madridInstant('2026-07-01T00:00')).toBe('2026-06-30T22:00:00.000Z');
  });

  it('is the first of an hour that comes twice, and one on of an hour that is left out', () => {
    expect(madridInstant('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(madridInstant('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('comes back the same', () => {
    const instant = Date.parse('2026-11-24T09:15:00.000Z');
    expect(madridLocal(instant)).toBe('2026-11-24T10:15');
    expect(madridInstant(madridLocal(instant))).toBe('2026-11-24T09:15:00.000Z');
  });

  it('is none where the text is none', () => {
    expect(madridInstant('')).toBeNull();
    expect(madridInstant('tomorrow')).toBeNull();
  });
});
