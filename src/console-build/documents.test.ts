import { describe, expect, it } from 'vitest';
import { readDocument } from './documents.ts';

describe('a document', () => {
  it('is read into what the console shows', () => {
    const text =
      '# A *b*\n\nSee [`c`](d.md), **e**.\n\n1. f\n2. g\n\n| h |\n|---|\n| `<i>` |\n\n```\nj & k\n```\n';
    expect(readDocument(text)).toEqual([
      { kind: 'heading', depth: 1, content: ['A ', { kind: 'em', content: ['b'] }] },
      {
        kind: 'paragraph',
        content: [
          'See ',
          { kind: 'link', target: 'd.md', content: [{ kind: 'code', text: 'c' }] },
          ', ',
          { kind: 'strong', content: ['e'] },
          '.',
        ],
      },
      {
        kind: 'list',
        isOrdered: true,
        items: [[{ kind: 'paragraph', content: ['f'] }], [{ kind: 'paragraph', content: ['g'] }]],
      },
      { kind: 'table', head: [['h']], rows: [[[{ kind: 'code', text: '<i>' }]]] },
      { kind: 'code', text: 'j & k' },
    ]);
  });

  it('has its quotes and signs as they are written, not as HTML has them', () => {
    expect(readDocument(`a & b's "c" <!-- d -->`)).toEqual([
      { kind: 'paragraph', content: [`a & b's "c" `] },
    ]);
  });

  it('is refused where it has what would not be shown', () => {
    expect(() => readDocument('> a quotation')).toThrow('blockquote');
    expect(() => readDocument('![a](b.png)')).toThrow('image');
  });
});
