import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { Type } from 'typebox';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from './client.ts';

const GET = { method: 'GET', path: '/v1/now' } as const;

/** Where a server listens that answers so. */
async function answeredBy(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return `http://127.0.0.1:${address.port}`;
}

it('sends a body with its length, its key and its query, and reads what is answered', async () => {
  const url = await answeredBy((request, response) => {
    request.resume().once('end', () => {
      response.setHeader('etag', '"1"').end(JSON.stringify([request.method, request.url, request.headers]));
    });
  });
  const answer = await createClient(url, 'the-key').send({
    method: 'POST',
    path: '/v1/state-changes',
    query: { limit: 3, after: undefined },
    body: 'línia',
    contentType: 'application/x-ndjson',
  });
  expect([answer.status, answer.header('etag'), answer.header('x')]).toEqual([200, '"1"', null]);
  expect(answer.body).toMatchObject([
    'POST',
    '/v1/state-changes?limit=3',
    { 'content-length': '6', 'content-type': 'application/x-ndjson', authorization: 'Bearer the-key' },
  ]);
});

it.each<[string, RequestListener]>([
  ['that does not come', () => undefined],
  [
    'that stops in the middle',
    (_request, response) => {
      response.write('{"a":');
    },
  ],
])('gives up an answer %s', async (_, listener) => {
  const client = createClient(await answeredBy(listener), null);
  await expect(client.send({ ...GET, timeoutMs: 50 })).rejects.toMatchObject({
    code: 'service-unreachable',
    message: expect.stringContaining('timeout'),
  });
});

it('tells of a connection that breaks in the middle, of lines too', async () => {
  const url = await answeredBy((_request, response) => {
    response.write('{"a":1}\n{"b"');
    setImmediate(() => response.socket?.resetAndDestroy());
  });
  const client = createClient(url, null);
  await expect(client.send(GET)).rejects.toMatchObject({ code: 'service-unreachable' });
  const lines: unknown[] = [];
  const read = async (): Promise<void> => {
    for await (const line of await client.stream(GET)) lines.push(line);
  };
  await expect(read()).rejects.toMatchObject({ code: 'service-unreachable' });
});

it('ends with its signal, for the reason that the signal gives', async () => {
  const client = createClient(await answeredBy(() => undefined), null);
  const stop = new AbortController();
  const call = client.call(Type.Unknown(), GET, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(call).rejects.toThrow('stopped');
});
