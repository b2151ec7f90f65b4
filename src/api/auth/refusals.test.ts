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
    expect((await api.request('/v1/keys', { method: 'POST', body: {} })).status).toBe(400);
    expect(api.log).toEqual([]);
  });
});
