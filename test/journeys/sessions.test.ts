import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FAILED_TRIES } from '../../src/api/auth/authenticate.ts';
import { createSessions } from '../../src/api/auth/sessions.ts';
import { auditRoutes } from '../../src/api/routes/audit.ts';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { keyRoutes } from '../../src/api/routes/keys.ts';
import { itemsOf } from '../support/answers.ts';
import { startApi, type ApiRequest, type TestApi } from '../support/api.ts';
import { configuration, ENTITY } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { makeKey } from '../support/keys.ts';

const ROUTES = [keyRoutes, auditRoutes, entityRoutes];
const OWN = { 'enotum-console': '1' };

let database: TestDatabase;
let api: TestApi;

beforeEach(async () => {
  database = await createDatabase();
  api = await startApi(database.db, ROUTES);
});

afterEach(async () => {
  await api.close();
  await database.drop();
});

/** Sends a request without a key. */
const send = async (path: string, { headers = {}, ...request }: ApiRequest = {}, to: TestApi = api) =>
  to.request(path, { ...request, headers: { authorization: '', ...headers } });

const signIn = async (body: unknown, headers: Record<string, string> = OWN) =>
  send('/v1/session', { method: 'POST', body, headers });

/** Signs in; answers the cookie to send. */
async function cookieOf(body: unknown): Promise<string> {
  const { headers, status } = await signIn(body);
  expect(status).toBe(204);
  return headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

describe('a session', () => {
  it('is begun with a key, and stands for it', async () => {
    const { text, id } = await makeKey(database.db, 'auditor', { name: 'Auditoria' });
    const answer = await signIn({ key: text });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^enotum-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const cookie = await cookieOf({ key: text });
    const { body } = await send('/v1/session', { headers: { cookie } });
    expect(body.session).toMatchObject({
      name: 'Auditoria',
      role: 'auditor',
      entities: null,
      idleSeconds: 60,
    });
    expect((await send('/v1/audit', { headers: { cookie } })).status).toBe(200);
    expect((await send('/v1/keys', { headers: { cookie } })).body.code).toBe('forbidden');
    const rows = await database.db.query<{ key: string }>('select clau as key from nt30.aoc_nt_sessions');
    expect(rows).toEqual([{ key: id }, { key: id }]);
  });

  it('is Secure behind a proxy that is trusted and says https', async () => {
    const behind = await startApi(database.db, ROUTES, { trustedProxies: ['127.0.0.1'] });
    const { text } = await makeKey(database.db, 'operator');
    const { headers } = await send(
      '/v1/session',
      { method: 'POST', body: { key: text }, headers: { ...OWN, 'x-forwarded-proto': 'https' } },
      behind,
    );
    expect(headers.get('set-cookie')).toMatch(/^__Host-enotum-session=.*; Secure$/);
    await behind.close();
  });

  it('reads an integrator’s own entities alone, as its key says now', async () => {
    const put = async (path: string) =>
      api.request(path, { method: 'PUT', body: configuration('https://backoffice.example/r') });
    await put('/v1/entities/9900000001/1');
    await put('/v1/entities/9900000002/7');
    const { text } = await makeKey(database.db, 'integrator', { entities: [ENTITY] });
    const cookie = await cookieOf({ key: text });
    const { body } = await send('/v1/entities', { headers: { cookie } });
    expect(itemsOf(body.items)).toMatchObject([ENTITY]);
  });

  it('outlives a restart, and is of no other process’s memory', async () => {
    const { text } = await makeKey(database.db, 'operator');
    const cookie = await cookieOf({ key: text });
    const other = await startApi(database.db, ROUTES);
    expect((await send('/v1/entities', { headers: { cookie } }, other)).status).toBe(200);
    await other.close();
  });

  it('ends at once with its key, in every process', async () => {
    const { text, id } = await makeKey(database.db, 'operator');
    const cookie = await cookieOf({ key: text });
    const other = await startApi(database.db, ROUTES);
    expect((await send('/v1/entities', { headers: { cookie } }, other)).status).toBe(200);
    await api.request(`/v1/keys/${id}`, { method: 'DELETE' });
    const refused = await send('/v1/entities', { headers: { cookie } }, other);
    expect(refused).toMatchObject({ status: 401, body: { code: 'session-ended' } });
    // It may be what was under way while somebody signed in again: the browser's new cookie is not taken from it.
    expect(refused.headers.get('set-cookie')).toBeNull();
    const asked = await send('/v1/session', { headers: { cookie } }, other);
    expect(asked.body.session).toBeNull();
    expect(asked.headers.get('set-cookie')).toContain('Max-Age=0');
    await other.close();
  });

  it('ends when it is signed out of', async () => {
    const { text } = await makeKey(database.db, 'operator');
    const cookie = await cookieOf({ key: text });
    expect((await send('/v1/session', { method: 'DELETE', headers: { cookie, ...OWN } })).status).toBe(204);
    expect((await send('/v1/entities', { headers: { cookie } })).status).toBe(401);
    expect((await send('/v1/session', { headers: { cookie } })).body.session).toBeNull();
  });

  it('ends when nobody is at it: what a page asks by itself does not keep it', async () => {
    const { text } = await makeKey(database.db, 'operator');
    const cookie = await cookieOf({ key: text });
    const unseen = async (seconds: number) =>
      database.db.query(
        `update nt30.aoc_nt_sessions set vista = clock_timestamp() - $1 * interval '1 second'`,
        [seconds],
      );
    await unseen(50);
    expect((await send('/v1/entities', { headers: { cookie, 'enotum-unattended': '1' } })).status).toBe(200);
    const [before] = await database.db.query<{ seconds: number }>(SECONDS_UNSEEN);
    expect(before?.seconds).toBeGreaterThanOrEqual(50);
    expect((await send('/v1/entities', { headers: { cookie } })).status).toBe(200);
    const [after] = await database.db.query<{ seconds: number }>(SECONDS_UNSEEN);
    expect(after?.seconds).toBeLessThan(30);
    await unseen(61);
    expect((await send('/v1/entities', { headers: { cookie } })).status).toBe(401);
  });

  it('ends after its time, however busy it is', async () => {
    const { text } = await makeKey(database.db, 'operator');
    const cookie = await cookieOf({ key: text });
    await database.db.query('update nt30.aoc_nt_sessions set fi = clock_timestamp()');
    expect((await send('/v1/entities', { headers: { cookie } })).status).toBe(401);
  });

  it('changes nothing for a page of another origin', async () => {
    const { text } = await makeKey(database.db, 'admin');
    const cookie = await cookieOf({ key: text });
    const make = async (headers: Record<string, string>) =>
      send('/v1/keys', {
        method: 'POST',
        body: { name: 'n', role: 'auditor' },
        headers: { cookie, ...headers },
      });
    expect((await make({})).body.code).toBe('not-from-console');
    expect((await make({ ...OWN, 'sec-fetch-site': 'same-site' })).body.code).toBe('not-from-console');
    expect((await make({ ...OWN, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await signIn({ key: text }, {})).body.code).toBe('not-from-console');
  });

  it('is no key’s where a person has none, and takes the role and entities given', async () => {
    const sessions = createSessions(database.db, 60_000);
    const id = '01932f1e-7c1a-7000-8000-000000000001';
    const person = { id, name: 'Persona Inventada', role: 'integrator', scope: [ENTITY], key: null } as const;
    const token = await sessions.open(person, { by: 'provider', network: '192.0.2.0/24' });
    const { body } = await send('/v1/session', { headers: { cookie: `enotum-session=${token}` } });
    expect(body.session).toMatchObject({ name: 'Persona Inventada', entities: [ENTITY] });
  });
});

const SECONDS_UNSEEN = `select extract(epoch from clock_timestamp() - vista)::float8 as seconds from nt30.aoc_nt_sessions`;

describe('the audit trail of sessions', () => {
  const trail = async () =>
    itemsOf((await api.request('/v1/audit')).body.items)
      .filter(({ action }) => String(action).startsWith('sign'))
      .map(({ action, by, detail }) => ({ action, by, detail }));

  it('has who came in, how and from which network, and who went', async () => {
    const { text, id } = await makeKey(database.db, 'operator', { name: 'Operadora' });
    const cookie = await cookieOf({ key: text });
    await send('/v1/session', { method: 'DELETE', headers: { ...OWN, cookie } });
    // A session that has ended ends no second time.
    await send('/v1/session', { method: 'DELETE', headers: { ...OWN, cookie } });
    const by = { key: id, name: 'Operadora' };
    expect(await trail()).toEqual([
      { action: 'signed-out', by, detail: {} },
      { action: 'signed-in', by, detail: { by: 'key', network: '127.0.0.0/24', role: 'operator' } },
    ]);
  });

  it('has what came to nothing and why, without what was tried', async () => {
    await signIn({ key: 'enc_wrong' });
    await signIn({ code: 'wrong' });
    const { text, id } = await makeKey(database.db, 'backend', { name: 'eNOTUM' });
    await signIn({ key: text });
    const network = '127.0.0.0/24';
    expect(await trail()).toEqual([
      {
        action: 'sign-in-failed',
        by: { key: id, name: 'eNOTUM' },
        detail: { by: 'key', network, code: 'forbidden' },
      },
      {
        action: 'sign-in-failed',
        by: { key: null, name: 'unknown' },
        detail: { by: 'link', network, code: 'sign-in-link-ended' },
      },
      {
        action: 'sign-in-failed',
        by: { key: null, name: 'unknown' },
        detail: { by: 'key', network, code: 'unauthenticated' },
      },
    ]);
  });
});

describe('signing in', () => {
  it('is refused to wrong keys, which count among the failed tries of an address', async () => {
    const { text } = await makeKey(database.db, 'operator');
    for (let tries = 0; tries < MAX_FAILED_TRIES; tries += 1) {
      expect((await signIn({ key: `enc_wrong_${tries}` })).status).toBe(401);
    }
    expect((await signIn({ key: 'enc_wrong' })).body.code).toBe('too-many-failures');
    expect((await signIn({ code: 'wrong' })).body.code).toBe('too-many-failures');
    expect((await send('/v1/entities', { headers: { authorization: `Bearer ${text}` } })).body.code).toBe(
      'too-many-failures',
    );
  });

  it('is refused to a back end, for which the console has nothing', async () => {
    const { text } = await makeKey(database.db, 'backend');
    expect((await signIn({ key: text })).body.code).toBe('forbidden');
  });

  it('is by a link once', async () => {
    const { body, status } = await api.request('/v1/session/links', { method: 'POST' });
    expect(status).toBe(201);
    const code = String(body.path).replace('enter#', '');
    await cookieOf({ code });
    expect((await signIn({ code })).body.code).toBe('sign-in-link-ended');
  });

  it('is by no link that is older than 10 minutes, or whose key was revoked', async () => {
    const late = await api.request('/v1/session/links', { method: 'POST' });
    await database.db.query('update nt30.aoc_nt_enllacos_entrada set fi = clock_timestamp()');
    expect((await signIn({ code: String(late.body.path).replace('enter#', '') })).status).toBe(401);
    const { text, id } = await makeKey(database.db, 'operator');
    const made = await api.request('/v1/session/links', {
      method: 'POST',
      headers: { authorization: `Bearer ${text}` },
    });
    await api.request(`/v1/keys/${id}`, { method: 'DELETE' });
    expect((await signIn({ code: String(made.body.path).replace('enter#', '') })).status).toBe(401);
  });

  it('takes a key or a code, and nothing else', async () => {
    expect((await signIn({ key: 'a', code: 'b' })).status).toBe(400);
    expect((await signIn({})).status).toBe(400);
  });
});

it('asks the database nothing more of requests with a key', async () => {
  await api.request('/v1/entities');
  const { statements } = database.db.counters;
  await api.request('/v1/entities', { headers: { cookie: 'enotum-session=x' } });
  const withKey = database.db.counters.statements - statements;
  await api.request('/v1/entities');
  expect(database.db.counters.statements - statements - withKey).toBe(withKey);
});
