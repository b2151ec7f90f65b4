import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.ts';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { createKey } from '../../store/keys-managed.ts';
import { keyRoutes } from '../routes/keys.ts';

let database: TestDatabase;
let api: TestApi;
let key: { readonly id: string; readonly text: string };

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  api = await startApi(database.db, [keyRoutes]);
  const { view, text } = await createKey(
    database.db,
    {
      name: 'Persona Inventada',
      role: 'backend',
      entities: [],
      requestsPerMinute: null,
      expiresAt: null,
      certificate: null,
    },
    { id: null, name: 'test' },
  );
  key = { id: view.id, text };
  return async () => api.close();
});

afterAll(async () => database.drop());

async function refused(path: string, times = 1): Promise<unknown[]> {
  for (let left = times; left > 0; left -= 1) {
    const answer = await api.request(path, { headers: { authorization: `Bearer ${key.text}` } });
    expect(answer.status).toBe(403);
  }
  return api.log.map((line): unknown => JSON.parse(line));
}

describe('a call that is refused', () => {
  it('is logged with the key’s id and the call’s pattern, and nothing that was sent', async () => {
    const lines = await refused('/v1/keys/0192f0c4-0000-7000-8000-00000000abcd?secret=1');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 40,
      key: key.id,
      role: 'backend',
      call: 'GET /v1/keys/:id',
      code: 'forbidden',
      msg: 'a call was refused',
    });
    expect(api.log.join('')).not.toMatch(/abcd|secret|Persona/);
  });

  it('is logged ten times a minute for each key, and once that there are more', async () => {
    const lines = await refused('/v1/keys', 25);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toMatchObject({ key: key.id, msg: expect.stringContaining('further ones') });
  });

  it('of the console’s that did not come from it is logged by its network', async () => {
    const answer = await api.request('/v1/session', { method: 'POST', body: { key: 'x' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-from-console' } });
    expect(api.log.map((line): unknown => JSON.parse(line))).toMatchObject([
      { network: '127.0.0.0/24', call: 'POST /v1/session', code: 'not-from-console' },
    ]);
  });

  it('is not logged where it is another refusal', async () => {
    expect((await api.request('/v1/nothing')).status).toBe(404);
    expect(api.log).toEqual([]);
  });
});

describe('who is not let in', () => {
  const logged = () => api.log.map((line): unknown => JSON.parse(line));
  const network = '127.0.0.0/24';
  const msg = 'a key, a link or a session was not valid';

  it('is logged by their network and the call, without what they showed', async () => {
    const own = { authorization: '', 'enotum-console': '1' };
    const cookie = `enotum-session=${'secret'.padEnd(43, 'x')}`;
    const signIn = async (body: unknown) =>
      api.request('/v1/session', { method: 'POST', headers: own, body });
    await api.request('/v1/keys/0192f0c4?secret=1', { headers: { authorization: 'Bearer enc_secret' } });
    await api.request('/v1/keys', { headers: { ...own, cookie } });
    await signIn({ key: 'enc_secret' });
    await signIn({ code: 'secret' });
    expect(logged()).toMatchObject([
      { level: 40, network, call: 'GET /v1/keys/:id', code: 'unauthenticated', msg },
      { level: 40, network, call: 'GET /v1/keys', code: 'session-ended', msg },
      { level: 40, network, call: 'POST /v1/session', code: 'unauthenticated', msg },
      { level: 40, network, call: 'POST /v1/session', code: 'sign-in-link-ended', msg },
    ]);
    expect(api.log.join('')).not.toMatch(/secret|0192f0c4/);
  });

  it('is logged ten times a minute for each network, and leaves room for other refusals', async () => {
    for (let left = 15; left > 0; left -= 1) {
      await api.request('/v1/keys', { headers: { authorization: 'Bearer enc_wrong' } });
    }
    expect(logged()).toHaveLength(11);
    expect(logged().at(-1)).toMatchObject({ network, msg: expect.stringContaining('further ones') });
    await api.request('/v1/session', { method: 'POST', body: { key: 'x' } });
    expect(logged()).toHaveLength(12);
  });
});

it('a request that is not valid is logged as information, without what it held', async () => {
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => log.push(line) });
  const talkative = await startApi(database.db, [keyRoutes], { logger });
  const answer = await talkative.request('/v1/keys', { method: 'POST', body: { secret: 'Persona' } });
  await talkative.close();
  expect(answer.status).toBe(400);
  const lines = log.map((line): unknown => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 30,
      role: 'admin',
      call: 'POST /v1/keys',
      code: 'invalid-request',
      msg: 'a request was not valid',
    }),
  );
  expect(log.join('')).not.toMatch(/secret|Persona/);
});
