import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import {
  ParseOption,
  XmlDocument,
  XmlElement,
  XmlError,
  XmlParseError,
  XmlXPath,
  type XsdValidator,
} from 'libxml2-wasm';
import type { ReadAnswer } from '../../src/delivery/post/verdict.ts';
import { ourContract, validationError } from '../contracts/schema.ts';

/**
 * What another parser, libxml2, and XPath find in an answer. They share nothing with the reader but Node's
 * charsets and decompressors, and have limits of their own.
 */
export interface Finding {
  /** A Fault or an Error where the contract puts it: this may never be acknowledged. */
  readonly refuses: boolean;
  /** All that an acknowledgement needs: nothing else may be acknowledged. */
  readonly mayAcknowledge: boolean;
}

/** The most that a decompressor may give, in bytes. */
const MAX_BYTES = 4_194_304;
/** Charsets that an answer may be in, besides the one that its Content-Type names. */
const CHARSETS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'];
/** Answers below these bounds are none of the reader's limits' business. */
const SMALL_BYTES = 50_000;
const SMALL = 'count(//@*) < 100 and count(//*) < 100 and not(//*[count(ancestor::*) > 40])';
const LONG_WORD = /[^\s<>]{900}/;

/**
 * What libxml2 refuses and the reader takes: namespaces that are no URIs, which Namespaces in XML only deprecates,
 * and instructions such as `<?a?b?>`, which nobody looks at.
 */
