import { describe, expect, it } from 'vitest';
import { CASE_IDS, type CaseId } from '../../delivery/probe/check/cases.ts';
import type { CaseResult } from '../../delivery/probe/check/run.ts';
import type { Outcome } from '../../domain/attempt.ts';
import { CASE_TEXTS } from './case-texts.ts';
import { mendOf } from './mend.ts';

function failed(
  id: CaseId,
  outcome: Outcome,
  errorCode: string,
  httpStatus: number | null = 200,
): CaseResult {
  const result = {
    outcome,
    httpStatus,
    errorCode,
    errorText: null,
    durationMs: 1,
    retryAfterMs: null,
    requestHeaders: {},
    phases: null,
    requestHash: null,
    response: null,
  };
  return { id, status: 'failed', result, request: null };
}

describe('what to mend of a case', () => {
  it.each([
    ['refused', 'error-element', 200],
    ['faulted', 'soap-fault', 500],
    ['http-error', 'http-500', 500],
    ['http-error', 'http-400', 400],
  ] as const)('is its own where the plainest report passed: %s, %s', (outcome, code, status) => {
    const result = failed('nil-registry', outcome, code, status);
    expect(mendOf(result, true)).toBe(CASE_TEXTS['nil-registry'].mend);
    expect(mendOf(result, false)?.en).not.toContain('xsi:nil');
  });

  it('is the error’s where that is not about the report', () => {
    expect(mendOf(failed('nil-registry', 'unreachable', 'answer-timeout', null), true)?.en).toContain(
      'in time',
    );
    expect(mendOf(failed('nil-registry', 'http-error', 'http-401', 401), true)?.en).toContain('credentials');
  });

  it('is nothing where it passed or was not sent', () => {
    expect(mendOf({ ...failed('error', 'acknowledged', ''), status: 'passed' }, true)).toBeNull();
    expect(mendOf({ id: 'error', status: 'skipped', result: null, request: null }, true)).toBeNull();
  });

  it.each(CASE_IDS)('is said in three languages, as its name is: %s', (id) => {
    const { name, mend } = CASE_TEXTS[id];
    for (const text of Object.values(mend)) expect(text).toMatch(/^[A-ZÀ-Ú].+\.$/);
    for (const text of Object.values(name)) expect(text.length).toBeLessThanOrEqual(52);
    expect(new Set(Object.values(mend)).size).toBe(3);
  });
});
