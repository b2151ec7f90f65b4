import { describe, expect, it } from 'vitest';
import { bytes, bytesAndClose, httpAnswer, type Answerer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import { writeAcknowledgement, writeFault } from '../../soap/write-answer.ts';

const test = sendingTest();
/** Long enough to connect on a busy machine, short enough to wait for. */
const LATE_MS = 500;
const ACKNOWLEDGED = httpAnswer(200, writeAcknowledgement());

describe('an answer that breaks', () => {
  it.each<[string, Answerer, Partial<AttemptResult>]>([
    [
      'nothing before the end',
      (socket) => socket.end(),
      { outcome: 'unreachable', httpStatus: null, errorCode: 'connection-lost' },
    ],
    [
      'a reset before it answers',
      (socket) => socket.resetAndDestroy(),
      { outcome: 'unreachable', httpStatus: null, errorCode: 'connection-lost' },
    ],
    [
      'the end within the status line',
      bytesAndClose('HTTP/1.1 200'),
      { outcome: 'unreachable', httpStatus: null, errorCode: 'connection-lost' },
    ],
    [
      'the end after an interim answer',
      bytesAndClose('HTTP/1.1 100 Continue\r\n\r\n'),
      { outcome: 'unreachable', httpStatus: null, errorCode: 'connection-lost' },
    ],
    [
      'the end within the headers',
      bytesAndClose('HTTP/1.1 200 OK\r\nContent-'),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'answer-incomplete', response: null },
    ],
    [
      'the end within the body',
      bytesAndClose(ACKNOWLEDGED.subarray(0, -20)),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'answer-incomplete' },
    ],
    [
      'the end within a chunk',
      bytesAndClose('HTTP/1.1 500 Error\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<a'),
      { outcome: 'unreadable', httpStatus: 500, errorCode: 'answer-incomplete' },
    ],
    [
      'no HTTP',
      bytes('SSH-2.0-OpenSSH_9.6\r\n'),
      { outcome: 'unreadable', httpStatus: null, errorCode: 'not-http' },
    ],
    [
      'no HTTP after the status line',
      bytes('HTTP/1.1 200 OK\r\nno header at all\r\n\r\n'),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-http' },
    ],
    [
      'a broken chunk',
      bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-http' },
    ],
    [
      'a change of protocol',
      bytes('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      { outcome: 'unreadable', httpStatus: 101, errorCode: 'not-http' },
    ],
    [
      'a body larger than what is read',
      bytes('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(300_000, 'a')),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'too-large' },
    ],
    [
      'headers larger than what is read',
      bytes(`HTTP/1.1 200 OK\r\nX-Large: ${'a'.repeat(100_000)}\r\n\r\n`),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'too-large' },
    ],
  ])('tells %s', async (_, answer, expected) => {
    expect(await test.answeredBy(answer)).toMatchObject(expected);
  });

  it.each<[string, Answerer, number | null]>([
    ['before the status line', bytes('HTTP/1.1 '), null],
    ['within the headers', bytes('HTTP/1.1 200 OK\r\nContent-'), 200],
    ['within the body', bytes(ACKNOWLEDGED.subarray(0, -20)), 200],
  ])('is late when it stops %s', async (_, answer, httpStatus) => {
    const result = await test.answeredBy(answer, LATE_MS);
    expect(result).toMatchObject({ outcome: 'unreachable', httpStatus, errorCode: 'answer-timeout' });
    expect(result.durationMs).toBeGreaterThanOrEqual(LATE_MS);
    expect(result.durationMs).toBeLessThan(LATE_MS * 5);
  });

  it('is late when it drips, however often bytes come', async () => {
    const drip: Answerer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('<'), 20);
      socket.on('close', () => clearInterval(timer));
    };
    const result = await test.answeredBy(drip, LATE_MS);
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'answer-timeout' });
    expect(result.durationMs).toBeLessThan(LATE_MS * 5);
  });
});

describe('interim answers', () => {
  const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

  it.each<[string, string]>([
    ['one', CONTINUE],
    ['one with headers', 'HTTP/1.1 100 Continue\r\nX-A: b\r\nX-C: d\r\n\r\n'],
    ['several', CONTINUE + CONTINUE + CONTINUE],
    ['early hints between', `${CONTINUE}HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n`],
    ['processing', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ])('are no fault: %s', async (_, interim) => {
    const server = await test.server(bytes(interim, ACKNOWLEDGED));
    const sender = test.sender();
    for (let count = 0; count < 2; count += 1) {
      expect(await test.send(server.url, {}, sender)).toMatchObject({
        outcome: 'acknowledged',
        httpStatus: 200,
      });
    }
    expect(server.connections()).toBe(1);
  });

  it('are no fault byte by byte, nor is the answer after them', async () => {
    const all = Buffer.concat([Buffer.from(CONTINUE), httpAnswer(500, writeFault('x'))]);
    const result = await test.answeredBy((socket) => {
      let at = 0;
      const next = (): void => {
        if (at < all.length) socket.write(all.subarray(at, (at += 1)), () => setImmediate(next));
      };
      next();
    });
    expect(result).toMatchObject({ outcome: 'faulted', httpStatus: 500 });
  });

  it('are no answer: a server that sends only them is late', async () => {
    expect(await test.answeredBy(bytes(CONTINUE), LATE_MS)).toMatchObject({
      outcome: 'unreachable',
      httpStatus: null,
      errorCode: 'answer-timeout',
    });
  });
});
