import { describe, expect, it } from 'vitest';
import { xmlRows } from './rows.ts';
import { deedOf, hiddenRows } from './tree.ts';

/** 0 a, 1 b, 2 c, 3 /b, 4 d, 5 /a. */
const ROWS = xmlRows('<a><b><c>1</c></b><d/></a>') ?? [];
const NONE: ReadonlySet<number> = new Set();

describe('the tree of XML', () => {
  it('hides what a folded row holds, and the tag that closes it', () => {
    expect([...hiddenRows(ROWS, new Set([1]))]).toEqual([2, 3]);
  });

  it.each([
    ['ArrowDown', 0, NONE, { goTo: 1 }],
    ['ArrowDown', 2, NONE, { goTo: 4 }],
    ['ArrowDown', 1, new Set([1]), { goTo: 4 }],
    ['ArrowDown', 4, NONE, null],
    ['ArrowUp', 4, NONE, { goTo: 2 }],
    ['Home', 4, NONE, { goTo: 0 }],
    ['End', 0, NONE, { goTo: 4 }],
    ['ArrowRight', 1, new Set([1]), { fold: false }],
    ['ArrowRight', 1, NONE, { goTo: 2 }],
    ['ArrowRight', 2, NONE, null],
    ['ArrowLeft', 1, NONE, { fold: true }],
    ['ArrowLeft', 2, NONE, { goTo: 1 }],
    ['ArrowLeft', 1, new Set([1]), { goTo: 0 }],
    ['Enter', 1, NONE, { fold: true }],
    [' ', 1, new Set([1]), { fold: false }],
    ['Enter', 2, NONE, null],
    ['Tab', 1, NONE, null],
  ])('at %s on row %i does what a tree does', (key, at, folded, deed) => {
    expect(deedOf(key, ROWS, folded, at)).toEqual(deed);
  });
});
