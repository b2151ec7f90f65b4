import { createConnection } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type ApiRequest, type TestApi } from '../../test/support/api.ts';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { keyOf } from '../../test/support/keys.ts';
import { PROBLEMS } from '../domain/errors.ts';
import { Database } from '../store/database.ts';
import { EntityParams, PAGE_QUERY, strictObject } from './schemas.ts';
import type { AddRoutes } from './types.ts';

const PERSONAL = 'Persona Inventada';

const config = { roles: ['admin'] } as const;

const routes: AddRoutes = (app) => {
  app.put(
    '/things/:organisation/:department',
    {
      config,
      schema: {
        params: EntityParams,
        querystring: strictObject(PAGE_QUERY),
        body: strictObject({ count: Type.Integer(), on: Type.Optional(Type.Boolean()) }),
      },
    },
    async ({ params, query, body }) => ({ params, query, body }),
  );
  app.get('/things', { config: { public: true } }, async () => ({ ok: true }));
  app.get('/bug', { config }, async () => {
    throw new TypeError(PERSONAL);
  });
};

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [routes]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const put = (body: unknown, headers: Record<string, string> = {}, query = ''): Promise<unknown> =>
  api.request(`/things/9900000001/1${query}`, { method: 'PUT', body, headers });

describe('a problem', () => {
  it.each<[string, string, ApiRequest, keyof typeof PROBLEMS]>([
    ['an unknown path', '/nowhere', {}, 'not-found'],
    ['a path that is too long', '/things/a/b/c', {}, 'not-found'],
    ['a parameter that is too long', `/things/${'x'.repeat(4_000)}/b`, { method: 'PUT' }, 'not-found'],
    ['an unknown method', '/things', { method: 'DELETE' }, 'method-not-allowed'],
    ['an unknown method with any body', '/things', { method: 'POST', body: '<x/>' }, 'method-not-allowed'],
    ['a path that is not UTF-8', '/things/%ff/1', { method: 'PUT' }, 'invalid-request'],
    ['a query parameter where none is taken', '/things?limit=1', {}, 'invalid-request'],
    ['no key', '/bug', { headers: { authorization: '' } }, 'unauthenticated'],
    ['a key of another scheme', '/bug', { headers: { authorization: 'Basic eDp5' } }, 'unauthenticated'],
    ['a wrong key', '/bug', { headers: { authorization: 'Bearer wrong' } }, 'unauthenticated'],
    ['a bug', '/bug', {}, 'internal'],
  ])('answers %s', async (_what, path, request, code) => {
    const answer = await api.request(path, request);
    expect(answer.status).toBe(PROBLEMS[code].status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: `urn:enotum-callbacks:problem:${code}`,
      title: PROBLEMS[code].advice,
      status: answer.status,
      code,
    });
  });

  it('names the methods of the path', async () => {
    const answer = await api.request('/things/a/b', { method: 'POST' });
    expect(answer.headers.get('allow')).toBe('PUT');
    expect((await api.request('/things', { method: 'PATCH' })).headers.get('allow')).toBe('GET, HEAD');
  });

  it('asks for a key as RFC 6750 does', async () => {
    const answer = await api.request('/bug', { headers: { authorization: '' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('keeps what went wrong inside out of the answer and its words out of the log', async () => {
    const before = api.log.length;
    const answer = await api.request('/bug');
    expect(answer.text).not.toContain(PERSONAL);
    const logged = api.log.slice(before).join('');
    expect(logged).toContain('TypeError');
    expect(logged).not.toContain(PERSONAL);
  });

  it('has no body for HEAD', async () => {
    const answer = await api.request('/nowhere', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([404, '']);
    expect((await api.request('/things', { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a body', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['plain', { count: 1 }, {}],
    ['with a charset', { count: 1 }, { 'content-type': 'application/json; charset=UTF-8' }],
    ['gzip', gzipSync('{"count":1}'), { 'content-encoding': 'gzip' }],
    ['with a byte order mark', '\uFEFF{"count":1}', {}],
    ['identity', { count: 1 }, { 'content-encoding': 'identity' }],
  ])('is taken %s', async (_how, body, headers) => {
    expect(await put(body, headers)).toMatchObject({ status: 200, body: { body: { count: 1 } } });
  });

  it.each<[string, unknown, Record<string, string>, string]>([
    ['of another type', '<x/>', { 'content-type': 'text/xml' }, 'unsupported-media-type'],
    ['of lines', '{}', { 'content-type': 'application/x-ndjson' }, 'unsupported-media-type'],
    [
      'of another charset',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
      'unsupported-media-type',
    ],
    ['of another encoding', '{}', { 'content-encoding': 'br' }, 'unsupported-media-type'],
    ['of two encodings', '{}', { 'content-encoding': 'gzip, gzip' }, 'unsupported-media-type'],
    ['that is no gzip', '{"count":1}', { 'content-encoding': 'gzip' }, 'invalid-request'],
    [
      'of cut off gzip',
      gzipSync('{"count":1}').subarray(0, 15),
      { 'content-encoding': 'gzip' },
      'invalid-request',
    ],
    [
      'of cut off gzip and of another type',
      gzipSync('{"count":1}').subarray(0, 15),
      { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
      'unsupported-media-type',
    ],
    ['that is no JSON', `{"count":${PERSONAL}`, {}, 'invalid-json'],
    ['that is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 'invalid-json'],
    ['that is empty', '', {}, 'invalid-request'],
    ['over 10 MB', Buffer.alloc(10_000_001, ' '), {}, 'too-large'],
    [
      'over 10 MB once decompressed',
      gzipSync(Buffer.alloc(200_000_000)),
      { 'content-encoding': 'gzip' },
      'too-large',
    ],
    ['with a text for a number', { count: '1' }, {}, 'invalid-request'],
    ['with a text for a truth', { count: 1, on: 'true' }, {}, 'invalid-request'],
    ['with null for a number', { count: null }, {}, 'invalid-request'],
    ['with an unknown member', { count: 1, colour: PERSONAL }, {}, 'invalid-request'],
    ['with a member named __proto__', '{"count":1,"__proto__":{}}', {}, 'invalid-request'],
    ['without a member', {}, {}, 'invalid-request'],
  ])('is refused %s', async (_how, body, headers, code) => {
    const answer = await put(body, headers);
    expect(answer).toMatchObject({ body: { code } });
    expect(JSON.stringify(answer)).not.toContain(PERSONAL);
  });

  it('is refused with every fault named', async () => {
    expect(await put({ on: 1, colour: 'red' })).toMatchObject({
      status: 400,
      body: {
        fields: [
          { field: 'count', detail: 'is required' },
          { field: 'on', detail: 'must be true or false' },
          { field: 'colour', detail: 'is not known here' },
        ],
      },
    });
  });
});

it('answers with what no cache keeps and no browser takes for something else', async () => {
  for (const path of ['/things', '/nowhere']) {
    const { headers } = await api.request(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

describe('parameters', () => {
  it('are numbers where the schema has them', async () => {
    expect(await put({ count: 1 }, {}, '?limit=200')).toMatchObject({ body: { query: { limit: 200 } } });
  });

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=1.5',
    '?limit=1e1',
    '?limit=',
    '?limit=1&limit=2',
    '?after=',
    '?x=1',
  ])('are refused: %s', async (query) => {
    expect(await put({ count: 1 }, {}, query)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });

  it('of a path are percent-encoded, of up to 255 characters', async () => {
    const organisation = '😀/%'.repeat(85);
    const path = `/things/${encodeURIComponent(organisation)}/__proto__`;
    const answer = await api.request(path, { method: 'PUT', body: { count: 1 } });
    expect(answer.body).toMatchObject({ params: { organisation, department: '__proto__' } });
    const longer = `/things/${encodeURIComponent(organisation)}x/1`;
    expect(await api.request(longer, { method: 'PUT', body: { count: 1 } })).toMatchObject({ status: 400 });
  });
});

describe('a route', () => {
  it('that does not say who may call it is not added', async () => {
    const open: AddRoutes = (app) => app.get('/open', async () => ({ ok: true }));
    const forNobody: AddRoutes = (app) => app.get('/closed', { config: { roles: [] } }, async () => ({}));
    await expect(startApi(database.db, [open])).rejects.toThrow('GET /open does not say which roles');
    await expect(startApi(database.db, [forNobody])).rejects.toThrow('GET /closed does not say which roles');
  });

  it('is closed to other roles, for HEAD too', async () => {
    const operator = await keyOf(database.db, api, 'operator');
    for (const method of ['GET', 'HEAD']) {
      expect((await operator.request('/bug', { method })).status).toBe(403);
    }
  });
});

describe('the description', () => {
  it('needs no key and has every call', async () => {
    const answer = await api.request('/openapi.json', { headers: { authorization: '' } });
    expect(answer.body).toMatchObject({
      openapi: '3.1.0',
      paths: { '/things/{organisation}/{department}': { put: { requestBody: {}, 'x-roles': ['admin'] } } },
    });
  });
});

describe('without a database', () => {
  it('a request is to be repeated later', async () => {
    const away = new Database('postgresql://nobody@127.0.0.1:1/none', {
      connections: 1,
      onError: () => undefined,
    });
    const keyed = await startApi(database.db, [
      (app) => app.get('/rows', { config }, async () => away.query('select 1')),
    ]);
    const answer = await keyed.request('/rows');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await keyed.close();
    await away.close();
  });
});

describe('what is no HTTP request', () => {
  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}`, 431],
  ])('is answered and the connection closed: %s', async (_what, bytes, status) => {
    const socket = createConnection(Number(new URL(api.url).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await readText(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
  });
});
