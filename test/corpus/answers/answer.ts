import type { Outcome } from '../../../src/domain/attempt.ts';
import type { AttemptErrorCode } from '../../../src/domain/errors.ts';

/**
 * An answer as a web service or something in between gives it, and how it is to be read. What is read wrongly
 * later is found by `corpus.test.ts`; docs/answers.md is written from it.
 */
export interface CorpusAnswer {
  /** A phrase that names it among its group's. */
  readonly what: string;
  readonly status: number;
  /** As they are on the wire, but for Content-Length and Transfer-Encoding, which are `framing`'s. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** How HTTP marks its end: by `length` where nothing is said. */
  readonly framing?: Framing;
  readonly expected: Expected;
  /** Why it is read so: the place in the contract or a standard, or what would be lost otherwise. */
  readonly why: string;
}

/** How the end of a body is marked on the wire. */
type Framing =
  /** Content-Length, of the whole body. */
  | 'length'
  /** Chunks of some bytes each. */
  | 'chunked'
  /** Chunks, and trailer fields after the last one. */
  | 'trailers'
  /** The end of the connection. */
  | 'close'
  /** Content-Length, which counts none of what was put before the message: bytes are left over. */
  | { readonly contentLength: number };

/** What the communications log is to say. */
export type Expected =
  | 'acknowledged'
  | { readonly outcome: Outcome; readonly code: AttemptErrorCode | `http-${number}`; readonly text: string };

/** Answers of one stack, or of one kind. */
export interface CorpusGroup {
  readonly title: string;
  /** Where they are from: recorded of which version, or made after which description. */
  readonly source: string;
  readonly answers: readonly CorpusAnswer[];
}

export const TEXT_XML = { 'Content-Type': 'text/xml; charset=utf-8' } as const;

export const NO_TEXT = 'The Error element is empty; only an answer without it acknowledges.';

/** The report was refused with an Error element. */
export function refused(text: string): Expected {
  return { outcome: 'refused', code: 'error-element', text };
}

/** The web service failed with a SOAP Fault. */
export function faulted(text: string): Expected {
  return { outcome: 'faulted', code: 'soap-fault', text };
}

/** The answer is not the contract's. */
export function unreadable(text: string, code: AttemptErrorCode = 'not-soap'): Expected {
  return { outcome: 'unreadable', code, text };
}

/** An HTTP status that is no success, without a Fault or an Error. */
export function httpError(status: number): Expected {
  return {
    outcome: 'http-error',
    code: `http-${status}`,
    text: `The web service answered with HTTP status ${status}.`,
  };
}

/** A body in UTF-8. */
export function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

/** A RespostaReport of the contract, with what it holds. */
export function response(content = ''): string {
  return `<RespostaReport xmlns="http://www.aocat.net/NT/v4.0">${content}</RespostaReport>`;
}

/** The contract's wrapper. */
export function wrapper(content: string): string {
  return `<clientRequestwithReturnResponse xmlns="http://www.openuri.org/">${content}</clientRequestwithReturnResponse>`;
}

/** A SOAP message, of version 1.1 unless another namespace is given. */
export function envelope(content: string, namespace = SOAP_11): string {
  return `<s:Envelope xmlns:s="${namespace}"><s:Body>${content}</s:Body></s:Envelope>`;
}

/** The contract's acknowledgement and refusal. */
export const ACKNOWLEDGEMENT = envelope(wrapper(response()));
export const REFUSAL = envelope(wrapper(response('<Error>número repetit</Error>')));

/** A made answer: with status 200, as text/xml in UTF-8, unless it says otherwise. */
export function made(
  what: string,
  body: string | Buffer,
  expected: Expected,
  why: string,
  other: Partial<Pick<CorpusAnswer, 'status' | 'headers' | 'framing'>> = {},
): CorpusAnswer {
  const bytes = typeof body === 'string' ? utf8(body) : body;
  return { what, status: 200, headers: TEXT_XML, ...other, body: bytes, expected, why };
}
