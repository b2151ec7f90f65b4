import { gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

/** A body without its content codings, or why it cannot be had. */
export type Uncoded =
  | { readonly body: Buffer }
  /** A sentence for the log. */
  | { readonly problem: string }
  | { readonly tooLarge: true };

/** The most codings that are undone, one over the other; a server and a proxy make two. */
const MAX_CODINGS = 3;

/**
 * What servers write into Content-Encoding though it is no content coding: charsets and the transfer codings of
 * mail. The body is what it is.
 */
const NO_CODING = /^(?:identity|none|7bit|8bit|binary|utf-?8|us-ascii|iso-8859-1|iso-8859-15|windows-1252)$/;

/**
 * Undoes the content codings of an answer (RFC 9110, 8.4): gzip and deflate, which servers and proxies apply
 * though none was asked for. Several are undone from the last to the first.
 *
 * No more than `maxBytes` come out of any of them: the decompressor stops there, so that what unpacks to
 * gigabytes costs no more than an answer of that size.
 *
 * @param header the value of Content-Encoding
 */
export function undoContentCodings(body: Buffer, header: string | null, maxBytes: number): Uncoded {
  if (header === null || body.length === 0) return { body };
  const codings = header
    .split(',', 50)
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && !NO_CODING.test(coding));
  if (codings.length > MAX_CODINGS) return { problem: 'the answer has too many content codings' };
  let bytes = body;
  for (const coding of codings.toReversed()) {
    const undo = DECODERS.get(coding);
    if (undo === undefined) return { problem: 'the answer has a content coding that was not asked for' };
    try {
      bytes = undo(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if (isTooLarge(error)) return { tooLarge: true };
      return { problem: `the answer is not the ${coding} that its header says` };
    }
  }
  return { body: bytes };
}

const DECODERS: ReadonlyMap<string, (bytes: Buffer, options: ZlibOptions) => Buffer> = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflate],
]);

/**
 * `deflate` is the zlib format (RFC 9110, 8.4.1.2), and many servers send the bare deflate stream instead. The
 * first byte of zlib has 8 in its low half (RFC 1950, 2.2); a bare stream that begins so would be a stored block
 * with its padding set, which nobody writes.
 */
function inflate(bytes: Buffer, options: ZlibOptions): Buffer {
  const [first = 0] = bytes;
  return (first & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
