import { readFile } from 'node:fs/promises';
import { lexer, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import type { Block, Document, Inline, Inlines } from './document-model.ts';

const IMPORTED = /\.md\?document$/;

/** Lets a module import a Markdown document as what the console shows: `import('…/integrators.md?document')`. */
export function documents(): Plugin {
  return {
    name: 'documents',
    enforce: 'pre',
    load: {
      filter: { id: IMPORTED },
      async handler(id) {
        const text = await readFile(id.replace(/\?document$/, ''), 'utf8');
        return `export default ${JSON.stringify(readDocument(text))};`;
      },
    },
  };
}

/**
 * Reads a document of Markdown.
 *
 * @throws Error where it uses something that the console does not show: better in the build than unseen
 */
export function readDocument(markdown: string): Document {
  return blocksOf(lexer(markdown));
}

function blocksOf(tokens: readonly Token[]): Block[] {
  return tokens.flatMap((token) => blockOf(token));
}

function blockOf(token: Token): Block[] {
  if (is(token, 'space') || is(token, 'hr')) return [];
  if (isComment(token)) return [];
  if (is(token, 'heading'))
    return [{ kind: 'heading', depth: token.depth, content: inlinesOf(token.tokens) }];
  if (is(token, 'paragraph')) return [{ kind: 'paragraph', content: inlinesOf(token.tokens) }];
  if (is(token, 'text')) return [{ kind: 'paragraph', content: inlinesOf(token.tokens ?? [token]) }];
  if (is(token, 'code')) return [{ kind: 'code', text: token.text }];
  if (is(token, 'list')) {
    const items = token.items.map((item) => blocksOf(item.tokens));
    return [{ kind: 'list', isOrdered: token.ordered, items }];
  }
  if (is(token, 'table')) {
    const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => inlinesOf(cell.tokens));
    return [{ kind: 'table', head: cells(token.header), rows: token.rows.map(cells) }];
  }
  throw new Error(`a document has what the console does not show: ${token.type} ${token.raw}`);
}

function inlinesOf(tokens: readonly Token[]): Inlines {
  return tokens.filter((token) => !isComment(token)).map((token) => inlineOf(token));
}

function inlineOf(token: Token): Inline {
  if (is(token, 'codespan')) return { kind: 'code', text: token.text };
  if (is(token, 'strong')) return { kind: 'strong', content: inlinesOf(token.tokens) };
  if (is(token, 'em')) return { kind: 'em', content: inlinesOf(token.tokens) };
  if (is(token, 'link')) return { kind: 'link', target: token.href, content: inlinesOf(token.tokens) };
  if (is(token, 'text') || is(token, 'escape')) return token.text;
  if (is(token, 'br')) return ' ';
  throw new Error(`a document has what the console does not show: ${token.type} ${token.raw}`);
}

function isComment(token: Token): boolean {
  return token.type === 'html' && /^<!--[^]*-->\s*$/.test(token.raw);
}

interface Kinds {
  readonly space: Tokens.Space;
  readonly hr: Tokens.Hr;
  readonly heading: Tokens.Heading;
  readonly paragraph: Tokens.Paragraph;
  readonly text: Tokens.Text;
  readonly code: Tokens.Code;
  readonly list: Tokens.List;
  readonly table: Tokens.Table;
  readonly codespan: Tokens.Codespan;
  readonly strong: Tokens.Strong;
  readonly em: Tokens.Em;
  readonly link: Tokens.Link;
  readonly escape: Tokens.Escape;
  readonly br: Tokens.Br;
}

/** Extensions may make tokens of any name: without one, a type says which token it is. */
function is<Kind extends keyof Kinds>(token: Token, kind: Kind): token is Kinds[Kind] & Token {
  return token.type === kind;
}
