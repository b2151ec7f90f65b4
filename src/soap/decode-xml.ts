import { TextDecoder } from 'node:util';

/** The text of an XML document, or why its bytes cannot be read. */
export type DecodedXml = { readonly text: string } | { readonly problem: string };

/** Longest XML declaration that is looked at, in bytes. */
const DECLARATION_BYTES = 256;

const UTF_16 = /^(?:utf-?16|ucs-?2|unicode|iso-10646-ucs-2)/i;

/**
 * Decodes an XML document by what it declares (RFC 7303, 3; XML 1.0, appendix F): a byte order mark, else what
 * its first bytes can only be, else the charset of the Content-Type, else the XML declaration, else UTF-8.
 *
 * @param malformed whether bytes that the charset does not have are a problem, or become U+FFFD
 */
export function decodeXml(
  body: Buffer,
  contentType: string | null,
  malformed: 'refuse' | 'replace',
): DecodedXml {
  const label = charsetOf(body, contentType);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: malformed === 'refuse' });
  } catch {
    return { problem: `its charset ${JSON.stringify(label.slice(0, 40))} is not known` };
  }
  try {
    const text = decoder.decode(body);
    return { text: decoder.encoding === 'windows-1252' ? withWindows1252(text) : text };
  } catch {
    return {
      problem: `its bytes are not the ${decoder.encoding} that it declares or that XML has by default`,
    };
  }
}

/** 0x80 to 0x9F of windows-1252 (Encoding Standard, index); five of them stay control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Node 20 decodes windows-1252 as if it were ISO 8859-1; where Node does it right this changes nothing. */
function withWindows1252(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80));
}

function charsetOf(body: Buffer, contentType: string | null): string {
  const [first, second, third] = body;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // XML has no NUL, so one of the first two bytes says which half of a UTF-16 unit comes first.
  if (first !== 0 && second === 0) return 'utf-16le';
  if (first === 0 && second !== 0) return 'utf-16be';
  // Here a declared UTF-16 contradicts the bytes: .NET's StringWriter is known for writing it into UTF-8.
  const declared = [contentTypeCharset(contentType), declarationEncoding(body)];
  return declared.find((label) => label !== null && !UTF_16.test(label)) ?? 'utf-8';
}

function contentTypeCharset(contentType: string | null): string | null {
  const match = /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i.exec(contentType ?? '');
  const charset = (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
  return charset === '' ? null : charset;
}

function declarationEncoding(body: Buffer): string | null {
  const start = body.toString('latin1', 0, DECLARATION_BYTES);
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1] ?? null;
}
