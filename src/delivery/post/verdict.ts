import type { MessageVersion } from '../../domain/report.ts';
import { readAnswer } from '../../soap/answer.ts';
import { undoContentCodings, type Uncoded } from './content-coding.ts';
import { TOO_LARGE, type Failure } from './failure.ts';

/** The most that is received of an answer's body, in bytes: large error pages still tell their status. */
export const MAX_ANSWER_BYTES = 262_144;

/**
 * The longest body that is read as XML, in bytes, without its content codings; the log keeps as much of it. The
 * contract's answers have some hundreds, the longest Faults with their traces some ten thousands. What fits costs
 * less than 50 ms of CPU, whatever its bytes and however cold the code (`npm run fuzz:answers` measures it).
 */
export const MAX_READ_BYTES = 65_536;

/** An answer whose body was read to its end. */
export interface ReadAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly body: Buffer;
}

/** What an answer means. */
export interface Verdict {
  /** Null: acknowledged. */
  readonly failure: Failure | null;
  /** The body without its content coding. */
  readonly body: Buffer;
}

/**
 * Judges an answer by the contract: only a 2xx status with a RespostaReport without Error acknowledges. A Fault
 * or an Error counts as that in any status, since it says more than the status.
 *
 * @param version that of the report that was sent
 */
export function judge(answer: ReadAnswer, version: MessageVersion = '4.0'): Verdict {
  const { status, contentType } = answer;
  const uncoded = uncode(answer);
  if ('body' in uncoded) {
    return { body: uncoded.body, failure: failureOfContent(status, uncoded.body, contentType, version) };
  }
  const failure = 'tooLarge' in uncoded ? TOO_LARGE : notSoap(uncoded.problem);
  return { body: answer.body, failure: isSuccess(status) ? failure : httpError(status) };
}

/** The body to read, unless there is too much of it before or after its content codings are undone. */
function uncode({ body, contentEncoding }: ReadAnswer): Uncoded {
  if (body.length > MAX_ANSWER_BYTES) return { tooLarge: true };
  const uncoded = undoContentCodings(body, contentEncoding, MAX_READ_BYTES);
  return 'body' in uncoded && uncoded.body.length > MAX_READ_BYTES ? { tooLarge: true } : uncoded;
}

function failureOfContent(
  status: number,
  body: Buffer,
  contentType: string | null,
  version: MessageVersion,
): Failure | null {
  const content = readAnswer(body, contentType, version);
  if (content.kind === 'refused') {
    return { outcome: 'refused', code: 'error-element', text: content.text ?? EMPTY_ERROR };
  }
  if (content.kind === 'faulted') {
    return { outcome: 'faulted', code: 'soap-fault', text: content.text ?? 'The SOAP Fault says nothing.' };
  }
  if (!isSuccess(status)) return httpError(status);
  return content.kind === 'acknowledged' ? null : notSoap(content.detail);
}

/** Stacks that make XML of objects write an empty Error where their developer meant none. */
const EMPTY_ERROR = 'The Error element is empty; only an answer without it acknowledges.';

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

function httpError(status: number): Failure {
  return {
    outcome: 'http-error',
    code: `http-${status}`,
    text: `The web service answered with HTTP status ${status}.`,
  };
}

function notSoap(detail: string): Failure {
  return {
    outcome: 'unreadable',
    code: 'not-soap',
    text: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`,
  };
}
