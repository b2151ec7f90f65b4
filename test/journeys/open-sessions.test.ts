import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSessions } from '../../src/api/auth/sessions.ts';
import { auditRoutes } from '../../src/api/routes/audit.ts';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import type { KeyRole } from '../../src/domain/key.ts';
import { itemsOf } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { ENTITY } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { makeKey } from '../support/keys.ts';

const ROUTES = [auditRoutes, entityRoutes];
const PERSON = '4f1b6a52-7c1a-8000-8000-000000000001';
const NOWHERE = '00000000-0000-7000-8000-000000000000';

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

/** Makes calls with a session, as the console does. */
function callsOf(cookie: string) {
  return async (method: string, path: string, headers: Readonly<Record<string, string>> = {}, to = api) =>
    to.request(path, { method, headers: { authorization: '', cookie, 'enotum-console': '1', ...headers } });
}

/** Signs in with a key, or with a link that it makes. */
async function signIn(text: string, by: 'key' | 'link' = 'key') {
  const authorization = `Bearer ${text}`;
  const link =
    by === 'key'
      ? null
      : await api.request('/v1/session/links', { method: 'POST', headers: { authorization } });
  const body = link === null ? { key: text } : { code: String(link.body.path).replace('enter#', '') };
  const headers = { authorization: '', 'enotum-console': '1' };
  const answer = await api.request('/v1/session', { method: 'POST', body, headers });
  expect(answer.status).toBe(204);
  return callsOf(answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '');
}

async function signInAs(role: KeyRole, name: string) {
  const entities = role === 'integrator' ? [ENTITY] : [];
  const { id, text } = await makeKey(database.db, role, { name, entities });
  return { id, text, call: await signIn(text) };
}

/** Signs in a person whom a provider of identity proved. */
async function personSignsIn(role: 'admin' | 'operator' = 'operator') {
  const person = { id: PERSON, name: 'Persona Inventada', role, scope: null, key: null };
  const network = '192.0.2.0/24';
  const token = await createSessions(database.db, 60_000).open(person, { by: 'provider', network });
  return { token, call: callsOf(`enotum-session=${token}`) };
}

const list = async (query = '') => itemsOf((await api.request(`/v1/sessions${query}`)).body.items);

const endedInTrail = async () =>
  itemsOf((await api.request('/v1/audit?action=session-ended')).body.items).map(({ by, key, detail }) => ({
    by,
    key,
    detail,
  }));

