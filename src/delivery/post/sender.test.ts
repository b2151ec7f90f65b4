import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { httpAnswer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import { isOriginTrouble } from '../../domain/attempt.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';

const test = sendingTest();
const ACKNOWLEDGED = httpAnswer(200, writeAcknowledgement());
const acknowledge = (socket: Socket): void => {
  socket.write(ACKNOWLEDGED);
};
const hang = (): void => undefined;

/** A promise that is kept when this many requests have come. */
function arrival(count: number): { readonly arrived: Promise<void>; readonly note: () => void } {
  const arrivals = new EventEmitter();
  let left = count;
  return {
    arrived: once(arrivals, 'all').then(() => undefined),
    note: () => {
      left -= 1;
      if (left === 0) arrivals.emit('all');
    },
  };
}

describe('the request', () => {
  it('is a POST with its length, never chunked, and is logged as it was sent, but for its Connection header', async () => {
    const server = await test.server(acknowledge);
    const body = Buffer.from('<Report>é</Report>');
    const headers = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '"a"', 'Idempotency-Key': 'x' };
    const result = await test.send(`${server.url}?a=b%20c`, { body, headers });
    const [head = '', ...lines] = server.requests[0]?.head.split('\r\n') ?? [];
    expect(head).toBe('POST /reports?a=b%20c HTTP/1.1');
    const sent = Object.fromEntries(lines.map((line) => line.split(': ', 2)));
    expect(sent).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      ...headers,
      'User-Agent': 'enotum-callbacks/0.0.0',
      'Accept-Encoding': 'identity',
      'content-length': '19',
    });
    expect(server.requests[0]?.body).toEqual(body);
    expect(result.requestHeaders).toEqual({
      Host: `127.0.0.1:${server.port}`,
      ...headers,
      'User-Agent': 'enotum-callbacks/0.0.0',
      'Accept-Encoding': 'identity',
      'Content-Length': '19',
    });
    expect(result.requestHash).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it.each([
    [
      { type: 'basic', username: 'usuària', password: 'p:ç' },
      `Basic ${btoa('usuÃ\xA0ria:p:Ã§')}`,
      'Basic ***',
    ],
    // Letters with combining marks, as some systems type them: RFC 7617 wants them composed.
    [
      { type: 'basic', username: 'usua\u0300ria', password: 'p:c\u0327' },
      `Basic ${btoa('usuÃ\xA0ria:p:Ã§')}`,
      'Basic ***',
    ],
    [{ type: 'bearer', token: 'abc.def' }, 'Bearer abc.def', 'Bearer ***'],
  ] as const)('is authenticated: %j', async (authentication, sent, logged) => {
    const server = await test.server(acknowledge);
    const result = await test.send(server.url, { endpoint: { authentication } });
    expect(server.requests[0]?.head).toContain(`\r\nAuthorization: ${sent}`);
    expect(result.requestHeaders['Authorization']).toBe(logged);
  });

  it.each([
    [401, { type: 'none' }, /endpoint\.authentication has none: set it/],
    [401, { type: 'basic', username: 'usuari', password: 'inventada' }, /the username or the password/],
    [401, { type: 'bearer', token: 'abc.def' }, /does not take the token/],
    [403, { type: 'none' }, /set the entity’s endpoint\.authentication, or the integrator/],
    [403, { type: 'basic', username: 'usuari', password: 'inventada' }, /the integrator must allow it/],
    [403, { type: 'bearer', token: 'abc.def' }, /to the token/],
  ] as const)(
    'that is refused by %i tells which credential is to be mended: %j',
    async (status, authentication, text) => {
      const server = await test.server((socket) => socket.write(httpAnswer(status, '<html>no</html>')));
      const result = await test.send(server.url, { endpoint: { authentication } });
      expect(result).toMatchObject({
        outcome: 'http-error',
        httpStatus: status,
        errorCode: `http-${status}`,
        errorText: expect.stringMatching(text),
      });
      expect(isOriginTrouble(result)).toBe(false);
      expect(JSON.stringify(result)).not.toMatch(/inventada|abc\.def/);
    },
  );

  it('is blocked where a credential cannot stand in a header', async () => {
    const server = await test.server(acknowledge);
    const result = await test.send(server.url, {
      endpoint: { authentication: { type: 'bearer', token: 'a\r\nX-Injected: b' } },
    });
    expect(result).toMatchObject({
      outcome: 'blocked',
      errorCode: 'configuration-incomplete',
      response: null,
    });
    expect(server.requests).toHaveLength(0);
  });

  it('is not written after the instant before which it must be', async () => {
    const server = await test.server(acknowledge);
    const sender = test.sender();
    const late = await test.send(server.url, { writeBefore: performance.now() }, sender);
    expect(late).toMatchObject({ outcome: 'interrupted', errorCode: 'lease-expired', httpStatus: null });
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'acknowledged' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('connections', () => {
  it('are kept, and made anew when the server closes them', async () => {
    const server = await test.server((socket, request) => {
      if (request.ofConnection === 2) socket.end(ACKNOWLEDGED);
      else socket.write(ACKNOWLEDGED);
    });
    const sender = test.sender();
    for (let count = 0; count < 5; count += 1) {
      expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'acknowledged' });
    }
    expect(server.requests.map((request) => request.ofConnection)).toEqual([1, 2, 1, 2, 1]);
  });

  it('end where the server asks for it', async () => {
    const server = await test.server((socket) => {
      socket.write(httpAnswer(200, writeAcknowledgement(), { Connection: 'close' }));
    });
    const sender = test.sender();
    await test.send(server.url, {}, sender);
    await test.send(server.url, {}, sender);
    expect(server.connections()).toBe(2);
  });

  it('are made anew after a minute, so that a name that moved is followed', async () => {
    const server = await test.server(acknowledge);
    const sender = test.sender();
    await test.send(server.url, {}, sender);
    const real = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => real() + 61_000);
    await test.send(server.url, {}, sender);
    await test.send(server.url, {}, sender);
    later.mockRestore();
    expect(server.requests.map((request) => request.ofConnection)).toEqual([1, 1, 2]);
  });

  it('that break under a request are not tried again: the server may have it', async () => {
    const server = await test.server((socket, { ofConnection }) => {
      if (ofConnection === 1) socket.write(ACKNOWLEDGED);
      else socket.resetAndDestroy();
    });
    const sender = test.sender();
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'acknowledged' });
    expect(await test.send(server.url, {}, sender)).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'connection-lost',
    });
    expect(server.requests).toHaveLength(2);
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'acknowledged' });
  });

  it('are closed with the request that is given up, without another one being made', async () => {
    const request = arrival(1);
    const end = arrival(1);
    const server = await test.server((socket) => {
      socket.once('close', end.note);
      request.note();
    });
    const stop = new AbortController();
    const sending = test.send(server.url, { signal: stop.signal });
    await request.arrived;
    stop.abort();
    await Promise.all([sending, end.arrived]);
    expect(server.connections()).toBe(1);
  });

  it('are 8 for a burst, and one more at a time where requests wait', async () => {
    const eight = arrival(8);
    const nine = arrival(9);
    const waiting: Socket[] = [];
    const server = await test.server((socket) => {
      waiting.push(socket);
      eight.note();
      nine.note();
    });
    // The sender's clock stands still, however busy the machine is.
    const began = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(began);
    const sender = test.sender();
    const burst = Array.from({ length: 12 }, async () => test.send(server.url, {}, sender));
    await eight.arrived;
    expect(server.connections()).toBe(8);
    clock.mockReturnValue(began + 100);
    await nine.arrived;
    expect(server.connections()).toBe(9);
    for (const socket of waiting.splice(0)) socket.write(ACKNOWLEDGED);
    await expect.poll(() => waiting.length).toBe(3);
    for (const socket of waiting) socket.write(ACKNOWLEDGED);
    await Promise.all(burst);
    clock.mockRestore();
    expect(server.connections()).toBe(9);
  });

  it('are 64 to a server at most; who waits in vain for one has sent nothing', async () => {
    const { arrived, note } = arrival(64);
    const waiting: Socket[] = [];
    const server = await test.server((socket) => {
      waiting.push(socket);
      note();
    });
    const sender = test.sender();
    const many = Array.from({ length: 66 }, async (_, index) =>
      test.send(server.url, index === 64 ? { timeoutMs: 300 } : {}, sender),
    );
    await arrived;
    expect(await many[64]).toMatchObject({ outcome: 'interrupted', errorCode: 'own-resources' });
    expect(server.connections()).toBe(64);
    for (const socket of waiting.splice(0)) socket.write(ACKNOWLEDGED);
    await many[0];
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.write(ACKNOWLEDGED);
    const outcomes = (await Promise.all(many)).map((result) => result.outcome);
    expect(outcomes.filter((outcome) => outcome === 'acknowledged')).toHaveLength(65);
    expect(server.connections()).toBe(64);
  });
});

