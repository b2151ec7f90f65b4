import { oneLine, visibleLength, type Paint, type Style } from './terminal.ts';

/** One column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  /** The cell's text; null is shown as a dash. */
  readonly value: (row: Row) => string | number | null;
  readonly style?: (row: Row) => Style | null;
  readonly align?: 'right';
}

const GAP = '  ';

/** The least characters that the last column is cut to. */
const MIN_LAST_WIDTH = 10;

/**
 * Lays out rows in aligned columns under a line of titles.
 *
 * @param width where given, the last column is cut so that lines have at most so many characters
 */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paint: Paint,
  width: number | null,
): string[] {
  const cells = rows.map((row) => columns.map(({ value }) => oneLine(String(value(row) ?? '–'))));
  const widths = columns.map(({ title }, place) =>
    Math.max(visibleLength(title), ...cells.map((texts) => visibleLength(texts[place] ?? ''))),
  );
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + GAP.length, 0);
  const room = width === null ? Number.POSITIVE_INFINITY : Math.max(width - before, MIN_LAST_WIDTH);

  function line(texts: readonly string[], styleOf: (place: number) => Style | null): string {
    return columns
      .map(({ align }, place) => {
        const text = place === last ? cut(texts[place] ?? '', room) : (texts[place] ?? '');
        const padding = ' '.repeat(Math.max(0, (widths[place] ?? 0) - visibleLength(text)));
        const style = styleOf(place);
        const shown = style === null ? text : paint(style, text);
        if (align === 'right') return padding + shown;
        return place === last ? shown : shown + padding;
      })
      .join(GAP);
  }
  return [
    line(
      columns.map(({ title }) => title),
      () => 'dim',
    ),
    ...rows.map((row, place) => line(cells[place] ?? [], (column) => columns[column]?.style?.(row) ?? null)),
  ];
}

function cut(text: string, room: number): string {
  if (visibleLength(text) <= room) return text;
  return `${Array.from(text)
    .slice(0, room - 1)
    .join('')}…`;
}
