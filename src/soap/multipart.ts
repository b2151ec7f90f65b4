import { contentTypeParameters } from './content-type.ts';

/** The part of an answer that is the SOAP message. */
interface RootPart {
  readonly body: Buffer;
  readonly contentType: string | null;
}

/** The most parts that are looked at: an answer has nothing to attach. */
const MAX_PARTS = 20;
/** The most that a part's headers may take, in bytes. */
const MAX_HEADER_BYTES = 4_096;
/** Codings that leave a part's bytes as they are (RFC 2045, 6.2). */
const UNCHANGED: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);

/** Whether an answer comes as a multipart/related package, as stacks with MTOM switched on send every one. */
export function isMultipart(contentType: string | null): boolean {
  return /^\s*multipart\/related\s*(?:;|$)/i.test(contentType ?? '');
}

/**
 * The root part of a multipart/related package (RFC 2387; MTOM and SOAP with Attachments both have the SOAP
 * message there): the one that the parameter `start` names, else the first. Other parts are not read.
 *
 * Never throws, whatever the bytes.
 *
 * @param contentType the value of the HTTP header, multipart/related
 */
export function rootPart(body: Buffer, contentType: string | null): RootPart | { readonly problem: string } {
  const parameters = contentTypeParameters(contentType);
  const boundary = parameters.get('boundary') ?? '';
  if (boundary === '') return { problem: 'its multipart package names no boundary' };
  const start = parameters.get('start') ?? null;
  for (const part of partsOf(body, boundary)) {
    const read = readPart(part);
    if (read === null) return { problem: 'a part of its multipart package has no end to its headers' };
    if (start !== null && read.headers.get('content-id') !== start) continue;
    const coding = read.headers.get('content-transfer-encoding')?.toLowerCase() ?? '';
    if (!UNCHANGED.has(coding)) return { problem: 'the root of its multipart package is encoded for mail' };
    return { body: read.body, contentType: read.headers.get('content-type') ?? null };
  }
  return { problem: 'its multipart package has no root part' };
}

/** What lies between the boundary lines (RFC 2046, 5.1.1); a part without a closing one is none. */
function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  const line = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first boundary may be the body's very first bytes.
  let end = body.subarray(0, line.length - 2).equals(line.subarray(2)) ? -2 : body.indexOf(line);
  for (let count = 0; count < MAX_PARTS && (end >= 0 || end === -2); count += 1) {
    const after = end + line.length;
    const next = body.indexOf(line, after);
    if (next < 0) return;
    yield body.subarray(after, next);
    end = next;
  }
}

/** A part's headers and content; null where its headers do not end. */
function readPart(part: Buffer): { headers: Map<string, string>; body: Buffer } | null {
  const end = part.subarray(0, MAX_HEADER_BYTES).indexOf('\r\n\r\n');
  if (end < 0) return null;
  const headers = new Map<string, string>();
  const lines = part
    .toString('latin1', 0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: part.subarray(end + 4) };
}
