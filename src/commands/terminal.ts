import { styleText } from 'node:util';

/** A colour, a weight, or several. */
export type Style = Parameters<typeof styleText>[0];

/** Gives a text a style where the stream shows styles, else leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** A stream that commands print to. */
type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Columns where the terminal does not say. */
const DEFAULT_COLUMNS = 100;

/** Whether the stream shows colours: a terminal that is not `dumb`, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function paintFor(stream: Output, env: Environment = process.env): Paint {
  const isForced = (env.FORCE_COLOR ?? '0') !== '0';
  const isRefused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb' || env.FORCE_COLOR === '0';
  const hasColours = isForced || (stream.isTTY && !isRefused);
  if (!hasColours) return (_style, text) => text;
  return (style, text) => (text === '' ? '' : styleText(style, text, { validateStream: false }));
}

/** How many characters fit on a line of the stream; null where lines have no end, as in a pipe. */
export function widthOf(stream: Output): number | null {
  return stream.isTTY ? stream.columns || DEFAULT_COLUMNS : null;
}

/** Prints one line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints one JSON object as one line to standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Prints one line to standard error. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The characters that a text shows: without styles, control characters as one each. */
export function visibleLength(text: string): number {
  let count = 0;
  // oxlint-disable-next-line no-control-regex -- styles begin with the control character ESC
  for (const _ of text.replaceAll(/\u001B\[[0-9;]*m/g, '')) count += 1;
  return count;
}

/**
 * A text from outside, safe to print on one line: control characters, which could move the cursor or change the
 * terminal, become spaces.
 */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim();
}

/** A text from outside, safe to print as the lines that it has: as `oneLine`, but line feeds and tabs stay. */
export function asLines(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/g, ' ');
}

/** Whether a stream's error says that nobody reads it any more, as in `… | head`. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Ends the process once all that was printed is out, whatever is still open. */
export function exitWith(code: number): void {
  process.stdout.write('', () => {
    process.exit(code);
  });
}