describe('an administrator', () => {
  it('sees every session that lives, newest first, and nothing that opens one', async () => {
    const auditor = await signInAs('auditor', 'Auditoria');
    await signIn(auditor.text, 'link');
    const { token } = await personSignsIn();
    const answer = await api.request('/v1/sessions');
    const shown = itemsOf(answer.body.items);
    expect(shown).toMatchObject([
      { holder: PERSON, name: 'Persona Inventada', role: 'operator', by: 'provider', isCurrent: false },
      { holder: auditor.id, name: 'Auditoria', role: 'auditor', by: 'link', isCurrent: false },
      { holder: auditor.id, name: 'Auditoria', role: 'auditor', by: 'key', isCurrent: false },
    ]);
    const members = ['by', 'createdAt', 'endsAt', 'holder', 'id', 'isCurrent', 'lastUsedAt', 'name', 'role'];
    for (const session of shown) {
      expect(Object.keys(session).sort()).toEqual(members);
      const lifeMs = Date.parse(String(session.endsAt)) - Date.parse(String(session.createdAt));
      expect(lifeMs).toBe(12 * 3_600_000);
    }
    expect(answer.text).not.toMatch(/192\.0\.2|127\.0\.0/);
    const [row] = await database.db.query<{ digest: string }>(
      `select encode(sessio, 'hex') as digest from nt30.aoc_nt_sessions where titular = $1`,
      [PERSON],
    );
    expect(answer.text).not.toContain(token);
    expect(answer.text).not.toContain(row?.digest);
  });

  it('sees those of one person, its own, and page by page', async () => {
    const admin = await signInAs('admin', 'Administradora');
    await personSignsIn();
    await personSignsIn();
    expect(await list(`?holder=${PERSON}`)).toHaveLength(2);
    const own = itemsOf((await admin.call('GET', '/v1/sessions?own=true')).body.items);
    expect(own).toMatchObject([{ holder: admin.id, isCurrent: true }]);
    const first = (await api.request('/v1/sessions?limit=2')).body;
    const rest = (await api.request(`/v1/sessions?limit=2&after=${String(first.next)}`)).body;
    expect([...itemsOf(first.items), ...itemsOf(rest.items)]).toEqual(await list());
    expect(rest.next).toBeNull();
    expect((await api.request('/v1/sessions?holder=x')).body.code).toBe('invalid-request');
    expect((await api.request('/v1/sessions?after=x')).body.code).toBe('invalid-request');
  });

  it('ends a person’s session: the next call is refused, in every process, and the trail has it', async () => {
    const person = await personSignsIn();
    const other = await personSignsIn();
    const elsewhere = await startApi(database.db, ROUTES);
    expect((await person.call('GET', '/v1/entities', {}, elsewhere)).status).toBe(200);
    const [, older] = await list();
    const path = `/v1/sessions/${String(older?.id)}`;
    expect((await api.request(path, { method: 'DELETE' })).status).toBe(204);
    const refused = await person.call('GET', '/v1/entities', {}, elsewhere);
    expect(refused).toMatchObject({ status: 401, body: { code: 'session-ended' } });
    expect((await other.call('GET', '/v1/entities')).status).toBe(200);
    // What has ended ends no second time.
    expect((await api.request(path, { method: 'DELETE' })).status).toBe(404);
    expect(await endedInTrail()).toMatchObject([
      {
        by: { name: 'ADMIN_KEY' },
        key: null,
        detail: { name: 'Persona Inventada', role: 'operator', holder: PERSON },
      },
    ]);
    await elsewhere.close();
  });

  it('ends all of who leaves, and nobody else’s', async () => {
    const sessions = [await personSignsIn(), await personSignsIn()];
    const stays = await signInAs('operator', 'Operadora');
    const answer = await api.request(`/v1/sessions?holder=${PERSON}`, { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const { call } of sessions) expect((await call('GET', '/v1/entities')).status).toBe(401);
    expect((await stays.call('GET', '/v1/entities')).status).toBe(200);
    expect(await endedInTrail()).toHaveLength(2);
    expect((await api.request('/v1/sessions', { method: 'DELETE' })).body.code).toBe('invalid-request');
  });

  it('is shown none that has ended by itself, or with its key', async () => {
    await signInAs('operator', 'Operadora');
    const [{ id } = {}] = await list();
    await database.db.query(`update nt30.aoc_nt_sessions set vista = vista - interval '61 seconds'`);
    expect(await list()).toEqual([]);
    expect((await api.request(`/v1/sessions/${String(id)}`, { method: 'DELETE' })).status).toBe(404);
    const { text } = await makeKey(database.db, 'auditor');
    await signIn(text);
    await database.db.query(
      `update nt30.aoc_nt_claus set revocada = clock_timestamp() where rol = 'auditor'`,
    );
    expect(await list()).toEqual([]);
  });
});

describe('who is no administrator', () => {
  it.each(['operator', 'auditor', 'integrator'] as const)(
    'sees and ends, as %s, its own sessions alone',
    async (role) => {
      const mine = await signInAs(role, 'Meva');
      const elsewhere = await signIn(mine.text);
      const other = await signInAs(role, 'D’un altre');
      const seen = itemsOf((await mine.call('GET', '/v1/sessions')).body.items);
      expect(seen).toMatchObject([
        { holder: mine.id, isCurrent: false },
        { holder: mine.id, isCurrent: true },
      ]);
      expect((await mine.call('GET', `/v1/sessions?own=false&holder=${other.id}`)).body.items).toEqual([]);

      const foreign = (await list(`?holder=${other.id}`))[0]?.id;
      const refused = await mine.call('DELETE', `/v1/sessions/${String(foreign)}`);
      const missing = await mine.call('DELETE', `/v1/sessions/${NOWHERE}`);
      expect([refused.status, refused.body]).toEqual([404, missing.body]);
      expect((await mine.call('DELETE', `/v1/sessions?holder=${other.id}`)).body).toEqual({ ended: 0 });
      expect((await other.call('GET', '/v1/entities')).status).toBe(200);

      expect((await mine.call('DELETE', `/v1/sessions/${String(seen[0]?.id)}`)).status).toBe(204);
      expect((await elsewhere('GET', '/v1/entities')).status).toBe(401);
      expect((await mine.call('GET', '/v1/entities')).status).toBe(200);
      const who = { by: { key: mine.id, name: 'Meva' }, key: mine.id, detail: { name: 'Meva', role } };
      expect(await endedInTrail()).toEqual([who]);
    },
  );

  it('ends none from a page of another origin', async () => {
    const { call } = await signInAs('operator', 'Operadora');
    const [{ id } = {}] = await list();
    const from = { 'sec-fetch-site': 'cross-site' };
    expect((await call('DELETE', `/v1/sessions/${String(id)}`, from)).body.code).toBe('not-from-console');
    expect(await list()).toHaveLength(1);
  });

  it('is told of no session by a key that brings its cookie: the key asks', async () => {
    const { call, text } = await signInAs('operator', 'Operadora');
    const { body } = await call('GET', '/v1/sessions', { authorization: `Bearer ${text}` });
    expect(itemsOf(body.items)).toMatchObject([{ isCurrent: false }]);
  });
});

it('sessions from before ids were shown keep them and their order', async () => {
  const file = new URL('../../migrations/0017_sessions_shown.sql', import.meta.url);
  await signInAs('operator', 'Operadora');
  await personSignsIn();
  const before = await list();
  await database.db.query('alter table nt30.aoc_nt_sessions drop column identificador, drop column entrada');
  await database.db.query(await readFile(file, 'utf8'));
  const after = await list();
  const named = (rows: typeof before) => rows.map(({ name, by }) => ({ name, by }));
  expect(named(after)).toEqual(named(before));
});
