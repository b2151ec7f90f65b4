import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createClient } from '../client.ts';
import { createBatchSender } from './send-batch.ts';

/** Answers the lines of a request as a service, or a proxy before it, does. */
type Respond = (lines: string[], response: ServerResponse) => void;

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function listen(respond: Respond): Promise<{ url: string; requests: string[][] }> {
  const requests: string[][] = [];
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const lines = (await text(request)).trimEnd().split('\n');
    requests.push(lines);
    respond(lines, response);
  }
  server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, requests };
}

function take(lines: readonly string[], response: ServerResponse): void {
  const results = lines.map((id) => ({ id, deliveryId: null, reason: 'entity-unknown' }));
  answer(response, 202, { accepted: lines.length, duplicates: 0, results });
}

function refuse(response: ServerResponse, status: number, members: Record<string, unknown>): void {
  answer(response, status, { title: 't', status, detail: 'd', ...members });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const LINES = ['a', 'b', 'c', 'd'].map((line, place) => ({ number: 10 + place, text: Buffer.from(line) }));

async function send(url: string, retries: string[] = [], signal = new AbortController().signal) {
  const sendBatch = createBatchSender(createClient(url, null), {
    retryDelaysMs: [1, 1],
    onRetry: (reason) => retries.push(reason),
    signal,
  });
  return sendBatch(LINES);
}

it('takes out the lines that the service names, and sends the rest again', async () => {
  const { url, requests } = await listen((lines, response) => {
    const bad = lines.indexOf('b') + 1;
    if (bad === 0) take(lines, response);
    else {
      const line = { line: bad, code: 'id-conflict', field: 'id', detail: 'was taken' };
      refuse(response, 409, { code: 'id-conflict', lines: [line] });
    }
  });
  const result = await send(url);
  expect(requests).toEqual([
    ['a', 'b', 'c', 'd'],
    ['a', 'c', 'd'],
  ]);
  expect(result).toMatchObject({
    accepted: 3,
    rejections: [{ line: 11, code: 'id-conflict', field: 'id', detail: 'was taken' }],
  });
});

it('sends by halves, in order, what is too much together', async () => {
  const { url, requests } = await listen((lines, response) => {
    if (lines.length > 1) refuse(response, 413, { code: 'too-large' });
    else if (lines[0] === 'c') refuse(response, 413, { code: 'too-large' });
    else take(lines, response);
  });
  expect(await send(url)).toMatchObject({ accepted: 3, rejections: [{ line: 12, code: 'too-large' }] });
  expect(requests.filter(({ length }) => length === 1).flat()).toEqual(['a', 'b', 'c', 'd']);
});

it('repeats while the service is away, once it was there', async () => {
  let count = 0;
  const retries: string[] = [];
  const { url, requests } = await listen((lines, response) => {
    count += 1;
    if (count === 1) refuse(response, 503, { code: 'unavailable' });
    else if (count === 2) response.destroy();
    else take(lines, response);
  });
  expect(await send(url, retries)).toMatchObject({ accepted: 4 });
  expect(requests).toHaveLength(3);
  expect(retries).toHaveLength(2);
});

it('gives up after its last pause', async () => {
  const { url, requests } = await listen((_, response) => refuse(response, 503, { code: 'unavailable' }));
  await expect(send(url)).rejects.toMatchObject({ code: 'request-refused' });
  expect(requests).toHaveLength(3);
});

it('does not wait for a service that never was there', async () => {
  const { url } = await listen(take);
  const closed = server === null ? null : once(server, 'close');
  server?.close();
  await closed;
  const retries: string[] = [];
  await expect(send(url, retries)).rejects.toMatchObject({ code: 'service-unreachable' });
  expect(retries).toEqual([]);
});

it('ends at once with an error that is not about lines', async () => {
  const { url, requests } = await listen((_, response) => refuse(response, 401, { code: 'unauthenticated' }));
  await expect(send(url)).rejects.toMatchObject({ code: 'request-refused' });
  expect(requests).toHaveLength(1);
});

it('says so when something else answers', async () => {
  const { url } = await listen((_, response) => response.writeHead(200).end('<html></html>'));
  await expect(send(url)).rejects.toMatchObject({ code: 'service-unreachable' });
});

it('ends when it is interrupted, in a pause or in a request', async () => {
  const interruption = new AbortController();
  const { url } = await listen(() => interruption.abort());
  await expect(send(url, [], interruption.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
