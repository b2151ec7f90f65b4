import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { httpAnswer, type Answerer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import { writeAcknowledgement, writeFault, writeRefusal } from '../../soap/write-answer.ts';

const test = sendingTest();
/** Long enough to connect on a busy machine, short enough to wait for. */
const LATE_MS = 500;
const ACKNOWLEDGED = httpAnswer(200, writeAcknowledgement());

/** Answers with these bytes, and closes unless the connection is to be kept. */
const bytes =
  (...parts: readonly (string | Buffer)[]): Answerer =>
  (socket) => {
    for (const part of parts) socket.write(part);
  };
const bytesAndClose =
  (...parts: readonly (string | Buffer)[]): Answerer =>
  (socket) => {
    socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
  };

async function answeredBy(answer: Answerer, timeoutMs = 5_000): Promise<AttemptResult> {
  const server = await test.server(answer);
  return test.send(server.url, { timeoutMs });
}

describe('an answer that was read whole', () => {
  it('acknowledges with a RespostaReport without Error', async () => {
    const result = await answeredBy(bytes(ACKNOWLEDGED));
    expect(result).toMatchObject({
      outcome: 'acknowledged',
      httpStatus: 200,
      errorCode: null,
      errorText: null,
      retryAfterMs: null,
      response: { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: writeAcknowledgement() },
    });
    expect(Number.isInteger(result.durationMs)).toBe(true);
  });

  it('acknowledges a report of its own message version alone, also where the server said it before', async () => {
    const server = await test.server(bytes(httpAnswer(200, writeAcknowledgement().replace('v4.0', 'v3.2'))));
    const sender = test.sender();
    const outcomes: unknown[] = [];
    for (const messageVersion of ['3.2', '4.0', '3.2', '3.2'] as const) {
      const { outcome } = await test.send(server.url, { endpoint: { messageVersion } }, sender);
      outcomes.push(outcome);
    }
    expect(outcomes).toEqual(['acknowledged', 'unreadable', 'acknowledged', 'acknowledged']);
  });

  it.each<[string, Buffer, Partial<AttemptResult>]>([
    [
      'a refusal',
      httpAnswer(200, writeRefusal('no em va bé')),
      { outcome: 'refused', httpStatus: 200, errorCode: 'error-element', errorText: 'no em va bé' },
    ],
    [
      'a refusal with an HTTP error status',
      httpAnswer(503, writeRefusal('ara no')),
      { outcome: 'refused', httpStatus: 503, errorCode: 'error-element' },
    ],
    [
      'a fault',
      httpAnswer(500, writeFault('trencat')),
      { outcome: 'faulted', httpStatus: 500, errorCode: 'soap-fault' },
    ],
    ['a fault with status 200', httpAnswer(200, writeFault('x')), { outcome: 'faulted', httpStatus: 200 }],
    [
      'an HTTP error',
      httpAnswer(503, '<html>away</html>', { 'Content-Type': 'text/html' }),
      { outcome: 'http-error', httpStatus: 503, errorCode: 'http-503' },
    ],
    [
      'an acknowledgement with an HTTP error status',
      httpAnswer(500, writeAcknowledgement()),
      { outcome: 'http-error', httpStatus: 500, errorCode: 'http-500' },
    ],
    [
      'a redirect, which is not followed',
      httpAnswer(302, '', { Location: 'http://127.0.0.1:1/' }),
      { outcome: 'http-error', httpStatus: 302, errorCode: 'http-302' },
    ],
    [
      'an empty answer',
      httpAnswer(200, ''),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-soap' },
    ],
    [
      'an answer without content',
      Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'),
      { outcome: 'unreadable', httpStatus: 204, errorCode: 'not-soap' },
    ],
    [
      'a web page',
      httpAnswer(200, '<!doctype html><html></html>', { 'Content-Type': 'text/html' }),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-soap' },
    ],
    [
      'another content coding',
      httpAnswer(200, writeAcknowledgement(), { 'Content-Encoding': 'br' }),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-soap' },
    ],
    [
      'what only says that it is gzip',
      httpAnswer(200, writeAcknowledgement(), { 'Content-Encoding': 'gzip' }),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'not-soap' },
    ],
    [
      'gzip that unpacks to more than is read',
      httpAnswer(200, gzipSync(Buffer.alloc(300_000)), { 'Content-Encoding': 'gzip' }),
      { outcome: 'unreadable', httpStatus: 200, errorCode: 'too-large' },
    ],
  ])('tells %s', async (_, answer, expected) => {
    expect(await answeredBy(bytes(answer))).toMatchObject(expected);
  });

  it('reads gzip that was not asked for', async () => {
    const answer = httpAnswer(200, gzipSync(writeRefusal('comprimit')), { 'Content-Encoding': 'gzip' });
    const result = await answeredBy(bytes(answer));
    expect(result).toMatchObject({ outcome: 'refused', errorText: 'comprimit' });
    expect(result.response?.body).toBe(writeRefusal('comprimit'));
  });

  it('undoes the content codings of several headers', async () => {
    const body = gzipSync(deflateSync(writeRefusal('dues vegades')));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await answeredBy(bytes(head, body))).toMatchObject({
      outcome: 'refused',
      errorText: 'dues vegades',
    });
  });

  it('is not mistaken for a known acknowledgement when bytes are left over from the one before', async () => {
    const short = Buffer.from(ACKNOWLEDGED.toString().replace(/Content-Length: \d+/, 'Content-Length: 9'));
    const answers = [short, ACKNOWLEDGED, short, httpAnswer(200, writeRefusal('no'))];
    const server = await test.server((socket) => socket.write(answers.shift() ?? ''));
    const sender = test.sender();
    const outcomes: string[] = [];
    while (answers.length > 0) outcomes.push((await test.send(server.url, {}, sender)).outcome);
    expect(outcomes).toEqual(['unreadable', 'acknowledged', 'unreadable', 'refused']);
  });

  it('is never one that came unasked behind the one before', async () => {
    const answers = [Buffer.concat([ACKNOWLEDGED, ACKNOWLEDGED]), httpAnswer(200, writeRefusal('no'))];
    const server = await test.server((socket) => socket.write(answers.shift() ?? ''));
    const sender = test.sender();
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'acknowledged' });
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'refused' });
    expect(server.connections()).toBe(2);
  });

  it('reads one in chunks, and one that the end of the connection ends', async () => {
    const body = writeAcknowledgement();
    const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    expect(await answeredBy(bytes(chunked))).toMatchObject({ outcome: 'acknowledged' });
    expect(await answeredBy(bytesAndClose(`HTTP/1.1 200 OK\r\n\r\n${body}`))).toMatchObject({
      outcome: 'acknowledged',
    });
  });

  it('recognises a repeated acknowledgement only by its bytes and its type', async () => {
    const answers = [
      ACKNOWLEDGED,
      ACKNOWLEDGED,
      httpAnswer(200, writeRefusal('no')),
      httpAnswer(200, writeAcknowledgement(), { 'Content-Type': 'text/xml; charset=utf-16' }),
      httpAnswer(500, writeAcknowledgement()),
      ACKNOWLEDGED,
    ];
    const server = await test.server((socket) => socket.write(answers.shift() ?? ''));
    const sender = test.sender();
    const outcomes: string[] = [];
    for (let count = answers.length; count > 0; count -= 1) {
      const result = await test.send(server.url, {}, sender);
      outcomes.push(result.outcome);
      expect(result.response?.body).not.toBe('');
    }
    expect(outcomes).toEqual([
      'acknowledged',
      'acknowledged',
      'refused',
      'acknowledged',
      'http-error',
      'acknowledged',
    ]);
    expect(server.connections()).toBe(1);
  });

  it.each([
    ['120', 120_000],
    ['999999999', 86_400_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', null],
  ])('reads Retry-After: %s', async (value, expected) => {
    const result = await answeredBy(bytes(httpAnswer(503, '', { 'Retry-After': value })));
    expect(result.retryAfterMs).toBe(expected);
  });

  it('keeps headers and body for the log within bounds, and no secrets', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`X-${index}`, 'a']));
    const server = await test.server(
      bytes(
        httpAnswer(401, `contrasenya: inventada Ym9iOmludmVudGFkYQ== \0${'é'.repeat(100_000)}`, {
          'Set-Cookie': 'session=secret',
          'WWW-Authenticate': 'Basic realm="secret"',
          'X-Long': 'a'.repeat(5_000),
          ...many,
        }),
      ),
    );
    const { response, requestHeaders } = await test.send(server.url, {
      endpoint: { authentication: { type: 'basic', username: 'bob', password: 'inventada' } },
    });
    expect(response?.headers).toMatchObject({ 'set-cookie': '***', 'www-authenticate': '***' });
    expect(response?.headers['x-long']).toHaveLength(1_024);
    expect(Object.keys(response?.headers ?? {})).toHaveLength(64);
    expect(response?.body).toMatch(/^contrasenya: \*\*\* \*\*\* é/);
    expect(response?.body).toHaveLength(65_536);
    expect(requestHeaders['Authorization']).toBe('Basic ***');
    expect(server.requests[0]?.head).toContain('Authorization: Basic Ym9iOmludmVudGFkYQ==');
  });
});

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
    expect(await answeredBy(answer)).toMatchObject(expected);
  });

  it.each<[string, Answerer, number | null]>([
    ['before the status line', bytes('HTTP/1.1 '), null],
    ['within the headers', bytes('HTTP/1.1 200 OK\r\nContent-'), 200],
    ['within the body', bytes(ACKNOWLEDGED.subarray(0, -20)), 200],
  ])('is late when it stops %s', async (_, answer, httpStatus) => {
    const result = await answeredBy(answer, LATE_MS);
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
    const result = await answeredBy(drip, LATE_MS);
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
    const result = await answeredBy((socket) => {
      let at = 0;
      const next = (): void => {
        if (at < all.length) socket.write(all.subarray(at, (at += 1)), () => setImmediate(next));
      };
      next();
    });
    expect(result).toMatchObject({ outcome: 'faulted', httpStatus: 500 });
  });

  it('are no answer: a server that sends only them is late', async () => {
    expect(await answeredBy(bytes(CONTINUE), LATE_MS)).toMatchObject({
      outcome: 'unreachable',
      httpStatus: null,
      errorCode: 'answer-timeout',
    });
  });
});
