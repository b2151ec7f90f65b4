import type { XmlRow } from './rows.ts';

/** The rows that are within a folded one. */
export function hiddenRows(rows: readonly XmlRow[], folded: ReadonlySet<number>): ReadonlySet<number> {
  const hidden = new Set<number>();
  for (const place of folded) {
    for (let row = place + 1; row <= (rows[place]?.end ?? place); row += 1) hidden.add(row);
  }
  return hidden;
}

/** What a key does in a tree (WAI-ARIA 1.2, tree): goes to a row, or folds or unfolds the one that it is at. */
export type TreeDeed = { readonly goTo: number } | { readonly fold: boolean } | null;

/** What a key does, given the row that has the focus. */
export function deedOf(
  key: string,
  rows: readonly XmlRow[],
  folded: ReadonlySet<number>,
  at: number,
): TreeDeed {
  const hidden = hiddenRows(rows, folded);
  const stops = rows.flatMap(({ isClosing }, row) => (isClosing || hidden.has(row) ? [] : [row]));
  const place = stops.indexOf(at);
  const goTo = (row: number | undefined): TreeDeed => (row === undefined ? null : { goTo: row });
  const canFold = (rows[at]?.end ?? null) !== null;
  switch (key) {
    case 'ArrowDown':
      return goTo(stops[place + 1]);
    case 'ArrowUp':
      return goTo(stops[place - 1]);
    case 'Home':
      return goTo(stops[0]);
    case 'End':
      return goTo(stops.at(-1));
    case 'ArrowRight':
      if (!canFold) return null;
      return folded.has(at) ? { fold: false } : goTo(stops[place + 1]);
    case 'ArrowLeft':
      if (canFold && !folded.has(at)) return { fold: true };
      return goTo(stops.findLast((row) => row < at && (rows[row]?.depth ?? 0) < (rows[at]?.depth ?? 0)));
    case 'Enter':
    case ' ':
      return canFold ? { fold: !folded.has(at) } : null;
    default:
      return null;
  }
}
