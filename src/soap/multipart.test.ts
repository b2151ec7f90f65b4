import { describe, expect, it } from 'vitest';
import { isMultipart, rootPart } from './multipart.ts';

const TYPE = 'multipart/related; type="application/xop+xml"; start="<root@a>"; boundary="b c"';
const part = (id: string, content: string, ...headers: string[]): string =>
  ['--b c', `Content-ID: <${id}>`, ...headers, '', content].join('\r\n');
const END = '--b c--';

function contentOf(parts: readonly string[], type = TYPE): string {
  const root = rootPart(Buffer.from(parts.join('\r\n')), type);
  return 'problem' in root ? `problem: ${root.problem}` : root.body.toString();
}

describe('a multipart package', () => {
  it('is known by its media type', () => {
    expect(isMultipart(TYPE)).toBe(true);
    expect(isMultipart('Multipart/Related')).toBe(true);
    expect(isMultipart('text/xml; x="multipart/related"')).toBe(false);
    expect(isMultipart(null)).toBe(false);
  });

  it('has the part that it names as its root, wherever that lies', () => {
    expect(contentOf([part('x@a', 'no'), part('root@a', '<a/>'), END])).toBe('<a/>');
  });

  it('has its first part as its root where it names none', () => {
    const type = 'multipart/related; boundary="b c"';
    expect(contentOf(['', part('x@a', '<a/>'), part('y@a', 'no'), END], type)).toBe('<a/>');
  });

  it('gives the root its own content type, folded or not', () => {
    const root = part('root@a', '<a/>', 'content-type: application/xop+xml;', '\tcharset=iso-8859-1');
    expect(rootPart(Buffer.from([root, END].join('\r\n')), TYPE)).toEqual({
      body: Buffer.from('<a/>'),
      contentType: 'application/xop+xml; charset=iso-8859-1',
    });
  });

  it('may have a root without headers', () => {
    const type = 'multipart/related; boundary="b c"';
    expect(contentOf(['--b c', '', '<a/>', END], type)).toBe('<a/>');
  });

  it.each([
    ['no boundary', [part('root@a', '<a/>'), END], 'multipart/related', 'names no boundary'],
    ['no such root', [part('x@a', '<a/>'), END], TYPE, 'no root part'],
    ['no end', [part('root@a', '<a/>')], TYPE, 'no root part'],
    ['no parts', ['<a/>'], TYPE, 'no root part'],
    ['no end of headers', ['--b c', 'Content-ID: <root@a>', END], TYPE, 'no end to its headers'],
    [
      'too many parts before it',
      [...Array.from({ length: 20 }, () => part('x@a', '')), part('root@a', '<a/>'), END],
      TYPE,
      'no root part',
    ],
    [
      'a root in Base64',
      [part('root@a', 'PGEvPg==', 'Content-Transfer-Encoding: base64'), END],
      TYPE,
      'encoded for mail',
    ],
  ])('with %s is a problem', (_, parts, type, problem) => {
    expect(contentOf(parts, type)).toContain(problem);
  });
});
