import { ACKNOWLEDGEMENT, made, REFUSAL, refused, unreadable, type CorpusGroup } from './answer.ts';

const declared = (encoding: string, message = REFUSAL): string =>
  `<?xml version="1.0" encoding="${encoding}"?>${message}`;
const as = (charset: string): { readonly headers: Record<string, string> } => ({
  headers: { 'Content-Type': `text/xml; charset=${charset}` },
});
const UNTOLD = { headers: { 'Content-Type': 'text/xml' } } as const;

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
/** Latin-1 but for the euro sign, which ISO 8859-15 has at 0xA4 and windows-1252 at 0x80. */
const withEuro = (text: string, byte: number): Buffer =>
  latin1(text.replaceAll('€', String.fromCharCode(byte)));

const REFUSED = refused('número repetit');
const EURO = REFUSAL.replace('repetit', '7: 3 €');
const HEADER_FIRST = 'RFC 7303, 3.2: without a byte order mark the charset of the Content-Type decides.';
const MARK_FIRST = 'RFC 7303, 3.3: a byte order mark decides against both.';
const DECLARED = 'RFC 7303, 3.2: where the Content-Type has no charset, the declaration decides.';
const DETECTED =
  'XML 1.0, appendix F: bytes that begin with NUL and “<”, or the other way round, can be nothing else.';

