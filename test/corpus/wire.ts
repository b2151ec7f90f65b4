import type { CorpusAnswer } from './answers/answer.ts';

/** How many bytes a chunk has: few enough to cut names and characters apart. */
const CHUNK_BYTES = 37;

/** An answer as HTTP/1.1 bytes. */
export function wireBytes({ status, headers, body, framing = 'length' }: CorpusAnswer): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = (frame: string): Buffer =>
    Buffer.from(`HTTP/1.1 ${status} x\r\n${lines.join('')}${frame}\r\n`);
  switch (framing) {
    case 'length':
      // RFC 9110, 8.6: 204 has none.
      return Buffer.concat([head(status === 204 ? '' : `Content-Length: ${body.length}\r\n`), body]);
    case 'chunked':
      return Buffer.concat([head('Transfer-Encoding: chunked\r\n'), chunked(body, '')]);
    case 'trailers':
      return Buffer.concat([
        head('Transfer-Encoding: chunked\r\nTrailer: X-Check\r\n'),
        chunked(body, 'X-Check: 1\r\n'),
      ]);
    case 'close':
      return Buffer.concat([head('Connection: close\r\n'), body]);
    default:
      return Buffer.concat([head(`Content-Length: ${framing.contentLength}\r\n`), body]);
  }
}

/** The body that the other side gets to see. */
export function seenBody({ body, framing }: CorpusAnswer): Buffer {
  return typeof framing === 'object' ? body.subarray(0, framing.contentLength) : body;
}

function chunked(body: Buffer, trailers: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const chunk = body.subarray(at, at + CHUNK_BYTES);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailers}\r\n`)]);
}
