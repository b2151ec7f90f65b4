import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FAILED_TRIES } from '../../src/api/auth/authenticate.ts';
import { auditRoutes } from '../../src/api/routes/audit.ts';
import { healthRoutes } from '../../src/api/routes/health.ts';
import { keyRoutes } from '../../src/api/routes/keys.ts';
import { MAX_KEY_ENTITIES } from '../../src/domain/key.ts';
import { itemsOf, type Answer } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { ENTITY } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { keyOf } from '../support/keys.ts';

const here = async () => 'ok' as const;

let database: TestDatabase;
let api: TestApi;

// Each test has a service of its own: failed tries are counted by address, and all come from one.
beforeEach(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [keyRoutes, auditRoutes, healthRoutes({ database: here, queue: here })]);
});

afterEach(async () => {
  await api.close();
  await database.drop();
});

const post = async (path: string, body: unknown): Promise<Answer> =>
  api.request(path, { method: 'POST', body });
const withKey = async (key: unknown, path = '/v1/audit') =>
  api.request(path, { headers: { authorization: `Bearer ${String(key)}` } });

describe('a new key', () => {
  it('is shown once, and found again by what it begins with', async () => {
    const made = await post('/v1/keys', { name: 'Auditoria', role: 'auditor' });
    expect(made.status).toBe(201);
    const { key, ...view } = made.body;
    expect(key).toMatch(/^enc_[0-9a-f]{12}_[\w-]{43}$/);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(view).toMatchObject({
      name: 'Auditoria',
      role: 'auditor',
      status: 'active',
      entities: null,
      requestsPerMinute: 6_000,
      expiresAt: null,
      lastUsedAt: null,
    });
    expect((await api.request(made.headers.get('location') ?? '')).body).toEqual(view);
    const prefix = String(key).slice(0, 16);
    const list = await api.request(`/v1/keys?prefix=${prefix}`);
    expect(list.body).toEqual({ items: [view], next: null });
    const stored = await database.db.query(
      `select k::text, a::text from nt30.aoc_nt_claus k full join nt30.aoc_nt_auditoria a on a.clau = k.clau`,
    );
    expect(JSON.stringify(stored) + list.text).not.toContain(String(key).slice(17));
    expect((await withKey(key)).status).toBe(200);
  });

  it('of an integrator names its entities, and its own limit and end', async () => {
    const made = await post('/v1/keys', {
      name: 'GESTEXP',
      role: 'integrator',
      entities: [ENTITY, { organisation: '9900000002', department: 'Àrea 1' }, ENTITY],
      requestsPerMinute: 100,
      expiresAt: '2099-12-31T23:00:00.000+01:00',
    });
    expect(made.body).toMatchObject({
      entities: [ENTITY, { organisation: '9900000002', department: 'Àrea 1' }],
      requestsPerMinute: 100,
      expiresAt: '2099-12-31T22:00:00.000Z',
    });
  });

  it.each<[string, object, string]>([
    ['no name', { role: 'admin' }, 'name'],
    ['a name of two lines', { name: 'a\nb', role: 'admin' }, 'name'],
    ['an unknown role', { name: 'a', role: 'root' }, 'role'],
    ['an integrator without entities', { name: 'a', role: 'integrator' }, 'entities'],
    ['entities of another role', { name: 'a', role: 'operator', entities: [ENTITY] }, 'entities'],
    [
      'too many entities',
      { name: 'a', role: 'integrator', entities: Array(MAX_KEY_ENTITIES + 1).fill(ENTITY) },
      'entities',
    ],
    ['an end in the past', { name: 'a', role: 'admin', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an end without a zone', { name: 'a', role: 'admin', expiresAt: '2099-01-01T00:00:00' }, 'expiresAt'],
    ['a limit of none', { name: 'a', role: 'admin', requestsPerMinute: 0 }, 'requestsPerMinute'],
  ])('is refused with %s', async (_, body, field) => {
    expect(await post('/v1/keys', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', fields: [{ field }] },
    });
  });
});

describe('keys', () => {
  it('are listed newest first, by pages', async () => {
    for (const name of ['a', 'b', 'c']) await post('/v1/keys', { name, role: 'auditor' });
    const first = await api.request('/v1/keys?limit=2');
    expect(itemsOf(first.body.items).map(({ name }) => name)).toEqual(['c', 'b']);
    const second = await api.request(`/v1/keys?limit=2&after=${String(first.body.next)}`);
    expect(itemsOf(second.body.items).map(({ name }) => name)).toEqual(['a', 'ADMIN_KEY']);
    expect(second.body.next).toBeNull();
  });

  it.each(['prefix=enc_', 'prefix=x', 'after=x', 'role=admin'])(
    'are refused to be listed by %s',
    async (q) => {
      expect((await api.request(`/v1/keys?${q}`)).status).toBe(400);
    },
  );

  it.each([
    ['GET', '/v1/keys/x'],
    ['GET', '/v1/keys/00000000-0000-7000-8000-000000000000'],
    ['DELETE', '/v1/keys/00000000-0000-7000-8000-000000000000'],
    ['POST', '/v1/keys/00000000-0000-7000-8000-000000000000/rotate'],
  ])('that do not exist are a 404: %s %s', async (method, path) => {
    expect((await api.request(path, { method, ...(method === 'POST' ? { body: {} } : {}) })).status).toBe(
      404,
    );
  });
});

describe('a rotated key', () => {
  it('works on beside its successor, which is like it', async () => {
    const old = await keyOf(database.db, api, 'integrator', { entities: [ENTITY], requestsPerMinute: 7 });
    const next = await post(`/v1/keys/${old.id}/rotate`, { overlap: '1h' });
    expect(next).toMatchObject({
      status: 201,
      body: { role: 'integrator', entities: [ENTITY], requestsPerMinute: 7, rotatedFrom: old.id },
    });
    const { body: before } = await api.request(`/v1/keys/${old.id}`);
    expect(before).toMatchObject({ status: 'active', rotatedTo: next.body.id });
    const left = Date.parse(String(before.expiresAt)) - Date.now();
    expect(left).toBeGreaterThan(3_500_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    for (const key of [old.text, next.body.key]) expect((await withKey(key)).status).toBe(403);
  });

  it('ends at once where no overlap is wanted', async () => {
    const old = await keyOf(database.db, api, 'auditor');
    expect((await withKey(old.text)).status).toBe(200);
    await post(`/v1/keys/${old.id}/rotate`, { overlap: '0s' });
    expect((await withKey(old.text)).status).toBe(401);
  });

  it('gives its successor as long a life as it had, unless another end is asked for', async () => {
    const day = 86_400_000;
    const old = await keyOf(database.db, api, 'auditor', { expiresAt: Date.now() + 30 * day });
    const next = await post(`/v1/keys/${old.id}/rotate`, {});
    expect(Date.parse(String(next.body.expiresAt)) - Date.now()).toBeGreaterThan(29 * day);
    expect(Date.parse(String(next.body.expiresAt)) - Date.now()).toBeLessThanOrEqual(30 * day);
    const last = await post(`/v1/keys/${String(next.body.id)}/rotate`, { expiresAt: '2099-01-01T00:00:00Z' });
    expect(last.body.expiresAt).toBe('2099-01-01T00:00:00.000Z');
  });

  it('is rotated once, and not when it has ended', async () => {
    const old = await keyOf(database.db, api, 'auditor');
    const [a, b] = await Promise.all([1, 2].map(async () => post(`/v1/keys/${old.id}/rotate`, {})));
    expect(new Set([a?.status, b?.status])).toEqual(new Set([201, 409]));
    const gone = await keyOf(database.db, api, 'auditor');
    await api.request(`/v1/keys/${gone.id}`, { method: 'DELETE' });
    expect(await post(`/v1/keys/${gone.id}/rotate`, {})).toMatchObject({
      status: 409,
      body: { code: 'key-ended' },
    });
  });

  it.each([
    { overlap: '31d' },
    { overlap: 'soon' },
    { expiresAt: '2020-01-01T00:00:00Z' },
    { role: 'admin' },
  ])('is refused with %j', async (body) => {
    const old = await keyOf(database.db, api, 'auditor');
    expect((await post(`/v1/keys/${old.id}/rotate`, body)).status).toBe(400);
  });
});

describe('a revoked key', () => {
  it('opens nothing from then on, and stays in the list', async () => {
    const key = await keyOf(database.db, api, 'auditor');
    expect((await withKey(key.text)).status).toBe(200);
    for (let time = 0; time < 2; time += 1) {
      expect((await api.request(`/v1/keys/${key.id}`, { method: 'DELETE' })).status).toBe(204);
    }
    expect((await withKey(key.text)).status).toBe(401);
    expect((await api.request(`/v1/keys/${key.id}`)).body).toMatchObject({ status: 'revoked' });
    const audit = await api.request('/v1/audit?action=key-revoked');
    expect(itemsOf(audit.body.items)).toHaveLength(1);
  });

  it('is never the last administrator’s, though two revoke each other’s at once', async () => {
    const one = await keyOf(database.db, api, 'admin');
    const two = await keyOf(database.db, api, 'admin');
    await database.db.query(`update nt30.aoc_nt_claus set revocada = now() where nom = 'ADMIN_KEY'`);
    const answers = await Promise.all([
      one.request(`/v1/keys/${two.id}`, { method: 'DELETE' }),
      two.request(`/v1/keys/${one.id}`, { method: 'DELETE' }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(204);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    const usable = await database.db.query(
      `select from nt30.aoc_nt_claus where rol = 'admin' and revocada is null`,
    );
    expect(usable).toHaveLength(1);
    const left = statuses[0] === 204 ? one : two;
    expect(await left.request(`/v1/keys/${left.id}`, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'last-admin-key' },
    });
  });
});

describe('whoever has no key that works', () => {
  it('gets one answer, whatever the reason', async () => {
    const revoked = await keyOf(database.db, api, 'admin');
    await api.request(`/v1/keys/${revoked.id}`, { method: 'DELETE' });
    const expired = await keyOf(database.db, api, 'admin');
    await database.db.query('update nt30.aoc_nt_claus set caduca = now() where clau = $1', [expired.id]);
    const answers = [
      await api.request('/v1/keys', { headers: { authorization: '' } }),
      await api.request('/v1/keys', { headers: { authorization: 'Basic eDp5' } }),
      await withKey('wrong', '/v1/keys'),
      await withKey(`${revoked.text.slice(0, -1)}_`, '/v1/keys'),
      await withKey(revoked.text, '/v1/keys'),
      await withKey(expired.text, '/v1/keys'),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(answers[5]?.headers.get('ratelimit')).toBeNull();
  });

  it('may try a few times a minute from one address; keys that work are let through all the same', async () => {
    const known = await keyOf(database.db, api, 'auditor');
    expect((await known.request('/v1/audit')).status).toBe(200);
    const tries = await Promise.all(
      Array.from({ length: MAX_FAILED_TRIES }, async (_, n) => withKey(`wrong-${n}`)),
    );
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([401]));
    const refused = await withKey('wrong-again');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-failures' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await known.request('/v1/audit')).status).toBe(200);
    expect(api.log.filter((line) => line.includes('too many wrong keys'))).toHaveLength(1);
    expect(api.log.join('')).not.toContain('wrong-');
  });

  it('is told apart by the address that a trusted proxy names, and by no other', async () => {
    const behind = await startApi(database.db, [auditRoutes], { trustedProxies: ['127.0.0.1'] });
    const tryFrom = async (to: TestApi, address: string) =>
      to.request('/v1/audit', { headers: { authorization: 'Bearer wrong', 'x-forwarded-for': address } });
    for (let n = 0; n <= MAX_FAILED_TRIES; n += 1) {
      await tryFrom(behind, '192.0.2.1');
      await tryFrom(api, `192.0.2.${n}`);
    }
    expect((await tryFrom(behind, '192.0.2.1')).status).toBe(429);
    expect((await tryFrom(behind, '192.0.2.2')).status).toBe(401);
    expect((await tryFrom(api, '192.0.2.200')).status).toBe(429);
    await behind.close();
  });
});

describe('a key’s limit', () => {
  it('is told in each answer, and a request too many is refused', async () => {
    const key = await keyOf(database.db, api, 'auditor', { requestsPerMinute: 2 });
    const first = await key.request('/v1/audit');
    expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=2;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=1;t=(60|59)$/);
    const second = await key.request('/v1/keys');
    expect(second.status).toBe(403);
    expect(second.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=/);
    const third = await key.request('/v1/audit');
    expect(third).toMatchObject({
      status: 429,
      body: { code: 'quota-exceeded', 'violated-policies': ['requests'] },
    });
    const wait = /;t=(\d+)$/.exec(third.headers.get('ratelimit') ?? '')?.[1];
    expect(third.headers.get('retry-after')).toBe(wait);
    expect((await api.request('/v1/audit')).status).toBe(200);
  });

  it('does not concern what needs no key', async () => {
    const key = await keyOf(database.db, api, 'auditor', { requestsPerMinute: 1 });
    for (let time = 0; time < 3; time += 1) {
      const health = await key.request('/health/live');
      expect([health.status, health.headers.get('ratelimit')]).toEqual([200, null]);
    }
  });
});
