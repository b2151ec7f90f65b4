import type { Socket } from 'node:net';

const EMPTY = Buffer.alloc(0);
/** What an interim 100 may be long; a longer one is passed on, and fails as what it is. */
const MAX_CONTINUE_BYTES = 8_192;
/** Where the search for a status line's end is given up. */
const MAX_STATUS_LINE_BYTES = 1_024;
const CONTINUE_STARTS = ['HTTP/1.1 100', 'HTTP/1.0 100'];

/**
 * Watches the first bytes of each answer on one connection, between the socket and undici.
 *
 * An unasked `100 Continue` is allowed before any answer (RFC 9110, 15.2), and undici takes it for a broken
 * server and drops the connection: it is cut out here. The head also tells whether a status line was read,
 * which undici does not say of an answer that breaks within its headers.
 */
export class AnswerHead {
  /** Whether the end of the status line is still to come. */
  #open = false;
  /** Bytes that may be an interim 100, kept back until that is known. */
  #held: Buffer = EMPTY;
  #head: Buffer = EMPTY;
  #onBegin: (() => void) | null = null;

  /** Puts the watch between a socket and its reader: undici takes bytes by `read()` alone. */
  attach(socket: Socket): void {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      for (;;) {
        const chunk: unknown = read(size);
        if (!this.#open || !Buffer.isBuffer(chunk)) return chunk;
        const passed = this.#pass(chunk);
        if (passed !== null) return passed;
      }
    };
  }

  /**
   * A request is about to be written: the next bytes begin an answer.
   *
   * @param onBegin told when its first byte has come; null: nobody is
   */
  expect(onBegin: (() => void) | null): void {
    this.#open = true;
    this.#onBegin = onBegin;
    this.#held = EMPTY;
    this.#head = EMPTY;
  }

  /** The status of the answer once its status line was read whole; null before. */
  get status(): number | null {
    const line = /^HTTP\/\d\.\d (\d{3})(?: [^\n]*)?\r?\n/.exec(
      this.#head.subarray(0, MAX_STATUS_LINE_BYTES).toString('latin1'),
    );
    return line === null ? null : Number(line[1]);
  }

  /** The bytes to pass on; null while all that came is kept back or was an interim 100. */
  #pass(chunk: Buffer): Buffer | null {
    if (this.#head.length > 0) {
      this.#follow(Buffer.concat([this.#head, chunk]));
      return chunk;
    }
    let bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = EMPTY;
    while (mayBeContinue(bytes)) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        if (bytes.length > MAX_CONTINUE_BYTES) break;
        this.#held = bytes;
        return null;
      }
      bytes = bytes.subarray(end + 4);
    }
    this.#onBegin?.();
    this.#follow(bytes);
    return bytes;
  }

  #follow(head: Buffer): void {
    this.#head = head;
    this.#open = head.length <= MAX_STATUS_LINE_BYTES && !head.includes(0x0a);
  }
}

/** Whether bytes are, or may become, the start of an interim 100; also while there are none. */
function mayBeContinue(bytes: Buffer): boolean {
  // Almost every answer is decided by its first status digits: no text is made of it.
  if (bytes.length > 11 && (bytes[9] !== 0x31 || bytes[10] !== 0x30 || bytes[11] !== 0x30)) return false;
  const start = bytes.subarray(0, 12).toString('latin1');
  return CONTINUE_STARTS.some((text) => text.startsWith(start));
}
