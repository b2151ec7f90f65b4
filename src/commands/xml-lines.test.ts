import { expect, it } from 'vitest';
import { xmlLines } from './xml-lines.ts';

it('lays out an element a line, texts beside their tags', () => {
  const xml = '<?xml version="1.0"?><a x="1"><b>text &amp; més</b><c></c><d/>\n<e><f> </f></e></a>';
  expect(xmlLines(xml).split('\n')).toEqual([
    '<?xml version="1.0"?>',
    '<a x="1">',
    '  <b>text &amp; més</b>',
    '  <c></c>',
    '  <d/>',
    '  <e>',
    '    <f></f>',
    '  </e>',
    '</a>',
  ]);
});

it.each(['no XML at all', '<p>one<br>two</p>', '</a>', '<a>', '<a>text<b/>more</a>', ''])(
  'leaves what it cannot lay out: %s',
  (text) => {
    expect(xmlLines(text)).toBe(text);
  },
);

it('lets nothing steer the terminal', () => {
  expect(xmlLines('<a>\u009B2J\u001B[2J</a>')).toBe('<a> 2J [2J</a>');
});
