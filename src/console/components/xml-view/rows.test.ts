import { describe, expect, it } from 'vitest';
import { comparableLines, xmlRows } from './rows.ts';

describe('XML in rows', () => {
  it('has a row for each tag, and one for an element that has nothing but a text', () => {
    expect(comparableLines('<a xmlns="urn:x"><b>1 &amp; 2</b><c/><d></d></a>')).toEqual([
      '<a xmlns="urn:x">',
      '  <b>1 &amp; 2</b>',
      '  <c/>',
      '  <d></d>',
      '</a>',
    ]);
  });

  it('says where what can be folded ends', () => {
    const rows = xmlRows('<?xml version="1.0"?><a><b><c>1</c></b></a>') ?? [];
    expect(rows.map(({ depth, end }) => [depth, end])).toEqual([
      [0, null],
      [0, 5],
      [1, 4],
      [2, null],
      [1, null],
      [0, null],
    ]);
  });

  it('tells names, attributes and values apart', () => {
    const [row] = xmlRows(`<s:Body Id = 'x"y'>t</s:Body>`) ?? [];
    expect(row?.parts.map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      'mark:<',
      'name:s:Body',
      'mark: ',
      'attribute:Id',
      'mark: ',
      'mark:=',
      'mark: ',
      `value:'x"y'`,
      'mark:>',
      'text:t',
      'mark:</',
      'name:s:Body',
      'mark:>',
    ]);
  });

  it('keeps comments and CDATA as they stand, and texts beside elements', () => {
    expect(comparableLines('<a>one<!-- <b> --><b/><![CDATA[<c>]]></a>')).toEqual([
      '<a>',
      '  one',
      '  <!-- <b> -->',
      '  <b/>',
      '  <![CDATA[<c>]]>',
      '</a>',
    ]);
  });

  it.each([
    ['a text', 'Bad gateway & more <'],
    ['a web page', '<!doctype html><html><br></html>'],
    ['crossed tags', '<a><b></a></b>'],
    ['an element that does not end', '<a><b>'],
    ['nothing', ''],
    ['more than anybody reads', `<a>${'<b>1</b>'.repeat(40_000)}</a>`],
  ])('does not set %s in rows', (_, text) => {
    expect(xmlRows(text)).toBeNull();
  });

  it('compares what is no XML by its lines', () => {
    expect(comparableLines('one\r\ntwo <')).toEqual(['one', 'two <']);
  });

  it('takes no time for what tries to cost it', () => {
    const startedAt = performance.now();
    for (const text of [`<a ${'x '.repeat(100_000)}`, `<a${' x="1"'.repeat(40_000)}`, '<'.repeat(100_000)]) {
      expect(xmlRows(text)).toBeNull();
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
