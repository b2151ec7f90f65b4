/** A small change that should make a test fail. */
export interface Mutant {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The whole source with the change. */
  readonly source: string;
}

/** What is changed into what: the mistakes that people make. */
const CHANGES: readonly (readonly [RegExp, string])[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* /g, ' / '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/\bMath\.min\b/g, 'Math.max'],
  [/\bMath\.max\b/g, 'Math.min'],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/ \?\? /g, ' && '],
];

/** What is no code that runs: comments, imports, types. */
const NO_CODE =
  /^\s*(?:\*|\/\*|\/\/|import |export type |type |readonly |\| )|=>\s*[A-Za-z]+;$|^export interface/;

/** All mutants of a source, in its order. */
export function mutantsOf(source: string): Mutant[] {
  const lines = source.split('\n');
  return lines.flatMap((text, index) => {
    if (NO_CODE.test(text)) return [];
    return CHANGES.flatMap(([pattern, to]) =>
      [...text.matchAll(pattern)].map((found) => {
        const changed = text.slice(0, found.index) + to + text.slice(found.index + found[0].length);
        return {
          line: index + 1,
          from: text.trim(),
          to: changed.trim(),
          source: lines.with(index, changed).join('\n'),
        };
      }),
    );
  });
}
