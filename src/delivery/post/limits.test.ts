import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { httpAnswer, type Answerer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';
import { MAX_ANSWER_BYTES, MAX_READ_BYTES } from './verdict.ts';

const test = sendingTest();
const TOO_LARGE = { outcome: 'unreadable', errorCode: 'too-large' };
/** Far more than any of these answers takes to be given up. */
const TIMEOUT_MS = 20_000;

async function answeredBy(answer: Answerer, maxSilenceMs?: number): Promise<AttemptResult> {
  const server = await test.server(answer);
  const sender = test.sender(maxSilenceMs === undefined ? {} : { maxSilenceMs });
  return test.send(server.url, { timeoutMs: TIMEOUT_MS }, sender);
}

/** Writes the same bytes for as long as they are taken. */
function flood(socket: Socket, bytes: string): void {
  const block = Buffer.from(bytes.repeat(1 + Math.floor(16_384 / bytes.length)));
  const write = (): void => {
    if (!socket.destroyed) socket.write(block, () => setImmediate(write));
  };
  write();
}

const onceAndThen =
  (first: string | Buffer, forEver: string): Answerer =>
  (socket) => {
    socket.write(first);
    flood(socket, forEver);
  };

/** An acknowledgement with so many blanks behind it that it has just this length. */
function acknowledgementOf(length: number): string {
  return writeAcknowledgement().padEnd(length);
}

describe('an answer without an end', () => {
  const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';
  it.each<[string, Answerer]>([
    ['in its status line', onceAndThen('HTTP/1.1 200 ', 'a')],
    ['in one header', onceAndThen(`${OK}X-A: `, 'a')],
    ['in its headers', onceAndThen(OK, 'X-A: b\r\n')],
    ['in its body', onceAndThen(`${OK}\r\n`, ' ')],
    ['in its chunks', onceAndThen(`${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n')],
    ['in the extension of a chunk', onceAndThen(`${OK}Transfer-Encoding: chunked\r\n\r\n1;`, 'a')],
    ['in its trailers', onceAndThen(`${OK}Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n0\r\n`, 'X-A: b\r\n')],
    ['of interim answers', onceAndThen('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')],
    ['of interim answers that are cut out', onceAndThen('', 'HTTP/1.1 100 Continue\r\n\r\n')],
  ])('is given up long before its time: %s', async (_, answer) => {
    const result = await answeredBy(answer);
    expect(result.outcome).toBe('unreadable');
    expect(['too-large', 'not-http']).toContain(result.errorCode);
    expect(result.durationMs).toBeLessThan(TIMEOUT_MS / 2);
  });
});

describe('the length of an answer', () => {
  it('may be what is read, and not a byte more', async () => {
    const whole = httpAnswer(200, acknowledgementOf(MAX_READ_BYTES));
    expect(await answeredBy((socket) => socket.write(whole))).toMatchObject({ outcome: 'acknowledged' });
    const longer = httpAnswer(200, acknowledgementOf(MAX_READ_BYTES + 1));
    expect(await answeredBy((socket) => socket.write(longer))).toMatchObject(TOO_LARGE);
  });

  it('may be what is read also once it is decompressed', async () => {
    const coded = (length: number): Answerer => {
      const answer = httpAnswer(200, gzipSync(acknowledgementOf(length)), { 'Content-Encoding': 'gzip' });
      return (socket) => socket.write(answer);
    };
    expect(await answeredBy(coded(MAX_READ_BYTES))).toMatchObject({ outcome: 'acknowledged' });
    expect(await answeredBy(coded(MAX_READ_BYTES + 1))).toMatchObject(TOO_LARGE);
  });

  it('is not believed: what is received is counted', async () => {
    const lying = httpAnswer(200, '').toString().replace('Content-Length: 0', 'Content-Length: 999999999');
    const result = await answeredBy(onceAndThen(lying, ' '));
    expect(result).toMatchObject(TOO_LARGE);
    expect(Buffer.byteLength(result.response?.body ?? '')).toBeLessThan(MAX_ANSWER_BYTES);
  });

  it('may be 16 KiB in its headers', async () => {
    const of = (length: number): Answerer => {
      const answer = httpAnswer(200, writeAcknowledgement(), { 'X-Long': 'a'.repeat(length) });
      return (socket) => socket.write(answer);
    };
    expect(await answeredBy(of(15_000))).toMatchObject({ outcome: 'acknowledged' });
    expect(await answeredBy(of(16_384))).toMatchObject(TOO_LARGE);
  });
});

describe('an answer that has begun', () => {
  const ANSWER = httpAnswer(200, writeAcknowledgement());
  const HEAD_END = ANSWER.indexOf('\r\n\r\n') + 4;

  it.each([
    ['after its headers', HEAD_END],
    ['in its body', ANSWER.length - 10],
  ])('may not stand still: %s', async (_, length) => {
    const result = await answeredBy((socket) => socket.write(ANSWER.subarray(0, length)), 200);
    expect(result).toMatchObject({ outcome: 'unreachable', httpStatus: 200, errorCode: 'answer-timeout' });
    expect(result.errorText).toBe('The answer began and did not go on in time.');
    expect(result.durationMs).toBeGreaterThanOrEqual(200);
    expect(result.durationMs).toBeLessThan(TIMEOUT_MS / 2);
  });

  it('may take longer than that in all, as long as it goes on', async () => {
    const parts = Array.from({ length: 8 }, (_, at) =>
      ANSWER.subarray(at === 0 ? 0 : HEAD_END + at * 30, at === 7 ? undefined : HEAD_END + (at + 1) * 30),
    );
    const result = await answeredBy((socket) => {
      const timer = setInterval(() => {
        const part = parts.shift();
        if (part === undefined) clearInterval(timer);
        else socket.write(part);
      }, 100);
      socket.on('close', () => clearInterval(timer));
    }, 500);
    expect(result).toMatchObject({ outcome: 'acknowledged' });
    expect(result.durationMs).toBeGreaterThan(500);
  });
});
