import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type ApiRequest, type TestApi } from '../../../test/support/api.ts';
import { change, configuration } from '../../../test/support/changes.ts';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { itemsOf } from '../../../test/support/answers.ts';
import { createIntake } from '../../delivery/intake/intake.ts';
import { isUuid } from '../../domain/uuid.ts';
import { entityRoutes } from './entities.ts';
import { stateChangeRoutes } from './state-changes.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  const intake = createIntake({
    db: database.db,
    wake: () => undefined,
    relay: null,
    givesWay: false,
  });
  api = await startApi(database.db, [entityRoutes, stateChangeRoutes], { intake });
  await api.request('/v1/entities/9900000001/1', {
    method: 'PUT',
    body: configuration('https://backoffice.example/reports'),
  });
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const NDJSON = { 'content-type': 'application/x-ndjson' };
const submit = async (body: unknown, headers: ApiRequest['headers'] = {}) =>
  api.request('/v1/state-changes', { method: 'POST', body, headers });
const lines = (changes: readonly unknown[]): string => changes.map((each) => JSON.stringify(each)).join('\n');

let lastNotification = 0;
function notification(): string {
  lastNotification += 1;
  return String(lastNotification);
}

describe('POST /v1/state-changes', () => {
  it('takes one and says which delivery it caused', async () => {
    const answer = await submit(change({ id: 'one', notification: notification() }));
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 0 } });
    const [result] = itemsOf(answer.body.results);
    expect(result).toEqual({ id: 'one', deliveryId: expect.any(String) });
    expect(isUuid(String(result?.deliveryId))).toBe(true);
  });

  it('says why no callback is due', async () => {
    const answer = await submit(
      lines([
        change({ id: 'r1', notification: notification(), state: 'REGISTRADA' }),
        change({ id: 'r2', notification: notification(), origin: 'EACAT' }),
        change({ id: 'r3', notification: notification(), entity: { organisation: '0', department: '0' } }),
      ]),
      NDJSON,
    );
    expect(answer.body).toEqual({
      accepted: 3,
      duplicates: 0,
      results: [
        { id: 'r1', deliveryId: null, reason: 'state-without-callback' },
        { id: 'r2', deliveryId: null, reason: 'not-by-integration' },
        { id: 'r3', deliveryId: null, reason: 'entity-unknown' },
      ],
    });
  });

  it('answers a repeat, in the batch too, with the first result', async () => {
    const one = change({ id: 'twice', notification: notification() });
    const first = await submit(lines([one, one]), NDJSON);
    expect(first).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 1 } });
    const again = await submit(one);
    expect(again.body).toMatchObject({ accepted: 0, duplicates: 1 });
    const [result, repeat] = itemsOf(first.body.results);
    expect(repeat).toEqual(result);
    expect(itemsOf(again.body.results)).toEqual([result]);
  });

  it('takes a batch of 1,000, compressed', async () => {
    const batch = Array.from({ length: 1_000 }, () => change({ notification: notification() }));
    const answer = await submit(gzipSync(lines(batch)), { ...NDJSON, 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1_000, duplicates: 0 } });
  });

  it('takes all of a batch or nothing', async () => {
    const good = change({ id: 'good', notification: notification() });
    const answer = await submit(lines([good, { ...change(), state: '' }]), NDJSON);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', lines: [{ line: 2, code: 'invalid-request', field: 'state' }] },
    });
    expect((await submit(good)).body).toMatchObject({ accepted: 1, duplicates: 0 });
  });

  it.each<[string, unknown, ApiRequest['headers'], number, string]>([
    ['no lines', '\n\n', NDJSON, 400, 'no-lines'],
    ['no body of lines', '', NDJSON, 400, 'no-lines'],
    ['no body', '', {}, 400, 'no-lines'],
    ['a list', [change()], {}, 400, 'invalid-request'],
    ['broken JSON', '{', {}, 400, 'invalid-json'],
    ['too many lines', `${lines(Array.from({ length: 1_001 }, () => 1))}\n`, NDJSON, 413, 'too-many-lines'],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/x-ndjson; charset=latin1' },
      415,
      'unsupported-media-type',
    ],
    ['another type', '<x/>', { 'content-type': 'text/xml' }, 415, 'unsupported-media-type'],
  ])('refuses %s', async (_what, body, headers, status, code) => {
    expect(await submit(body, headers)).toMatchObject({ status, body: { code } });
  });

  it('takes no query parameters', async () => {
    const answer = await api.request('/v1/state-changes?dry=1', { method: 'POST', body: change() });
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field: 'dry' }] } });
  });

  it('is described with the schema of a change', async () => {
    const { body } = await api.request('/openapi.json');
    expect(body).toMatchObject({
      paths: {
        '/v1/state-changes': {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { required: ['id', 'occurredAt', 'state', 'notification'] } },
                'application/x-ndjson': {},
              },
            },
            responses: { 202: {}, '4XX': {} },
          },
        },
      },
    });
  });
});