const HARMLESS = /not a valid URI|not absolute|ParsePI: PI/;
/** What libxml2 takes and XML does not: a version without its digits, `1.` (XML 1.0, production 26). */
const BARE_VERSION = /^\s*<\?xml\s+version\s*=\s*["']1\.["']/;

const PARSE: ParseOption = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NOWARNING;

const NAMESPACES = {
  a: 'http://schemas.xmlsoap.org/soap/envelope/',
  b: 'http://www.w3.org/2003/05/soap-envelope',
  w: 'http://www.openuri.org/',
  n: 'http://www.aocat.net/NT/v4.0',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
};
const BODIES = '/*[local-name()="Envelope"]/*[local-name()="Body"]';
const REFUSES = xpath(`${BODIES}//*[local-name()="Error"] | ${BODIES}/*[local-name()="Fault"]`);

/** The Body of an Envelope that has nothing else but a Header before it, with one element and no text. */
const body = (soap: 'a' | 'b'): string =>
  `/${soap}:Envelope[count(*) = 1 or (count(*) = 2 and *[1][self::${soap}:Header])][not(text()[normalize-space(.)])]/${soap}:Body`;
const BODY = `(${body('a')} | ${body('b')})[count(*) = 1][not(normalize-space(.))]`;
/** Neither nil nor with an attribute that could say anything. */
const PLAIN =
  '[not(@*[namespace-uri() = "" and local-name() != "id"])][not(normalize-space(@xsi:nil) = "true" or normalize-space(@xsi:nil) = "1")]';
const WRAPPER = `w:clientRequestwithReturnResponse[count(*) = 1]${PLAIN}`;
const ACKNOWLEDGES = xpath(
  `(${BODY}/${WRAPPER}/*[self::n:RespostaReport or self::w:RespostaReport or self::RespostaReport] |
    ${BODY}/n:RespostaReport)[not(*)]${PLAIN}`,
);
const CONTENT = xpath(`${BODY}/*[self::w:clientRequestwithReturnResponse or self::n:RespostaReport]`);

const contract = ourContract();

/** Looks at an answer in every way in which its bytes may be meant. */
export function examine(answer: ReadAnswer): Finding {
  let refuses = false;
  let mayAcknowledge = false;
  for (const text of messagesOf(answer).flatMap(textsOf)) {
    const error = withDocument(
      () => XmlDocument.fromString(text, { option: PARSE }),
      (document) => {
        refuses ||= document.find(REFUSES).length > 0;
        mayAcknowledge ||= document.dtd === null && document.find(ACKNOWLEDGES).length === 1;
      },
    );
    if (error !== null && HARMLESS.test(error.message)) mayAcknowledge = true;
  }
  return { refuses, mayAcknowledge };
}

/** Whether it is an acknowledgement by our schema, in UTF-8 and small: this the reader has to acknowledge. */
export function mustBeAcknowledged(answer: ReadAnswer): boolean {
  const { status, contentType, contentEncoding, body: bytes } = answer;
  if (status > 299 || contentType !== 'text/xml; charset=utf-8' || contentEncoding !== null) return false;
  if (bytes.length > SMALL_BYTES) return false;
  const text = bytes.toString('latin1');
  if (LONG_WORD.test(text) || BARE_VERSION.test(text)) return false;
  let valid = false;
  withDocument(
    () => XmlDocument.fromBuffer(bytes, { encoding: 'utf-8', option: PARSE }),
    (document) => {
      if (document.warnings.length > 0 || document.dtd !== null || document.eval(SMALL) !== true) return;
      const [content] = document.find(CONTENT);
      if (!(content instanceof XmlElement) || document.find(REFUSES).length > 0) return;
      const validator = content.name === 'RespostaReport' ? contract.messages : contract.wrappers;
      valid = isValid(validator, content);
    },
  );
  return valid;
}

function isValid(validator: XsdValidator, content: XmlElement): boolean {
  try {
    return validationError(validator, content.canonicalizeToString()) === null;
  } catch (error) {
    // Canonical XML has no form for namespaces that are relative URIs.
    if (error instanceof XmlError) return false;
    throw error;
  }
}

/** Parses, uses what was parsed, and lets go of it. Returns why it is not XML, in this way of reading it. */
function withDocument(parse: () => XmlDocument, use: (document: XmlDocument) => void): XmlParseError | null {
  let document: XmlDocument;
  try {
    document = parse();
  } catch (error) {
    if (error instanceof XmlParseError) return error;
    throw error;
  }
  try {
    use(document);
  } finally {
    document.dispose();
  }
  return null;
}

interface Message {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** The SOAP message in an answer, with its codings undone and out of its package; none where that fails. */
function messagesOf({ body: bytes, contentType, contentEncoding }: ReadAnswer): Message[] {
  const decoded = uncoded(bytes, contentEncoding ?? '');
  if (decoded === null) return [];
  const type = contentType ?? '';
  if (!/^\s*multipart\/related\s*(?:;|$)/i.test(type)) return [{ bytes: decoded, contentType: type }];
  const boundary = /boundary\s*=\s*"?([^";]+)/i.exec(type)?.[1] ?? '';
  // Whichever part is the root: the reader takes one of them.
  return `\r\n${decoded.toString('latin1')}`.split(`\r\n--${boundary}`).map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    return { bytes: Buffer.from(rest.join('\r\n\r\n'), 'latin1'), contentType: head };
  });
}

function uncoded(bytes: Buffer, codings: string): Buffer | null {
  try {
    return codings
      .toLowerCase()
      .split(',')
      .toReversed()
      .reduce((coded, coding) => {
        if (coding.includes('gzip')) return gunzipSync(coded, { maxOutputLength: MAX_BYTES });
        return coding.trim() === 'deflate' ? inflated(coded) : coded;
      }, bytes);
  } catch {
    return null;
  }
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch {
    return inflateRawSync(bytes, { maxOutputLength: MAX_BYTES });
  }
}

/** The message in every charset that it can be in, without what its declaration says. */
function textsOf({ bytes, contentType }: Message): string[] {
  const named = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  const texts = [...CHARSETS, ...(named === undefined ? [] : [named])].flatMap((charset) => {
    try {
      return [new TextDecoder(charset, { fatal: true }).decode(bytes)];
    } catch {
      return [];
    }
  });
  return [...new Set(texts.map((text) => text.replace(/^[\s\uFEFF]+/, '').replace(/^<\?xml\s[^>]*\?>/, '')))];
}

function xpath(expression: string): XmlXPath {
  return XmlXPath.compile(expression, NAMESPACES);
}
