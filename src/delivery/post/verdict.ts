import { gunzipSync } from 'node:zlib';
import { readAnswer } from '../../soap/answer.ts';
import { TOO_LARGE, type Failure } from './failure.ts';

/** The most that is read of an answer's body, in bytes; the contract's answers have some hundreds. */
export const MAX_ANSWER_BYTES = 262_144;

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
 */
export function judge(answer: ReadAnswer): Verdict {
  const decoded = decode(answer);
  if ('failure' in decoded) {
    return {
      body: answer.body,
      failure: isSuccess(answer.status) ? decoded.failure : httpError(answer.status),
    };
  }
  return { body: decoded.body, failure: failureOfContent(answer.status, decoded.body, answer.contentType) };
}

function failureOfContent(status: number, body: Buffer, contentType: string | null): Failure | null {
  const content = readAnswer(body, contentType);
  if (content.kind === 'refused') {
    return { outcome: 'refused', code: 'error-element', text: content.text ?? 'The Error element is empty.' };
  }
  if (content.kind === 'faulted') {
    return { outcome: 'faulted', code: 'soap-fault', text: content.text ?? 'The SOAP Fault says nothing.' };
  }
  if (!isSuccess(status)) return httpError(status);
  return content.kind === 'acknowledged' ? null : notSoap(content.detail);
}

/** Undoes gzip, which some servers send though it was not asked for. */
function decode({
  contentEncoding,
  body,
}: ReadAnswer): { readonly body: Buffer } | { readonly failure: Failure } {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return { body };
  if (coding !== 'gzip' && coding !== 'x-gzip') {
    return { failure: notSoap('the answer has a content coding that was not asked for') };
  }
  try {
    return { body: gunzipSync(body, { maxOutputLength: MAX_ANSWER_BYTES }) };
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { failure: tooLarge ? TOO_LARGE : notSoap('the answer is not the gzip that its header says') };
  }
}

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
