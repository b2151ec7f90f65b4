import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRoutes } from '../../src/api/routes/audit.ts';
import { keyRoutes } from '../../src/api/routes/keys.ts';
import { itemsOf } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { makeKey } from '../support/keys.ts';

const OWN = { authorization: '', 'enotum-console': '1' };
const NEW_KEY = { name: 'Nova', role: 'auditor' };

let database: TestDatabase;
let api: TestApi;

beforeEach(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [keyRoutes, auditRoutes]);
});

afterEach(async () => {
  await api.close();
  await database.drop();
});

/** Signs in with a key, and makes calls with the session. */
async function signIn(key: string) {
  let cookie = '';
  const call = async (method: string, path: string, body?: unknown) =>
    api.request(path, { method, headers: { ...OWN, cookie }, ...(body === undefined ? {} : { body }) });
  const enter = async (body: unknown) => {
    const answer = await call('POST', '/v1/session', body);
    cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
    return answer;
  };
  expect((await enter({ key })).status).toBe(204);
  return { call, enter, cookie: () => cookie };
}

async function administrator() {
  const { id, text } = await makeKey(database.db, 'admin', { name: 'Administradora' });
  return { id, text, ...(await signIn(text)) };
}

/** Has all sign-ins be so much older. */
const age = async (interval: string) =>
  database.db.query('update nt30.aoc_nt_sessions set provada = provada - $1::interval', [interval]);

async function sessionsOf(holder: string) {
  return itemsOf((await api.request(`/v1/sessions?holder=${holder}`)).body.items);
}

/** What must not change where it is refused. */
async function state() {
  const rows = async (table: string) => {
    const [row] = await database.db.query<{ all: string }>(
      `select coalesce(json_agg(t order by t::text), '[]')::text as all from nt30.${table} t`,
    );
    return row?.all;
  };
  // Uses of keys are noted by themselves.
  await database.db.query('update nt30.aoc_nt_claus set darrer_us = null');
  await database.db.query(`update nt30.aoc_nt_sessions set vista = inici`);
  return Promise.all(['aoc_nt_claus', 'aoc_nt_sessions', 'aoc_nt_enllacos_entrada'].map(rows));
}

describe('what gives or takes access', () => {
  it('is done by a session whose holder has just signed in', async () => {
    const admin = await administrator();
    const other = await makeKey(database.db, 'operator');
    await age('14 minutes 50 seconds');
    expect((await admin.call('POST', '/v1/keys', NEW_KEY)).status).toBe(201);
    expect((await admin.call('POST', `/v1/keys/${other.id}/rotate`, null)).status).toBe(201);
    expect((await admin.call('DELETE', `/v1/keys/${other.id}`)).status).toBe(204);
    expect((await admin.call('POST', '/v1/session/links')).status).toBe(201);
    expect((await admin.call('DELETE', `/v1/sessions?holder=${other.id}`)).status).toBe(200);
  });

  it.each([
    ['too long ago', `provada - interval '15 minutes'`],
    ['at no known moment', 'null'],
  ])('is refused to one whose holder proved who they are %s, and nothing changes', async (_, provada) => {
    const admin = await administrator();
    const other = await makeKey(database.db, 'operator');
    await signIn(other.text);
    const [session] = await sessionsOf(other.id);
    await database.db.query(`update nt30.aoc_nt_sessions set provada = ${provada}`);
    const before = await state();
    for (const [method, path, body] of [
      ['POST', '/v1/keys', NEW_KEY],
      ['POST', `/v1/keys/${other.id}/rotate`, null],
      ['DELETE', `/v1/keys/${other.id}`],
      ['POST', '/v1/session/links'],
      ['DELETE', `/v1/sessions?holder=${other.id}`],
      ['DELETE', `/v1/sessions/${String(session?.id)}`],
    ] as const) {
      const answer = await admin.call(method, path, body);
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, body: { code: 'sign-in-again' } });
    }
    expect(await state()).toEqual(before);
    // What gives and takes nothing goes on.
    expect((await admin.call('GET', '/v1/keys')).status).toBe(200);
    expect((await admin.call('GET', '/v1/sessions')).status).toBe(200);
  });

  it('is no session’s affair where a key asks, whatever cookie it brings', async () => {
    const { text, cookie } = await administrator();
    await age('1 hour');
    const headers = { cookie: cookie(), authorization: `Bearer ${text}` };
    const made = await api.request('/v1/keys', { method: 'POST', headers, body: NEW_KEY });
    expect(made.status).toBe(201);
  });

  it('says so in the description of each such call, and of no other', async () => {
    const { body } = await api.request('/openapi.json');
    const calls = Object.entries(Object(body.paths)).flatMap(([path, methods]) =>
      Object.entries(Object(methods))
        .filter(([, operation]) => JSON.stringify(operation).includes('sign-in-again'))
        .map(([method]) => `${method} ${path}`),
    );
    expect(calls.sort()).toEqual([
      'delete /v1/keys/{id}',
      'delete /v1/sessions',
      'delete /v1/sessions/{id}',
      'post /v1/keys',
      'post /v1/keys/{id}/rotate',
      'post /v1/session/links',
    ]);
  });
});

