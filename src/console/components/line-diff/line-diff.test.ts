import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff, shortened, type DiffLine } from './line-diff.ts';

const shown = (lines: readonly DiffLine[]): string =>
  lines.map(({ kind, text }) => ({ same: ' ', gone: '-', new: '+' })[kind] + text).join('');

describe('the difference between two texts', () => {
  it.each([
    ['abc', 'abc', ' a b c'],
    ['abc', 'axc', ' a-b+x c'],
    ['ab', 'axb', ' a+x b'],
    ['axb', 'ab', ' a-x b'],
    ['', 'a', '+a'],
    ['abcd', 'bdce', '-a b-c d+c+e'],
    ['aa', 'a', ' a-a'],
  ])('of %s and %s is %s', (before, after, expected) => {
    expect(shown(lineDiff(before.split(''), after.split('')))).toBe(expected);
  });

  it('has both texts in it, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const without = (kind: DiffLine['kind']): string[] =>
          lines.filter((line) => line.kind !== kind).map((line) => line.text);
        expect(without('new')).toEqual(before);
        expect(without('gone')).toEqual(after);
      }),
    );
  });

  it('does not stand still over long texts that have nothing in common', () => {
    const lines = (word: string): string[] => Array.from({ length: 5_000 }, (_, n) => `${word} ${n}`);
    expect(lineDiff(lines('a'), lines('b'))).toHaveLength(10_000);
  });

  it('leaves out what is the same and far from what is not', () => {
    const lines = lineDiff('abcdefgh'.split(''), 'abcdXfgh'.split(''));
    expect(shortened(lines, 1)).toEqual([
      { kind: 'skipped', count: 3 },
      { kind: 'same', text: 'd' },
      { kind: 'gone', text: 'e' },
      { kind: 'new', text: 'X' },
      { kind: 'same', text: 'f' },
      { kind: 'skipped', count: 2 },
    ]);
  });
});
