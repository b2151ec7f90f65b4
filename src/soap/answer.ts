import type { MessageVersion } from '../domain/report.ts';
import { acknowledgementProblem } from './answer-acknowledgement.ts';
import { answeredFailure, type AnsweredFailure } from './answer-failure.ts';
import { decodeXml } from './decode-xml.ts';
import { isMultipart, rootPart } from './multipart.ts';
import { DEFAULT_XML_LIMITS, readXml, type XmlElement } from './read-xml.ts';

/** What an integrator's answer says of the report. */
export type Answer =
  | { readonly kind: 'acknowledged' }
  | AnsweredFailure
  /** Not an answer of the contract; `detail` is a sentence for the log. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/**
 * Reads the body of an HTTP answer by the contract: an Error element, even an empty one, or a Fault means
 * "retry"; only a RespostaReport in its place and without Error acknowledges. What is lenient is so in telling a
 * failure (see `answeredFailure`); for an acknowledgement each leniency has its reason (`acknowledgementProblem`,
 * `readXml`, `decodeXml`). docs/contract.md has them all.
 *
 * Never throws, whatever the bytes. The caller bounds the size.
 *
 * @param contentType the value of the HTTP header
 * @param version that of the report that was sent: an answer of another one acknowledges nothing
 */
export function readAnswer(
  body: Buffer,
  contentType: string | null,
  version: MessageVersion = '4.0',
): Answer {
  if (isBlank(body)) return unreadable('the answer is empty');
  if (!isMultipart(contentType)) return readMessage(body, contentType, version);
  const root = rootPart(body, contentType);
  return 'problem' in root
    ? unreadable(`the answer cannot be read: ${root.problem}`)
    : readMessage(root.body, root.contentType, version);
}

function readMessage(body: Buffer, contentType: string | null, version: MessageVersion): Answer {
  const strict = readXml(body, contentType);
  if ('root' in strict) return judge(strict.root, version);
  if (strict.malformedBytes) {
    // A Fault in undeclared Latin-1 is no XML, but an operator needs its text.
    const tolerant = readXml(body, contentType, { ...DEFAULT_XML_LIMITS, malformedBytes: 'replace' });
    const failure = 'root' in tolerant ? answeredFailure(tolerant.root) : null;
    if (failure !== null) return failure;
  }
  return unreadable(
    otherThanXml(body, contentType) ?? `the answer is not XML that can be read: ${strict.problem}`,
  );
}

function judge(root: XmlElement, version: MessageVersion): Answer {
  const failure = answeredFailure(root);
  if (failure !== null) return failure;
  if (root.name.toLowerCase() === 'html') return unreadable(HTML);
  const problem = acknowledgementProblem(root, version);
  return problem === null ? { kind: 'acknowledged' } : unreadable(problem);
}

/** How much of a body tells what it is, in bytes. */
const START_BYTES = 256;

const HTML = 'the answer is an HTML page, not a SOAP message';

/** What a body is that is no XML, where its beginning tells. */
function otherThanXml(body: Buffer, contentType: string | null): string | null {
  if (body[0] === 0x1f && body[1] === 0x8b) return 'the answer is gzip that its headers do not tell of';
  const decoded = decodeXml(body.subarray(0, START_BYTES), contentType, 'replace');
  const start = 'text' in decoded ? decoded.text.trimStart() : '';
  if (/^<(?:!doctype\s+html|html)\b/i.test(start)) return HTML;
  if (/^<(?:br|b|p|div|font|table)[\s/>]/i.test(start)) {
    return 'the answer begins with HTML, such as a warning that was printed before it';
  }
  if (/^[{[]/.test(start)) return 'the answer is JSON, not a SOAP message';
  return /^[^<\p{Cc}]/u.test(start) ? 'the answer is text, not a SOAP message' : null;
}

/** Whether there is nothing but white space. */
function isBlank(body: Buffer): boolean {
  return body.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function unreadable(detail: string): Answer {
  return { kind: 'unreadable', detail };
}
