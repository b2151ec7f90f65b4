import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TOO_LARGE } from './failure.ts';
import { judge, MAX_ANSWER_BYTES, MAX_READ_BYTES } from './verdict.ts';

const ACKNOWLEDGEMENT =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
  '<RespostaReport xmlns="http://www.aocat.net/NT/v4.0"/></s:Body></s:Envelope>';

function failure(body: Buffer, status = 200, contentEncoding: string | null = null) {
  return judge({ status, contentType: 'text/xml', contentEncoding, body }).failure;
}

/** gzip that takes so many bytes: its name fills what is left (RFC 1952, 2.3). */
function gzipOf(text: string, bytes: number): Buffer {
  const plain = gzipSync(text);
  const head = Buffer.from(plain.subarray(0, 10));
  head[3] = 0x08;
  const name = Buffer.alloc(bytes - plain.length, 'x');
  name[name.length - 1] = 0;
  return Buffer.concat([head, name, plain.subarray(10)]);
}

describe('an answer', () => {
  it('acknowledges with any status from 200 to 299, and with no other', () => {
    const acknowledging = [199, 200, 202, 299, 300, 500].filter(
      (status) => failure(Buffer.from(ACKNOWLEDGEMENT), status) === null,
    );
    expect(acknowledging).toEqual([200, 202, 299]);
  });

  it('is read up to the limit, and not a byte further', () => {
    const filled = (bytes: number): Buffer => Buffer.from(ACKNOWLEDGEMENT.padEnd(bytes));
    expect(failure(filled(MAX_READ_BYTES))).toBeNull();
    expect(failure(filled(MAX_READ_BYTES + 1))).toBe(TOO_LARGE);
  });

  it('is unpacked where it came whole, however much it is packed in', () => {
    expect(failure(gzipOf(ACKNOWLEDGEMENT, MAX_ANSWER_BYTES), 200, 'gzip')).toBeNull();
    expect(failure(gzipOf(ACKNOWLEDGEMENT, MAX_ANSWER_BYTES + 1), 200, 'gzip')).toBe(TOO_LARGE);
  });
});
