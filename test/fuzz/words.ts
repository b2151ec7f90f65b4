import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** What mutations are made of. */

/** What breaks readers of XML, and the words of the contract. */
export const WORDS = [
  [
    '<Error/>',
    '<Error>x</Error>',
    '<Error xmlns="">x</Error>',
    '<e:Error xmlns:e="u"/>',
    '</Error>',
    'Error',
  ],
  ['<RespostaReport xmlns="http://www.aocat.net/NT/v4.0"/>', '<RespostaReport/>', 'RespostaReport', 'Fault'],
  ['<s:Body>', '</s:Body>', '<s:Body/>', '<s:Header/>', '<s:Fault/>', '</s:Envelope>', 'xmlns:s="urn:s"'],
  ['clientRequestwithReturnResponse', 'clientRequestwithReturn', ' xsi:nil="true"', ' href="#a"', ' id="a"'],
  ['http://www.aocat.net/NT/v4.0', 'http://www.aocat.net/NT/v3.2', 'http://www.openuri.org/', ' xmlns=""'],
  [
    '<!--',
    '-->',
    '<!-- -->',
    '<![CDATA[',
    ']]>',
    '<?a',
    '?>',
    '<!DOCTYPE s:Envelope>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
  ],
  [
    '&lt;',
    '&amp;',
    '&#60;',
    '&#x3C;',
    '&#0;',
    '&b;',
    '&',
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    ':',
    '/>',
    '</',
    ' ',
  ],
  [
    '<?xml version="1.0" encoding="utf-16"?>',
    '<?xml version="1.1"?>',
    ' encoding="iso-8859-1"',
    '\uFEFF',
    '\0',
  ],
  ['\r\n', '\r', '\n', '\t', '\u0085', '\u2028', '\u00A0', 'é', '€', '𝒜', '\u0001', '\uFFFE'],
].flat();

/** What fills an answer: each is dear to some part of a reader. */
export const FILLERS = [
  ' ',
  'a',
  '\r',
  '\r\n',
  '&#65;',
  '&lt;',
  'amp;',
  's',
  '<a/>',
  '<a>',
  '<!---->',
  '<?a?>',
  '<![CDATA[]]>',
  ']',
  '- ',
  ' a=""',
  'é',
  '€',
  'x ',
];
/** Where a filler is put, around it. */
export const PLACES: readonly (readonly [string, string])[] = [
  ['', ''],
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<a b="', '"/>'],
  ['<a ', '/>'],
  ['<', '/>'],
  ['<?a ', '?>'],
  ['&', ';'],
  ['&', 's'],
  ['<Error>', '</Error>'],
];

export const CONTENT_TYPES = [
  null,
  'text/xml',
  'text/xml; charset=utf-8',
  'text/xml; charset="iso-8859-1"',
  'text/xml; charset=windows-1252',
  'text/xml; charset=utf-16',
  'text/xml; charset=us-ascii',
  'text/xml; charset=iso-2022-jp',
  'application/soap+xml; charset=iso-8859-15',
  'multipart/related; boundary=b',
  'text/html',
];
export const ENCODERS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\uFEFF${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
];
export const CODERS: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
];
