import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Block, Inlines } from './document-model.ts';
import { readDocument } from './documents.ts';

const read = async (name: string) =>
  readDocument(await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8'));

/** What of a document is the same in every language: how it is made, and what is to be copied or followed. */
function frameOf(blocks: readonly Block[]): unknown[] {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        return { kind: `heading ${block.depth}`, ...fixedOf(block.content) };
      case 'paragraph':
        return { kind: block.kind, ...fixedOf(block.content) };
      case 'list':
        return { kind: block.kind, isOrdered: block.isOrdered, items: block.items.map(frameOf) };
      case 'table':
        return { kind: block.kind, rows: block.rows.map((row) => row.map(fixedOf)) };
      case 'code':
        return block;
      default:
        return block satisfies never;
    }
  });
}

/** Codes, targets of links and figures, in whatever order the language has them. */
interface Fixed {
  readonly codes: string[];
  readonly targets: string[];
  readonly figures: string[];
  strong: number;
}

function fixedOf(content: Inlines): Fixed {
  const found: Fixed = { codes: [], targets: [], figures: [], strong: 0 };
  for (const part of content) {
    if (typeof part === 'string') found.figures.push(...(part.match(/\d+/g) ?? []));
    else if (part.kind === 'code') found.codes.push(part.text);
    else {
      const within = fixedOf(part.content);
      found.codes.push(...within.codes);
      found.figures.push(...within.figures);
      found.targets.push(...within.targets);
      if (part.kind === 'link') found.targets.push(part.target);
      if (part.kind === 'strong') found.strong += 1;
    }
  }
  for (const each of [found.codes, found.targets, found.figures]) each.sort();
  return found;
}

describe('the guide of integrators', () => {
  it.each(['ca', 'es'])(
    'has in %s the headings, commands, links and figures that it has in English',
    async (language) => {
      expect(frameOf(await read(`integrators.${language}.md`))).toEqual(
        frameOf(await read('integrators.md')),
      );
    },
  );
});
