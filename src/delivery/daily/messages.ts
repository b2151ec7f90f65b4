/**
 * The most notifications that one message tells. A receiver has to store them all before its time is over, 30 s by
 * default, and an attempt that fails repeats them all.
 */
export const MAX_NOTIFICATIONS = 500;

/**
 * The most bytes of one message's Report (UTF-8). The least limit in common use before a web service is 1 MiB
 * (nginx' `client_max_body_size`); the rest is room for the envelope and its signature.
 */
export const MAX_BYTES = 900_000;

/** A notification's part in a report. */
export interface Entry {
  /** Its item, as it is sent. */
  readonly xml: string;
  /** The changes (rows) of it that the report takes. */
  readonly changes: readonly string[];
}

/** What one message has. */
export interface Message {
  readonly items: string;
  readonly notifications: number;
  readonly changes: readonly string[];
}

/**
 * Divides a report into messages: a new one begins where the next item would not fit. An item that is too large by
 * itself goes alone.
 */
export class Messages {
  readonly #frameBytes: number;
  #entries: Entry[] = [];
  #bytes: number;

  /** @param frameBytes what the report has around its items */
  constructor(frameBytes: number) {
    this.#frameBytes = frameBytes;
    this.#bytes = frameBytes;
  }

  /** Adds an item; answers the message before it, where that is full. */
  add(entry: Entry): Message | null {
    const bytes = Buffer.byteLength(entry.xml);
    const isFull = this.#entries.length === MAX_NOTIFICATIONS || this.#bytes + bytes > MAX_BYTES;
    const message = isFull ? this.end() : null;
    this.#entries.push(entry);
    this.#bytes += bytes;
    return message;
  }

  /** Ends the message under way; null where nothing was added to it. */
  end(): Message | null {
    const entries = this.#entries;
    if (entries.length === 0) return null;
    this.#entries = [];
    this.#bytes = this.#frameBytes;
    return {
      items: entries.map(({ xml }) => xml).join(''),
      notifications: entries.length,
      changes: entries.flatMap(({ changes }) => changes),
    };
  }
}
