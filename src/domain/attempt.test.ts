import { describe, expect, it } from 'vitest';
import { isOriginTrouble, isSignOfLife, OUTCOMES, phaseOf } from './attempt.ts';

const answered = (httpStatus: number) => ({ outcome: 'http-error', httpStatus }) as const;

describe('what an attempt says of its origin', () => {
  it('is trouble where there is no answer, too many requests, or an error of the server', () => {
    expect(isOriginTrouble({ outcome: 'unreachable', httpStatus: null })).toBe(true);
    expect([429, 500, 503, 599].filter((status) => !isOriginTrouble(answered(status)))).toEqual([]);
  });

  it('is no trouble where the entity alone is refused', () => {
    expect(
      [301, 400, 401, 403, 404, 428, 430, 499].filter((status) => isOriginTrouble(answered(status))),
    ).toEqual([]);
  });

  it('is never trouble by the status of a SOAP answer', () => {
    expect(isOriginTrouble({ outcome: 'faulted', httpStatus: 500 })).toBe(false);
  });

  it('is nothing where nothing was sent or we ended it, and life or trouble otherwise', () => {
    const silent = OUTCOMES.filter((outcome) => {
      const result = { outcome, httpStatus: null };
      return !isSignOfLife(result) && !isOriginTrouble(result);
    });
    expect(silent).toEqual(['blocked', 'interrupted']);
    expect([isSignOfLife(answered(403)), isSignOfLife(answered(503))]).toEqual([true, false]);
  });
});

it('a daily report is sent in the phase of daily ones, a notice in the one of those', () => {
  expect([phaseOf('Diari'), phaseOf('OnLine')]).toEqual(['FASE_REPORT_DIARI', 'FASE_REPORT_ONLINE']);
});
