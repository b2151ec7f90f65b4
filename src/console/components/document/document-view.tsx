import type { ComponentChildren } from 'preact';
import type { Block, Document, Inline, Inlines } from '../../../console-build/document-model.ts';
import type { Language } from '../../i18n/language.ts';
import { CodeBlock } from '../code-block.tsx';
import '../../styles/document.css';

/** Shows where a link of a document leads; its words alone where it leads nowhere that its reader can go. */
export type LinkTo = (target: string, words: ComponentChildren) => ComponentChildren;

interface DocumentViewProps {
  readonly document: Document;
  readonly language: Language;
  /** What its code is, for who does not see where it stands. */
  readonly code: string;
  readonly linkTo: LinkTo;
}

/** A document, without its title: that is the page's. */
export function DocumentView({ document, language, code, linkTo }: DocumentViewProps) {
  const blocks = document.filter((block) => block.kind !== 'heading' || block.depth > 1);
  return (
    <article class="document" lang={language}>
      <Blocks blocks={blocks} code={code} linkTo={linkTo} />
    </article>
  );
}

type PartProps = Pick<DocumentViewProps, 'code' | 'linkTo'>;

function Blocks({ blocks, ...rest }: PartProps & { readonly blocks: readonly Block[] }) {
  // What a document is made of has no name but its place.
  return blocks.map((block, place) => <OneBlock key={place} block={block} {...rest} />);
}

function OneBlock({ block, code, linkTo }: PartProps & { readonly block: Block }) {
  const text = (content: Inlines) => <Text content={content} linkTo={linkTo} />;
  switch (block.kind) {
    case 'heading':
      return block.depth === 2 ? <h2>{text(block.content)}</h2> : <h3>{text(block.content)}</h3>;
    case 'paragraph':
      return <p>{text(block.content)}</p>;
    case 'code':
      return <CodeBlock what={code} text={block.text} />;
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, place) => (
            <li key={place}>
              <Blocks blocks={item} code={code} linkTo={linkTo} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <TableBlock block={block} text={text} />;
    default:
      return block satisfies never;
  }
}

interface TableBlockProps {
  readonly block: Extract<Block, { kind: 'table' }>;
  readonly text: (content: Inlines) => ComponentChildren;
}

/** A table; on narrow screens each row is a card whose cells say their column. */
function TableBlock({ block: { head, rows }, text }: TableBlockProps) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            {head.map((cell, place) => (
              <th key={place} scope="col">
                {text(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column}>
                  <span class="cell-label" aria-hidden="true">
                    {text(head[column] ?? [])}
                  </span>
                  <span class="cell-value">{text(cell)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Text({ content, linkTo }: { readonly content: Inlines; readonly linkTo: LinkTo }) {
  return content.map((part, place) => <Part key={place} part={part} linkTo={linkTo} />);
}

function Part({ part, linkTo }: { readonly part: Inline; readonly linkTo: LinkTo }) {
  if (typeof part === 'string') return part;
  if (part.kind === 'code') return <code>{part.text}</code>;
  const words = <Text content={part.content} linkTo={linkTo} />;
  if (part.kind === 'link') return linkTo(part.target, words);
  return part.kind === 'strong' ? <strong>{words}</strong> : <em>{words}</em>;
}
