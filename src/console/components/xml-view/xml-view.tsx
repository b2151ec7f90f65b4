import { useMemo, useRef, useState } from 'preact/hooks';
import { useTexts } from '../../i18n/texts.ts';
import { messageTexts } from '../../texts/message.ts';
import { Button } from '../button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { xmlRows, type XmlRow } from './rows.ts';
import { deedOf, hiddenRows } from './tree.ts';

interface XmlViewProps {
  readonly text: string;
  /** What it is, for who does not see where it stands. */
  readonly what: string;
}

/** A text that is XML as a tree that folds, and any other as it is; what is copied is the text itself. */
export function XmlView({ text, what }: XmlViewProps) {
  const rows = useMemo(() => xmlRows(text), [text]);
  return rows === null ? (
    <PlainText text={text} what={what} />
  ) : (
    <Tree key={text} {...{ rows, text, what }} />
  );
}

function PlainText({ text, what }: XmlViewProps) {
  return (
    <div class="xml">
      <div class="xml-tools">
        <CopyButton value={text} what={what} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <pre class="xml-rows" tabIndex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
    </div>
  );
}

/** What is deeper is not set in further: there would be no room left for it. */
const MAX_INDENT = 12;

const NONE: ReadonlySet<number> = new Set();

function Tree({ rows, text, what }: XmlViewProps & { readonly rows: readonly XmlRow[] }) {
  const t = useTexts(messageTexts);
  const tree = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState(NONE);
  const [at, setAt] = useState(0);
  const hidden = hiddenRows(rows, folded);
  const fold = (row: number, isFolded: boolean): void => {
    const others = [...folded].filter((other) => other !== row);
    setFolded(new Set(isFolded ? [...others, row] : others));
  };
  const goTo = (row: number): void => {
    setAt(row);
    tree.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus();
  };
  const foldAll = (): void => {
    setAt(0);
    setFolded(new Set(rows.flatMap(({ end, depth }, row) => (end === null || depth === 0 ? [] : [row]))));
  };
  return (
    <div class="xml">
      <div class="xml-tools">
        <Button kind="quiet" isSmall onClick={() => (folded.size > 0 ? setFolded(NONE) : foldAll())}>
          {t(folded.size > 0 ? 'unfold' : 'fold')}
        </Button>
        <CopyButton value={text} what={what} />
      </div>
      <div
        ref={tree}
        class="xml-rows"
        role="tree"
        aria-label={what}
        onKeyDown={(event) => {
          const deed = deedOf(event.key, rows, folded, at);
          if (deed === null || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          if ('goTo' in deed) goTo(deed.goTo);
          else fold(at, deed.fold);
        }}
      >
        {rows.map((row, place) => (
          <Row
            // A text's rows do not move.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            row={row}
            place={place}
            isHidden={hidden.has(place)}
            isFolded={folded.has(place)}
            isAt={place === at}
            onFocus={() => setAt(place)}
            onPick={() => {
              goTo(place);
              if (row.end !== null) fold(place, !folded.has(place));
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: XmlRow;
  readonly place: number;
  readonly isHidden: boolean;
  readonly isFolded: boolean;
  /** Whether Tab leads here. */
  readonly isAt: boolean;
  /** The focus came, also from where the tree’s keys did not send it. */
  readonly onFocus: () => void;
  readonly onPick: () => void;
}

/** A row; what is folded is hidden by style alone, so that paper shows all of it. */
function Row({ row, place, isHidden, isFolded, isAt, onFocus, onPick }: RowProps) {
  const classes = ['xml-row', isHidden ? 'xml-hidden' : '', row.end === null ? '' : 'xml-folds'];
  const depth = Math.min(row.depth, MAX_INDENT);
  const content = (
    <code>
      {row.parts.map(({ kind, text }, part) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <span key={part} class={`xml-${kind}`}>
          {text}
        </span>
      ))}
      {isFolded && <span class="xml-rest">…</span>}
    </code>
  );
  if (row.isClosing) {
    return (
      <div class={classes.join(' ')} data-depth={depth} aria-hidden="true">
        {content}
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree has them
    <div
      class={classes.join(' ')}
      role="treeitem"
      data-row={place}
      data-depth={depth}
      aria-level={row.depth + 1}
      aria-expanded={row.end === null ? undefined : !isFolded}
      tabIndex={isAt ? 0 : -1}
      onFocus={onFocus}
      onClick={onPick}
    >
      {content}
    </div>
  );
}
