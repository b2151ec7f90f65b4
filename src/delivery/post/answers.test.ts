import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytes, bytesAndClose, httpAnswer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import { writeAcknowledgement, writeFault, writeRefusal } from '../../soap/write-answer.ts';

const test = sendingTest();
const ACKNOWLEDGED = httpAnswer(200, writeAcknowledgement());

describe('an answer that was read whole', () => {
  it('acknowledges with a RespostaReport without Error', async () => {
    const result = await test.answeredBy(bytes(ACKNOWLEDGED));
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
    expect(await test.answeredBy(bytes(answer))).toMatchObject(expected);
  });

  it('reads gzip that was not asked for', async () => {
    const answer = httpAnswer(200, gzipSync(writeRefusal('comprimit')), { 'Content-Encoding': 'gzip' });
    const result = await test.answeredBy(bytes(answer));
    expect(result).toMatchObject({ outcome: 'refused', errorText: 'comprimit' });
    expect(result.response?.body).toBe(writeRefusal('comprimit'));
  });

  it('undoes the content codings of several headers', async () => {
    const body = gzipSync(deflateSync(writeRefusal('dues vegades')));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await test.answeredBy(bytes(head, body))).toMatchObject({
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
    expect(await test.answeredBy(bytes(chunked))).toMatchObject({ outcome: 'acknowledged' });
    expect(await test.answeredBy(bytesAndClose(`HTTP/1.1 200 OK\r\n\r\n${body}`))).toMatchObject({
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
    const result = await test.answeredBy(bytes(httpAnswer(503, '', { 'Retry-After': value })));
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