export const charsets: CorpusGroup = {
  title: 'Charsets',
  source: 'made after RFC 7303, XML 1.0 and the Encoding Standard',
  answers: [
    made(
      'UTF-8 without a word',
      REFUSAL,
      REFUSED,
      'XML 1.0, 4.3.3: what declares nothing is UTF-8. RFC 7303 ended the US-ASCII of text/xml.',
      UNTOLD,
    ),
    made('UTF-8 with a byte order mark', `\uFEFF${REFUSAL}`, REFUSED, MARK_FIRST, UNTOLD),
    made(
      'a byte order mark against header and declaration',
      `\uFEFF${declared('iso-8859-1')}`,
      REFUSED,
      MARK_FIRST,
      as('windows-1252'),
    ),
    made(
      'two byte order marks',
      `\uFEFF\uFEFF${declared('UTF-8', ACKNOWLEDGEMENT)}`,
      'acknowledged',
      'PHP writes one for each file saved with one. They say nothing.',
    ),
    made(
      'UTF-16 little-endian with a mark',
      utf16le(`\uFEFF${declared('UTF-16')}`),
      REFUSED,
      MARK_FIRST,
      as('utf-16'),
    ),
    made(
      'UTF-16 big-endian with a mark',
      utf16be(`\uFEFF${declared('UTF-16')}`),
      REFUSED,
      MARK_FIRST,
      UNTOLD,
    ),
    made('UTF-16 little-endian without a mark', utf16le(declared('UTF-16')), REFUSED, DETECTED, as('utf-16')),
    made('UTF-16 big-endian without a mark', utf16be(declared('UTF-16')), REFUSED, DETECTED, UNTOLD),
    made(
      'UTF-16 big-endian by header, without a declaration',
      utf16be(REFUSAL),
      REFUSED,
      DETECTED,
      as('utf-16be'),
    ),
    made(
      'UTF-16 under a header of UTF-8',
      utf16le(declared('UTF-16', ACKNOWLEDGEMENT)),
      'acknowledged',
      DETECTED,
    ),
    made(
      'UTF-16 declared of UTF-8',
      declared('utf-16'),
      REFUSED,
      'XmlWriter over a StringWriter in .NET writes it so. The bytes cannot be UTF-16.',
      UNTOLD,
    ),
    made('UTF-16 in the header of UTF-8', REFUSAL, REFUSED, 'The bytes cannot be UTF-16.', as('utf-16')),
    made('ISO 8859-1 by header', latin1(REFUSAL), REFUSED, HEADER_FIRST, as('ISO-8859-1')),
    made('ISO 8859-1 by declaration', latin1(declared('ISO-8859-1')), REFUSED, DECLARED, UNTOLD),
    made(
      'ISO 8859-1 by header, UTF-8 by declaration',
      latin1(declared('UTF-8')),
      REFUSED,
      HEADER_FIRST,
      as('iso-8859-1'),
    ),
    made('UTF-8 by header, ISO 8859-1 by declaration', declared('ISO-8859-1'), REFUSED, HEADER_FIRST),
    made(
      'UTF-8 under a header of ISO 8859-1',
      declared('UTF-8'),
      refused('nÃºmero repetit'),
      `${HEADER_FIRST} Servlets send it unasked; only the text suffers.`,
      as('ISO-8859-1'),
    ),
    made(
      'a quoted charset among other parameters',
      latin1(REFUSAL),
      REFUSED,
      'RFC 9110, 8.3.1: names in any case, values quoted or not, in any order.',
      {
        headers: {
          'Content-Type': 'application/soap+xml; action="urn:a;charset=utf-8"; CHARSET="iso-8859-1"',
        },
      },
    ),
    made(
      'ISO 8859-15 by declaration',
      withEuro(declared('ISO-8859-15', EURO), 0xa4),
      refused('número 7: 3 €'),
      DECLARED,
      UNTOLD,
    ),
    made(
      'windows-1252 by header',
      withEuro(EURO, 0x80),
      refused('número 7: 3 €'),
      HEADER_FIRST,
      as('windows-1252'),
    ),
    made(
      'windows-1252 under the name of ISO 8859-1',
      withEuro(EURO, 0x80),
      refused('número 7: 3 €'),
      'Encoding Standard, 4.2: the two names mean the same; 0x80 to 0x9F have no use in the other.',
      as('iso-8859-1'),
    ),
    made(
      'US-ASCII by declaration',
      latin1(declared('US-ASCII', ACKNOWLEDGEMENT)),
      'acknowledged',
      DECLARED,
      UNTOLD,
    ),
    made(
      'US-ASCII that is not',
      latin1(declared('US-ASCII')),
      REFUSED,
      'Encoding Standard, 4.2: read as windows-1252, which has ASCII as a part.',
      UNTOLD,
    ),
    made(
      'ISO 8859-1 that nobody tells, in an Error',
      latin1(REFUSAL),
      refused('n\uFFFDmero repetit'),
      'XML 1.0, 4.3.3 calls it an error; what was refused is worth telling all the same.',
      UNTOLD,
    ),
    made(
      'ISO 8859-1 that nobody tells, beside an acknowledgement',
      latin1(ACKNOWLEDGEMENT.replace('><', '><!-- número --><')),
      unreadable(
        'The answer is not XML that can be read: its bytes are not the utf-8 that it declares or that XML has by default.',
      ),
      'XML 1.0, 4.3.3: a fatal error. What was meant by the bytes is not known.',
      UNTOLD,
    ),
    made(
      'a charset that does not exist',
      ACKNOWLEDGEMENT,
      unreadable('The answer is not XML that can be read: its charset "utf-8859-1" is not known.'),
      'What the bytes mean is not known.',
      as('utf-8859-1'),
    ),
    made(
      'ISO 2022-JP',
      ACKNOWLEDGEMENT,
      unreadable('The answer is not XML that can be read: its charset "iso-2022-jp" is not read.'),
      'Its bytes below 0x80 change their meaning: the same document can say different things to different readers.',
      as('iso-2022-jp'),
    ),
    made(
      'UTF-7',
      ACKNOWLEDGEMENT.replaceAll('<', '+ADw-'),
      unreadable('The answer is not XML that can be read: its charset "utf-7" is not known.'),
      'Nobody knows it any longer, for good reasons.',
      as('utf-7'),
    ),
    made(
      'UTF-32',
      Buffer.from(
        Array.from(`\uFEFF${ACKNOWLEDGEMENT}`, (c) => [
          c.charCodeAt(0) & 0xff,
          c.charCodeAt(0) >> 8,
          0,
          0,
        ]).flat(),
      ),
      unreadable('The answer is not XML that can be read: 1:1: disallowed character.'),
      'XML 1.0, 4.3.3 asks for UTF-8 and UTF-16.',
      UNTOLD,
    ),
    made(
      'half a character of UTF-16',
      Buffer.concat([utf16le(`\uFEFF${ACKNOWLEDGEMENT}`), Buffer.from([0x20])]),
      unreadable(
        'The answer is not XML that can be read: its bytes are not the utf-16le that it declares or that XML has by default.',
      ),
      'It was cut off.',
      UNTOLD,
    ),
    made(
      '“<” in two bytes of UTF-8',
      Buffer.concat([Buffer.from(ACKNOWLEDGEMENT), Buffer.from([0xc0, 0xbc])]),
      unreadable(
        'The answer is not XML that can be read: its bytes are not the utf-8 that it declares or that XML has by default.',
      ),
      'RFC 3629, 3: overlong forms hide characters, and are refused.',
    ),
  ],
};
