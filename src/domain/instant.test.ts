import { describe, expect, it } from 'vitest';
import { madridDay, shownInMadrid } from './instant.ts';

describe('the day of a report', () => {
  it('is that of Madrid, in summer and in winter', () => {
    expect(madridDay(Date.parse('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
    expect(madridDay(Date.parse('2026-12-31T22:59:59Z'))).toBe('2026-12-31');
    expect(madridDay(Date.parse('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
  });
});

describe('an instant that people are shown', () => {
  it('is that of Madrid, whatever the zone of the machine', () => {
    expect(shownInMadrid(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02 00:00:00');
    expect(shownInMadrid(Date.parse('2026-12-31T22:59:59Z'))).toBe('2026-12-31 23:59:59');
  });
});
