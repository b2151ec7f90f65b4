/** A line of a comparison. */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Above so many pairs of lines what lies between common ends is not compared line by line: the page must not stand. */
const MAX_PAIRS = 1_000_000;

/**
 * The lines of two texts beside each other, with the fewest that are gone or new (a longest common subsequence). What
 * both begin and end with is taken away first, which is nearly all of two attempts.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  return [
    ...before.slice(0, start).map(same),
    ...middleDiff(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middleDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const gone = (text: string): DiffLine => ({ kind: 'gone', text });
  const fresh = (text: string): DiffLine => ({ kind: 'new', text });
  if (before.length * after.length > MAX_PAIRS) return [...before.map(gone), ...after.map(fresh)];
  // How many lines the rests have in common, by where they begin.
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const [old = '', text = ''] = [before[i], after[j]];
    if (old === text) {
      lines.push({ kind: 'same', text });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      lines.push(gone(old));
      i += 1;
    } else {
      lines.push(fresh(text));
      j += 1;
    }
  }
  return [...lines, ...before.slice(i).map(gone), ...after.slice(j).map(fresh)];
}

/** Lines that changed with some around them, or how many in between are the same. */
type DiffPart = DiffLine | { readonly kind: 'skipped'; readonly count: number };

/** Leaves out what is the same, but for `around` lines beside what is not; a lone one is not worth leaving out. */
export function shortened(lines: readonly DiffLine[], around = 2): DiffPart[] {
  const isNear = lines.map((_, place) =>
    lines.slice(Math.max(0, place - around), place + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const parts: DiffPart[] = [];
  let skipped: DiffLine[] = [];
  const close = (): void => {
    if (skipped.length === 1) parts.push(...skipped);
    else if (skipped.length > 1) parts.push({ kind: 'skipped', count: skipped.length });
    skipped = [];
  };
  for (const [place, line] of lines.entries()) {
    if (isNear[place] === true) {
      close();
      parts.push(line);
    } else skipped.push(line);
  }
  close();
  return parts;
}
