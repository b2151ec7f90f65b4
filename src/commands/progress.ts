import { paintFor, visibleLength, widthOf } from './terminal.ts';

/** How far something is, as it is shown. */
export interface Shown {
  /** The part that is done, 0 to 1; null where the whole is not known. */
  readonly share: number | null;
  /** In words, on one line. */
  readonly facts: string;
}

/** How often the bar is drawn again, in milliseconds. */
const REDRAW_MS = 100;
/** How often a line is printed where there is no terminal, in milliseconds. */
const LINE_EVERY_MS = 5_000;
const MAX_BAR_WIDTH = 30;
const MIN_BAR_WIDTH = 5;

const CLEAR_LINE = '\r\u001B[K';

/** Shows how something goes on: a bar that is drawn again and again in a terminal, else a line now and then. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  #shownAt = performance.now();
  #bar = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** @param describe called when it is time to show it, with the milliseconds since the beginning */
  update(describe: (elapsedMs: number) => Shown): void {
    const now = performance.now();
    const everyMs = this.#stream.isTTY ? REDRAW_MS : LINE_EVERY_MS;
    if (now - this.#shownAt < everyMs && !(this.#stream.isTTY && this.#bar === '')) return;
    this.#shownAt = now;
    const { share, facts } = describe(now - this.#startedAt);
    const width = widthOf(this.#stream);
    if (width === null) {
      this.#stream.write(`${facts}\n`);
      return;
    }
    this.#bar = this.#draw(share, facts, width);
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

  #draw(share: number | null, facts: string, width: number): string {
    const room = Math.min(MAX_BAR_WIDTH, width - visibleLength(facts) - 2);
    // A line that wraps could not be drawn over.
    const shown = facts.slice(0, width - 1);
    if (share === null || room < MIN_BAR_WIDTH) return shown;
    const done = Math.min(room, Math.floor(share * room));
    const paint = paintFor(this.#stream);
    return `${paint('green', '█'.repeat(done))}${paint('dim', '░'.repeat(room - done))} ${shown}`;
  }
}

/** How long the rest will take, as `ETA m:ss`, if it goes on as before; none at the beginning and at the end. */
export function etaOf(share: number | null, elapsedMs: number): string[] {
  if (share === null || share === 0 || share >= 1) return [];
  const seconds = Math.ceil(((1 - share) * elapsedMs) / share / 1_000);
  const minutes = Math.floor(seconds / 60);
  return [`ETA ${minutes}:${String(seconds % 60).padStart(2, '0')}`];
}
