import { describe, expect, it } from 'vitest';
import { madridDay, madridInstant, shownInMadrid } from './instant.ts';

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

describe('an instant that a report tells', () => {
  it.each(['2026-07-01T22:00:00.007Z', '2026-12-31T22:59:59.123Z', '2026-10-25T01:00:00.000Z'])(
    'is the same one, in the time and zone of Madrid: %s',
    (instant) => {
      const ms = Date.parse(instant);
      expect(Date.parse(madridInstant(ms))).toBe(ms);
      expect(madridInstant(ms)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00$/);
    },
  );

  it('has the zone of its season', () => {
    expect(madridInstant(Date.parse('2026-07-01T22:00:00.007Z'))).toBe('2026-07-02T00:00:00.007+02:00');
    expect(madridInstant(Date.parse('2026-11-24T09:15:30.123Z'))).toBe('2026-11-24T10:15:30.123+01:00');
  });
});