describe('stopping', () => {
  it('interrupts what its signal ends', async () => {
    const { arrived, note } = arrival(1);
    const server = await test.server(note);
    const stop = new AbortController();
    const sending = test.send(server.url, { signal: stop.signal });
    await arrived;
    stop.abort();
    expect(await sending).toMatchObject({ outcome: 'interrupted', errorCode: 'stopped', httpStatus: null });
    expect(await test.send(server.url, { signal: stop.signal })).toMatchObject({ outcome: 'interrupted' });
    expect(server.requests).toHaveLength(1);
  });

  it('interrupts all that is under way, and closes kept connections', async () => {
    const server = await test.server((socket, { body }) => {
      if (body.toString() === 'answer') socket.write(ACKNOWLEDGED);
    });
    const sender = test.sender();
    await test.send(server.url, { body: Buffer.from('answer') }, sender);
    const sending = test.send(server.url, {}, sender);
    await expect.poll(() => server.requests.length).toBe(2);
    await sender.close();
    expect(await sending).toMatchObject({ outcome: 'interrupted', errorCode: 'stopped' });
    expect(await test.send(server.url, {}, sender)).toMatchObject({ outcome: 'interrupted' });
  });

  it('interrupts what has no connection yet', async () => {
    const sender = test.sender({ resolve: hang });
    const sending = test.send('http://nowhere.example/', {}, sender);
    await sender.close();
    expect(await sending).toMatchObject({ outcome: 'interrupted', errorCode: 'stopped', response: null });
  });
});
