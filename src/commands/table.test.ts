import { expect, it } from 'vitest';
import { formatTable, type Column } from './table.ts';
import { paintFor } from './terminal.ts';

interface Row {
  readonly name: string;
  readonly count: number;
  readonly note: string | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', value: ({ name }) => name, style: () => 'green' },
  { title: 'COUNT', value: ({ count }) => count, align: 'right' },
  { title: 'NOTE', value: ({ note }) => note },
];
const ROWS: readonly Row[] = [
  { name: 'ANUL·LADA', count: 1, note: null },
  { name: 'ERROR', count: 12_345, note: 'a note that is rather long' },
];
const plain = paintFor({ isTTY: true, columns: 80 }, { NO_COLOR: '1' });

it('aligns columns under their titles', () => {
  expect(formatTable(COLUMNS, ROWS, plain, null)).toEqual([
    'NAME       COUNT  NOTE',
    'ANUL·LADA      1  –',
    'ERROR      12345  a note that is rather long',
  ]);
});

it('cuts the last column to the width of the terminal', () => {
  expect(formatTable(COLUMNS, ROWS, plain, 30).at(-1)).toBe('ERROR      12345  a note that…');
});

it('aligns by what is seen where colours are shown', () => {
  const coloured = paintFor({ isTTY: true, columns: 80 }, {});
  expect(formatTable(COLUMNS, ROWS, coloured, null)[2]).toBe(
    '\u001B[32mERROR\u001B[39m      12345  a note that is rather long',
  );
});

it('cannot be made to steer the terminal', () => {
  const row = { name: 'a\u001B[2J\r\nb', count: 1, note: null };
  expect(formatTable(COLUMNS, [row], plain, null)[1]).toBe('a [2J b      1  –');
});
