import { isUtf8 } from 'node:buffer';
import type { SubmittedChange } from '../../delivery/ports.ts';
import { ProblemError } from '../../domain/errors.ts';
import { parseStateChange, type ChangeFault } from './parse.ts';

/** The most state changes of one request. */
const MAX_LINES = 1_000;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

interface LineFault extends ChangeFault {
  readonly line: number;
}

/**
 * Reads newline-delimited JSON, each line a state change. Blank lines are skipped but counted: `line` is what
 * an editor shows.
 *
 * @param now milliseconds since the epoch
 * @throws ProblemError `no-lines`, `too-many-lines`, or one with `lines` that names each bad line
 */
export function parseLines(body: Buffer, now: number): SubmittedChange[] {
  const lines = splitLines(body);
  if (lines.length === 0) throw new ProblemError('no-lines', 'The body has no line.');
  const changes: SubmittedChange[] = [];
  const faults: LineFault[] = [];
  for (const { line, bytes } of lines) {
    const change = parseLine(bytes, now);
    if ('code' in change) faults.push({ line, ...change });
    else changes.push({ line, change });
  }
  if (faults.length > 0) throw refuse(faults, changes.length);
  return changes;
}

/**
 * Reads the body of a request with a single state change.
 *
 * @param body parsed JSON
 * @throws ProblemError with `lines` as for one line
 */
export function parseSingle(body: unknown, now: number): SubmittedChange[] {
  if (body === undefined) throw new ProblemError('no-lines', 'The body is empty.');
  const change = parseStateChange(body, now);
  if ('code' in change) throw refuse([{ line: 1, ...change }], 0);
  return [{ line: 1, change }];
}

function splitLines(body: Buffer): { line: number; bytes: Buffer }[] {
  const lines: { line: number; bytes: Buffer }[] = [];
  let start = body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (let line = 1; start < body.length; line += 1) {
    const found = body.indexOf(LINE_FEED, start);
    const end = found === -1 ? body.length : found;
    const bytes = body.subarray(start, end);
    start = end + 1;
    if (isBlank(bytes)) continue;
    if (lines.length === MAX_LINES) {
      throw new ProblemError('too-many-lines', `The body has more than ${MAX_LINES} lines.`);
    }
    lines.push({ line, bytes });
  }
  return lines;
}

/** Whether a line has nothing but the white space of JSON (RFC 8259, 2). */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function parseLine(bytes: Buffer, now: number) {
  // Text that is not UTF-8 would be replaced silently; the report must repeat what was sent.
  if (!isUtf8(bytes)) return malformed('is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return malformed('is not well-formed JSON');
  }
  return parseStateChange(value, now);
}

function malformed(detail: string): ChangeFault {
  return { code: 'invalid-json', field: null, detail };
}

function refuse(faults: readonly LineFault[], good: number): ProblemError {
  const code = faults.every((fault) => fault.code === 'invalid-json') ? 'invalid-json' : 'invalid-request';
  const [first] = faults;
  const where = first === undefined ? '' : ` Line ${first.line}: ${first.field ?? 'it'} ${first.detail}.`;
  const lines = faults.map(({ line, code: reason, field, detail }) => ({
    line,
    code: reason,
    field,
    detail,
  }));
  return new ProblemError(
    code,
    `Nothing was taken: ${faults.length} of ${faults.length + good} lines are bad.${where}`,
    { lines },
  );
}
