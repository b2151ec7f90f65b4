import type { CaseResult } from '../../delivery/probe/check/run.ts';
import { adviceFor, type Sentence } from '../../domain/advice.ts';
import { CASE_TEXTS } from './case-texts.ts';

/**
 * What to mend of a case that failed. Where the web service takes the plainest report and fails at this one, it is
 * what is special in this one; else it is what the error says.
 *
 * @param takesPlainest whether the first case has passed
 */
export function mendOf({ id, status, result }: CaseResult, takesPlainest: boolean): Sentence | null {
  if (status !== 'failed' || result === null) return null;
  const { outcome, httpStatus } = result;
  const isItsOwn =
    outcome === 'refused' ||
    outcome === 'faulted' ||
    (outcome === 'http-error' && (httpStatus === 400 || (httpStatus ?? 0) >= 500));
  return takesPlainest && isItsOwn ? CASE_TEXTS[id].mend : adviceFor(result.errorCode);
}