describe('one’s own session', () => {
  it('can always be ended: by signing out, and by its id', async () => {
    const { id, text, call } = await administrator();
    const second = await signIn(text);
    await age('1 hour');
    const [mine] = itemsOf((await second.call('GET', '/v1/sessions')).body.items).filter(
      ({ isCurrent }) => isCurrent === true,
    );
    expect((await second.call('DELETE', `/v1/sessions/${String(mine?.id)}`)).status).toBe(204);
    expect((await call('DELETE', '/v1/session')).status).toBe(204);
    expect(await sessionsOf(id)).toEqual([]);
  });
});

describe('signing in again', () => {
  it('takes the place of the session, which may then give access', async () => {
    const admin = await administrator();
    await age('1 hour');
    expect((await admin.enter({ key: admin.text, again: true })).status).toBe(204);
    expect(await sessionsOf(admin.id)).toHaveLength(1);
    expect((await admin.call('POST', '/v1/keys', NEW_KEY)).status).toBe(201);
  });

  it('is by the session’s own key alone, however much another may; the session stays as it was', async () => {
    const admin = await administrator();
    const other = await makeKey(database.db, 'admin', { name: 'Una altra' });
    await age('1 hour');
    const refused = await admin.enter({ key: other.text, again: true });
    expect(refused).toMatchObject({ status: 403, body: { code: 'other-holder' } });
    expect((await admin.enter({ key: 'enc_wrong', again: true })).body.code).toBe('unauthenticated');
    expect((await admin.call('GET', '/v1/session')).body.session).toMatchObject({ name: 'Administradora' });
    expect((await admin.call('POST', '/v1/keys', NEW_KEY)).body.code).toBe('sign-in-again');
    expect(await sessionsOf(other.id)).toEqual([]);
    const trail = itemsOf((await api.request('/v1/audit?action=sign-in-failed')).body.items);
    expect(trail.map(({ by, detail }) => ({ by, detail }))).toMatchObject([
      { by: { key: null }, detail: { code: 'unauthenticated' } },
      { by: { key: other.id }, detail: { code: 'other-holder' } },
    ]);
  });

  it('is for who came by a link by the key that made it', async () => {
    const { id, text } = await makeKey(database.db, 'admin');
    const headers = { authorization: `Bearer ${text}` };
    const link = await api.request('/v1/session/links', { method: 'POST', headers });
    const browser = await signIn(text);
    await browser.enter({ code: String(link.body.path).replace('enter#', '') });
    expect((await browser.call('GET', '/v1/session')).body.session).toMatchObject({ by: 'link' });
    await age('1 hour');
    expect((await browser.call('POST', '/v1/session/links')).body.code).toBe('sign-in-again');
    await browser.enter({ key: text, again: true });
    expect((await browser.call('POST', '/v1/session/links')).status).toBe(201);
    expect(await sessionsOf(id)).toHaveLength(1);
  });

  it('is refused where the session has ended meanwhile', async () => {
    const admin = await administrator();
    await api.request(`/v1/sessions?holder=${admin.id}`, { method: 'DELETE' });
    const refused = await admin.enter({ key: admin.text, again: true });
    expect(refused).toMatchObject({ status: 401, body: { code: 'session-ended' } });
  });
});

it('counts sessions from before as proved when they began', async () => {
  const file = new URL('../../migrations/0018_sessions_proved.sql', import.meta.url);
  await administrator();
  await database.db.query('alter table nt30.aoc_nt_sessions drop column provada');
  await database.db.query(await readFile(file, 'utf8'));
  const rows = await database.db.query<{ same: boolean }>(
    'select provada = inici as same from nt30.aoc_nt_sessions',
  );
  expect(rows).toEqual([{ same: true }]);
});
