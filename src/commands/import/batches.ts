import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { InputLine } from './lines.ts';

/** A line as it is sent. */
export interface OutgoingLine {
  readonly number: number;
  /** JSON on one line, as given. */
  readonly text: Buffer;
}

/** Lines that go in one request, in the order of the input. */
export interface Batch {
  readonly lines: readonly OutgoingLine[];
  /** Lines that cannot go in any request. */
  readonly tooLong: readonly OutgoingLine[];
  /** The number of its last line. */
  readonly lastLine: number;
  /** Where the input goes on after that, in bytes. */
  readonly end: number;
}

/** How large a batch may be. */
export interface BatchLimits {
  readonly maxLines: number;
  /** Of the request's body. */
  readonly maxBytes: number;
}

/** Groups lines into batches, as large as they may be. */
export async function* batchLines(
  lines: AsyncIterable<InputLine>,
  { maxLines, maxBytes }: BatchLimits,
): AsyncGenerator<Batch, void, void> {
  let open: OutgoingLine[] = [];
  let tooLong: OutgoingLine[] = [];
  let bytes = 0;
  let last = { number: 0, end: 0 };
  for await (const line of lines) {
    const outgoing = { number: line.number, text: line.tooLong ? line.bytes : unwrap(line.bytes) };
    const size = outgoing.text.length + 1;
    if (open.length > 0 && (open.length === maxLines || bytes + size > maxBytes)) {
      yield { lines: open, tooLong, lastLine: last.number, end: last.end };
      open = [];
      tooLong = [];
      bytes = 0;
    }
    if (line.tooLong) {
      tooLong.push(outgoing);
    } else {
      open.push(outgoing);
      bytes += size;
    }
    last = line;
  }
  if (open.length > 0 || tooLong.length > 0)
    yield { lines: open, tooLong, lastLine: last.number, end: last.end };
}

/** What the file of rejected lines holds: the change as it was, an object, or a text where it was no JSON. */
const Rejected = Type.Object({
  line: Type.Integer(),
  code: Type.String(),
  change: Type.Union([Type.String(), Type.Object({})]),
});

/** The change inside a line of a file of rejected lines, which can be imported itself; else the line as it is. */
function unwrap(line: Buffer): Buffer {
  // A state change has no such member: most lines are not parsed here.
  if (!line.includes('"change"')) return line;
  const value = parse(line.toString('utf8'));
  if (!Value.Check(Rejected, value)) return line;
  const { change } = value;
  const text = typeof change === 'string' ? change : JSON.stringify(change);
  // A text with line feeds would become several lines.
  return Buffer.from(text.replaceAll('\n', ' '));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
