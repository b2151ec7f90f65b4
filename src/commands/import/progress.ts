import { paintFor, visibleLength, widthOf } from '../terminal.ts';

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

/** How often the bar is drawn again, in milliseconds. */
const REDRAW_MS = 100;
/** How often a line is printed where there is no terminal, in milliseconds. */
const LINE_EVERY_MS = 5_000;
const MAX_BAR_WIDTH = 30;
const MIN_BAR_WIDTH = 5;

const CLEAR_LINE = '\r\u001B[K';

/** Shows how an import goes on: a bar that is drawn again and again in a terminal, else a line now and then. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  /** Bytes of the input; null where they are not known. */
  readonly #total: number | null;
  readonly #startedAt = performance.now();
  #shownAt = performance.now();
  #bar = '';

  constructor(stream: NodeJS.WriteStream, total: number | null) {
    this.#stream = stream;
    this.#total = total;
  }

  update(state: ImportState): void {
    const now = performance.now();
    const everyMs = this.#stream.isTTY ? REDRAW_MS : LINE_EVERY_MS;
    if (now - this.#shownAt < everyMs && !(this.#stream.isTTY && this.#bar === '')) return;
    this.#shownAt = now;
    const facts = describeProgress(state, this.#total, now - this.#startedAt);
    const width = widthOf(this.#stream);
    if (width === null) {
      this.#stream.write(`${facts}\n`);
      return;
    }
    this.#bar = this.#draw(state.bytes, facts, width);
    this.#stream.write(CLEAR_LINE + this.#bar);
  }

  /** Prints a line of its own; the bar stays below it. */
  note(text: string): void {
    this.#stream.write(this.#bar === '' ? `${text}\n` : `${CLEAR_LINE}${text}\n${this.#bar}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#bar !== '') this.#stream.write(CLEAR_LINE);
    this.#bar = '';
  }

  #draw(bytes: number, facts: string, width: number): string {
    const room = Math.min(MAX_BAR_WIDTH, width - visibleLength(facts) - 2);
    // A line that wraps could not be drawn over.
    const shown = facts.slice(0, width - 1);
    if (this.#total === null || this.#total === 0 || room < MIN_BAR_WIDTH) return shown;
    const done = Math.min(room, Math.floor((bytes / this.#total) * room));
    const paint = paintFor(this.#stream);
    return `${paint('green', '█'.repeat(done))}${paint('dim', '░'.repeat(room - done))} ${shown}`;
  }
}

/** How far an import is, in words. */
function describeProgress(state: ImportState, total: number | null, elapsedMs: number): string {
  const perSecond = elapsedMs === 0 ? 0 : Math.round((state.lines / elapsedMs) * 1_000);
  return [
    ...(total === null || total === 0 ? [] : [`${Math.floor((state.bytes / total) * 100)} %`]),
    `${count(state.lines)} lines`,
    `${count(state.accepted)} accepted`,
    `${count(state.duplicates)} duplicates`,
    `${count(state.rejected)} rejected`,
    `${count(perSecond)}/s`,
    ...etaOf(state.bytes, total, elapsedMs),
  ].join('  ');
}

function etaOf(bytes: number, total: number | null, elapsedMs: number): string[] {
  if (total === null || bytes === 0 || bytes >= total) return [];
  const seconds = Math.ceil(((total - bytes) * elapsedMs) / bytes / 1_000);
  const minutes = Math.floor(seconds / 60);
  return [`ETA ${minutes}:${String(seconds % 60).padStart(2, '0')}`];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
