import { describe, expect, it } from 'vitest';
import { decodeXml } from './decode-xml.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function textOf(body: Buffer, contentType: string | null = null): string {
  const decoded = decodeXml(body, contentType, 'refuse');
  return 'text' in decoded ? decoded.text : `problem: ${decoded.problem}`;
}

describe('the charset of an XML document', () => {
  it('is UTF-8 when nothing is declared', () => {
    expect(textOf(Buffer.from('<a>é·𝒜</a>'))).toBe('<a>é·𝒜</a>');
  });

  it('is what the Content-Type says, whatever its case and quotes', () => {
    for (const type of [
      'text/xml; charset=ISO-8859-1',
      'text/xml;CHARSET="iso-8859-1"',
      "application/xml; a=b; charset = 'latin1'",
    ]) {
      expect(textOf(latin1('<a>é·</a>'), type)).toBe('<a>é·</a>');
    }
  });

  it('is what the XML declaration says when the Content-Type does not', () => {
    const xml = `<?xml version='1.0' encoding='windows-1252' standalone="yes"?><a>é€</a>`;
    const bytes = Buffer.concat([latin1(xml.replace('€</a>', '')), Buffer.from([0x80]), latin1('</a>')]);
    expect(textOf(bytes, 'text/xml')).toBe(xml);
  });

  it('is the Content-Type’s when both speak (RFC 7303)', () => {
    const xml = '<?xml version="1.0" encoding="UTF-8"?><a>é</a>';
    expect(textOf(latin1(xml), 'text/xml; charset=iso-8859-1')).toBe(xml);
  });

  it('is the byte order mark’s against both, and the mark is no text', () => {
    const xml = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>';
    const contentType = 'text/xml; charset=iso-8859-1';
    expect(textOf(Buffer.from(`\uFEFF${xml}`), contentType)).toBe(xml);
    expect(textOf(Buffer.from(`\uFEFF${xml}`, 'utf16le'), contentType)).toBe(xml);
    expect(textOf(utf16be(`\uFEFF${xml}`), contentType)).toBe(xml);
  });

  it('is no byte order mark’s that is not whole', () => {
    for (const start of ['ÿ', 'þ', 'xþ', 'xÿ', 'ï', 'ï»', 'ïx¿', 'x»¿']) {
      expect(textOf(latin1(`${start}<a/>`), 'text/xml; charset=iso-8859-1')).toBe(`${start}<a/>`);
    }
  });

  it('is the XML declaration’s where the Content-Type’s is empty', () => {
    const xml = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>';
    expect(textOf(latin1(xml), 'text/xml; charset=""')).toBe(xml);
  });

  it('is UTF-16 where the first bytes can be nothing else', () => {
    const xml = '<?xml version="1.0" encoding="UTF-16"?><a>é</a>';
    expect(textOf(Buffer.from(xml, 'utf16le'), 'text/xml; charset=utf-16')).toBe(xml);
    expect(textOf(utf16be(xml), 'text/xml; charset=utf-8')).toBe(xml);
  });

  it('is UTF-8 where UTF-16 is declared of bytes that cannot be', () => {
    const xml = '<?xml version="1.0" encoding="utf-16"?><a>é</a>';
    expect(textOf(Buffer.from(xml))).toBe(xml);
    expect(textOf(Buffer.from('<a>é</a>'), 'text/xml; charset=utf-16')).toBe('<a>é</a>');
  });

  it('is a problem when nobody knows it', () => {
    expect(textOf(Buffer.from('<a/>'), 'text/xml; charset=klingon')).toMatch(/^problem: .*klingon/);
  });

  it('is found behind white space before the declaration', () => {
    const xml = '\n \t<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>';
    expect(textOf(latin1(xml))).toBe(xml);
  });

  it('is a problem where the same bytes can be markup to one reader and text to another', () => {
    for (const charset of ['iso-2022-jp', 'gb18030', 'shift_jis', 'x-user-defined', 'replacement']) {
      expect(textOf(Buffer.from('<a/>'), `text/xml; charset=${charset}`)).toMatch(/^problem: /);
    }
  });

  it('is one of those that keep ASCII, for every byte below 0x80', () => {
    const ascii = Buffer.from(Array.from({ length: 128 }, (_, byte) => byte)).subarray(1);
    // ISO 8859-12 was never made, and Node does not have 8859-16.
    for (const part of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15]) {
      expect(textOf(ascii, `text/xml; charset=iso-8859-${part}`)).toBe(ascii.toString('latin1'));
    }
    for (let page = 1250; page <= 1258; page += 1) {
      expect(textOf(ascii, `text/xml; charset=windows-${page}`)).toBe(ascii.toString('latin1'));
    }
  });
});

describe('bytes that the charset does not have', () => {
  it('are a problem, or replaced where the caller wants that', () => {
    expect(textOf(latin1('<a>é</a>'))).toMatch(/^problem: .*utf-8/);
    expect(decodeXml(latin1('<a>é</a>'), null, 'replace')).toEqual({ text: '<a>\uFFFD</a>' });
  });

  it('are told apart from a charset that is not read', () => {
    expect(decodeXml(latin1('<a>é</a>'), null, 'refuse')).toMatchObject({ malformed: true });
    for (const charset of ['klingon', 'shift_jis']) {
      const decoded = decodeXml(Buffer.from('<a/>'), `text/xml; charset=${charset}`, 'refuse');
      expect(decoded).toMatchObject({ malformed: false });
    }
  });
});
