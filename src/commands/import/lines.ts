/** One line of the input that is not blank. */
export interface InputLine {
  /** Counted from 1, blank lines included: what an editor shows. */
  readonly number: number;
  /** Its bytes, without the line feed; those at the beginning alone where it is too long. */
  readonly bytes: Buffer;
  /** Whether it has more bytes than one request may have. */
  readonly tooLong: boolean;
  /** Where the input goes on after it, in bytes. */
  readonly end: number;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Bytes that are kept of a line that is too long. */
const KEPT_OF_TOO_LONG = 1_000;

/**
 * Reads newline-delimited text as it comes, never more than one line of it in memory. Blank lines are counted
 * and left out.
 *
 * @param maxBytes of one line
 */
export async function* readLines(
  input: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<InputLine, void, void> {
  let number = 0;
  let end = 0;
  /** The parts of the line that has begun. */
  let parts: Buffer[] = [];
  let length = 0;

  function add(part: Buffer): void {
    length += part.length;
    if (length <= maxBytes) parts.push(part);
    else parts = [Buffer.from(Buffer.concat([...parts, part]).subarray(0, KEPT_OF_TOO_LONG))];
  }

  function take(): InputLine | null {
    number += 1;
    const whole = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
    const bytes = number === 1 ? withoutByteOrderMark(whole) : whole;
    const tooLong = length > maxBytes;
    parts = [];
    length = 0;
    return !tooLong && isBlank(bytes) ? null : { number, bytes, tooLong, end };
  }

  for await (const chunk of input) {
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, feed));
      end += feed + 1 - start;
      start = feed + 1;
      const line = take();
      if (line !== null) yield line;
    }
    add(chunk.subarray(start));
    end += chunk.length - start;
  }
  if (length > 0) {
    const line = take();
    if (line !== null) yield line;
  }
}

function withoutByteOrderMark(bytes: Buffer): Buffer {
  const mark = BYTE_ORDER_MARK.length;
  return bytes.subarray(0, mark).equals(BYTE_ORDER_MARK) ? bytes.subarray(mark) : bytes;
}

/** Whether a line has nothing but the white space of JSON (RFC 8259, 2). */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
