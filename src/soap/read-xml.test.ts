import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_XML_LIMITS, readXml, type XmlElement } from './read-xml.ts';

function rootOf(xml: string): XmlElement {
  const read = readXml(Buffer.from(xml), null);
  if ('problem' in read) throw new Error(read.problem);
  return read.root;
}

function problemOf(xml: string, limits = DEFAULT_XML_LIMITS): string | null {
  const read = readXml(Buffer.from(xml), null, limits);
  return 'problem' in read ? read.problem : null;
}

describe('an XML document', () => {
  it('becomes a tree with its namespaces resolved', () => {
    const root = rootOf('<p:a xmlns:p="urn:p" xmlns="urn:d" n="1" p:m="2"><b>x</b><c xmlns=""/></p:a>');
    expect(root).toMatchObject({ namespace: 'urn:p', name: 'a' });
    expect([...root.attributes]).toEqual([
      ['n', '1'],
      ['{urn:p}m', '2'],
    ]);
    expect(root.children).toMatchObject([
      { namespace: 'urn:d', name: 'b', text: 'x' },
      { namespace: '', name: 'c', text: '' },
    ]);
  });

  it('joins text, CDATA and character references around comments and instructions', () => {
    expect(rootOf('<a>x<!-- y --><![CDATA[<&]]>&amp;&#233;&#x1D49C;<?pi?>z</a>').text).toBe('x<&&é𝒜z');
  });

  it('has line ends and references as XML 1.0 says', () => {
    expect(rootOf('<a>1\r\n2\r3&#13;</a>').text).toBe('1\n2\n3\r');
  });

  it.each([
    ['nothing', ''],
    ['spaces alone', '  \n'],
    ['an element left open', '<a>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['an unbound prefix', '<p:a/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['a bare ampersand', '<a>x & y</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an entity with the name of a property', '<a>&constructor;</a>'],
    ['a reference to a character that XML does not have', '<a>&#0;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a declaration after a comment', '<!-- --><?xml version="1.0"?><a/>'],
    ['JSON', '{"ok":true}'],
  ])('that is %s is a problem', (_, xml) => {
    expect(problemOf(xml)).not.toBeNull();
  });

  it.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a SYSTEM "http://inventat.example/a.dtd"><a/>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
  ])('with a DTD is a problem: %s', (xml) => {
    expect(problemOf(xml)).toContain('document type declaration');
  });

  it('may be as deep and as large as the limits say, and no more', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const limits = { ...DEFAULT_XML_LIMITS, maxDepth: 5, maxNodes: 5 };
    expect(problemOf(nested(5), limits)).toBeNull();
    expect(problemOf(nested(6), limits)).toContain('more than 5 levels');
    expect(problemOf('<a><b/><b/><b/><b/></a>', limits)).toBeNull();
    expect(problemOf('<a><b/><b/><b/><b/><b/></a>', limits)).toContain('more than 5 elements');
    expect(problemOf('<a b="" c="" d="" e="" f=""/>', limits)).toContain('more than 5 elements');
  });

  it('may have as many attributes, as long names and texts as the limits say, and no more', () => {
    const limits = { ...DEFAULT_XML_LIMITS, maxAttributes: 2, maxNameLength: 5, maxTextLength: 5 };
    expect(problemOf('<abcde abcde="12345" b="">123<i/>45</abcde>', limits)).toBeNull();
    expect(problemOf('<a b="" c="" d=""/>', limits)).toContain('more than 2 attributes');
    expect(problemOf('<a b="" c=""><a b="" c=""/></a>', limits)).toBeNull();
    expect(problemOf('<abcdef/>', limits)).toContain('a name of more than 5');
    expect(problemOf('<a abcdef=""/>', limits)).toContain('a name of more than 5');
    expect(problemOf('<a b="123456"/>', limits)).toContain('a text of more than 5');
    expect(problemOf('<a>123<i/>456</a>', limits)).toContain('a text of more than 5');
  });

  it('may have as much markup as the limits say, whatever its kind', () => {
    const limits = { ...DEFAULT_XML_LIMITS, maxMarkup: 4 };
    expect(problemOf('<a>&lt;<!-- --></a>', limits)).toBeNull();
    for (const more of ['&lt;', '<!-- -->', '<?b?>', '<![CDATA[]]>', '<b/>']) {
      expect(problemOf(`<a>${more.repeat(3)}</a>`, limits)).toContain('more than 4 tags');
    }
  });

  it('says whether its bytes alone are the problem', () => {
    expect(readXml(Buffer.from('<a>é</a>', 'latin1'), null)).toMatchObject({ malformedBytes: true });
    expect(readXml(Buffer.from('<a>'), null)).toMatchObject({ malformedBytes: false });
  });

  it('is read by the rules of XML 1.0, whatever version it calls itself', () => {
    expect(rootOf('<?xml version="1.1"?><a>x\u0085y</a>').text).toBe('x\u0085y');
    expect(problemOf('<?xml version="1.1"?><a>&#1;</a>')).not.toBeNull();
  });

  it('may have white space and byte order marks before it', () => {
    expect(rootOf('\uFEFF \r\n\uFEFF\t<?xml version="1.0"?><a>x</a>').text).toBe('x');
    expect(problemOf('x<a/>')).not.toBeNull();
  });

  it('keeps attributes apart that are named like members of an object', () => {
    const root = rootOf('<a __proto__="1" constructor="2" xmlns:__proto__="urn:p"><__proto__:b/></a>');
    expect(root.attributes.get('__proto__')).toBe('1');
    expect(root.children).toMatchObject([{ namespace: 'urn:p', name: 'b' }]);
  });

  it('never throws, whatever its bytes', () => {
    const contentType = fc.option(
      fc.oneof(fc.string(), fc.constantFrom('text/xml; charset=utf-16', 'text/xml; charset=iso-2022-jp')),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), contentType, (bytes, type) => {
        readXml(Buffer.from(bytes), type);
      }),
      { numRuns: 1_000 },
    );
  });
});
