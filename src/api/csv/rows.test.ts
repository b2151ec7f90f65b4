import { expect, it } from 'vitest';
import { csvLine } from './rows.ts';

it.each([
  [['a', 1, true, null], 'a,1,true,'],
  [['a,b', 'say "hi"', 'two\r\nlines'], '"a,b","say ""hi""","two\r\nlines"'],
  [['Núria · l’u'], 'Núria · l’u'],
])('%j is a line', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

it.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '＝1', '\n@x'])('%j is no formula', (text) => {
  expect(csvLine([text]).replace(/^"/, '').startsWith("'")).toBe(true);
});

it.each(['a=1', '2026-11-24', 'EXP-2026/0001', "'=1"])('%j is left as it is', (text) => {
  expect(csvLine([text])).toBe(`${text}\r\n`);
});

it('numbers of our own are numbers', () => {
  expect(csvLine([-1])).toBe('-1\r\n');
});
