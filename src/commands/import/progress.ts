import { etaOf, type Shown } from '../progress.ts';

/** How far an import is: what the service has answered, not what was merely read. */
export interface ImportState {
  /** The last line that is done; blank lines count. */
  readonly line: number;
  readonly lines: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly bytes: number;
}

/**
 * How far an import is, in words.
 *
 * @param total bytes of the input; null where they are not known
 * @param elapsedMs since its beginning
 */
export function describeImport(state: ImportState, total: number | null, elapsedMs: number): Shown {
  const perSecond = elapsedMs === 0 ? 0 : Math.round((state.lines / elapsedMs) * 1_000);
  const share = total === null || total === 0 ? null : state.bytes / total;
  const facts = [
    ...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
    `${count(state.lines)} lines`,
    `${count(state.accepted)} accepted`,
    `${count(state.duplicates)} duplicates`,
    `${count(state.rejected)} rejected`,
    `${count(perSecond)}/s`,
    ...etaOf(share, elapsedMs),
  ].join('  ');
  return { share, facts };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
