import { describe, expect, it } from 'vitest';
import { ATTEMPT_ERRORS } from '../domain/errors.ts';
import { LANGUAGES } from '../domain/language.ts';
import { failurePhrases, sideOf, type Failure } from './failures.ts';

const http = (status: number): Failure => ({
  outcome: 'http-error',
  httpStatus: status,
  code: `http-${status}`,
});
const late: Failure = { outcome: 'unreachable', httpStatus: null, code: 'answer-timeout' };

describe('failures in a row', () => {
  it.each<[readonly Failure[], string, string, string]>([
    [[http(503)], 'va respondre 503', 'respondió 503', 'answered 503'],
    [
      [http(503), http(503)],
      'va respondre 503 dues vegades',
      'respondió 503 dos veces',
      'answered 503 twice',
    ],
    [
      [http(503), late, http(503)],
      'va respondre 503 dues vegades i no va respondre a temps una vegada',
      'respondió 503 dos veces y no respondió a tiempo una vez',
      'answered 503 twice and did not answer in time once',
    ],
  ])('%j', (failures, ca, es, en) => {
    expect(LANGUAGES.map((language) => failurePhrases(failures, language))).toEqual([ca, es, en]);
  });

  it('have a phrase for every code', () => {
    for (const code of Object.keys(ATTEMPT_ERRORS)) {
      for (const language of LANGUAGES) {
        const phrase = failurePhrases([{ outcome: 'unreachable', httpStatus: null, code }], language);
        expect(phrase, code).not.toContain(code.includes('-') ? code : 'undefined');
      }
    }
  });
});

it.each<[string, Failure['outcome'], string]>([
  ['http-503', 'http-error', 'integrator'],
  ['connect-refused', 'unreachable', 'integrator'],
  ['http-401', 'http-error', 'configuration'],
  ['address-not-allowed', 'blocked', 'configuration'],
  ['lease-expired', 'interrupted', 'service'],
  ['own-resources', 'interrupted', 'service'],
])('%s is mended by the side of the %s: %s', (code, outcome, side) => {
  expect(sideOf({ outcome, code })).toBe(side);
});
