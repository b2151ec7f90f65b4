import { TextDecoder } from 'node:util';
import { contentTypeParameters } from './content-type.ts';

/** The text of an XML document, or why its bytes cannot be read. */
export type DecodedXml =
  | { readonly text: string }
  | {
      readonly problem: string;
      /** Whether the charset is known and its decoder found bytes that it does not have. */
      readonly malformed: boolean;
    };

/** How far the XML declaration is looked for, in bytes: white space may come before it. */
const DECLARATION_BYTES = 1_024;

const UTF_16 = /^(?:utf-?16|ucs-?2|unicode|iso-10646-ucs-2)/i;

/**
 * The charsets that are read, as TextDecoder names them: in each of them a byte below 0x80 is that ASCII
 * character, or it is UTF-16. In others, such as ISO-2022-JP, the same bytes are markup to one reader and text
 * to another: none is needed for an answer, and none is risked.
 */
const READ = /^(?:utf-8|utf-16[lb]e|iso-8859-\d+(?:-i)?|windows-\d+)$/;

/**
 * Decodes an XML document by what it declares. The order is that of RFC 7303, 3: a byte order mark, else the
 * charset of the Content-Type, else the XML declaration, else UTF-8 (XML 1.0, appendix F; the US-ASCII of the
 * older RFC 3023 is not assumed).
 *
 * Bytes that can only be UTF-16, without a mark, are UTF-16 whatever is declared: in a charset that keeps ASCII
 * they would begin with NUL characters, which XML does not have. The other way round, a UTF-16 that is declared
 * of bytes that cannot be it is passed over: .NET's StringWriter is known for writing it into UTF-8.
 *
 * ISO 8859-1 and US-ASCII are read as windows-1252, which has them as a part (Encoding Standard, 4.2).
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
    return { problem: `its charset ${quoted(label)} is not known`, malformed: false };
  }
  if (!READ.test(decoder.encoding)) {
    return { problem: `its charset ${quoted(label)} is not read`, malformed: false };
  }
  try {
    const text = decoder.decode(body);
    return { text: decoder.encoding === 'windows-1252' ? withWindows1252(text) : text };
  } catch {
    return {
      problem: `its bytes are not the ${decoder.encoding} that it declares or that XML has by default`,
      malformed: true,
    };
  }
}

function quoted(label: string): string {
  return JSON.stringify(label.slice(0, 40));
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
  const declared = [contentTypeParameters(contentType).get('charset'), declaredEncoding(body)];
  return declared.find((label) => label !== undefined && label !== '' && !UTF_16.test(label)) ?? 'utf-8';
}

/** The encoding of the XML declaration, which in every charset that keeps ASCII can be read as such. */
function declaredEncoding(body: Buffer): string | undefined {
  const start = body.toString('latin1', 0, DECLARATION_BYTES);
  return /^\s*<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1];
}
