import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliveryRoutes } from '../../src/api/routes/deliveries.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import {
  DEPARTMENT,
  insertCommunication,
  insertDelivery,
  insertEntity,
  ORGANISATION,
} from '../support/rows.ts';
import { itemsOf } from '../support/answers.ts';
import { serveRoutes, type ServedRoutes } from '../support/serve-routes.ts';

const NOON_MS = Date.parse('2026-11-24T12:00:00.000Z');

let database: TestDatabase;
let api: ServedRoutes;

beforeAll(async () => {
  database = await createDatabase();
  api = await serveRoutes(database.db, [deliveryRoutes(() => undefined)]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

afterEach(async () => {
  await database.db.query(`truncate nt30.aoc_nt_enviaments, nt30.aoc_nt_informes, nt30.aoc_nt_notificacions,
    nt30.aoc_nt_logs_comunicacio, nt30.aoc_nt_cossos_comunicacio, nt30.aoc_nt_canvis_estat,
    nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio, nt30.aoc_nt_origens cascade`);
});

const ids = (list: unknown): unknown[] => itemsOf(list).map(({ id }) => id);

describe('the list of deliveries', () => {
  it('is newest first and goes on after its cursor until the end', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      made.unshift(await insertDelivery(database.db, { createdAt: NOON_MS + n }));
    }
    const first = await api.get('/v1/deliveries?limit=2');
    expect(ids(first.body.items)).toEqual(made.slice(0, 2));
    // What comes meanwhile stands before the page and shifts nothing.
    await insertDelivery(database.db, { createdAt: NOON_MS + 10 });
    const second = await api.get(`/v1/deliveries?limit=2&after=${String(first.body.next)}`);
    expect(ids(second.body.items)).toEqual(made.slice(2, 4));
    const third = await api.get(`/v1/deliveries?limit=2&after=${String(second.body.next)}`);
    expect(ids(third.body.items)).toEqual(made.slice(4));
    expect(third.body.next).toBeNull();
  });

  it('has no next page where the last one is just full', async () => {
    await insertDelivery(database.db, { createdAt: NOON_MS });
    await insertDelivery(database.db, { createdAt: NOON_MS + 1 });
    const { body } = await api.get('/v1/deliveries?limit=2');
    expect(body).toMatchObject({ next: null });
    expect(ids(body.items)).toHaveLength(2);
  });

  it('shows each delivery with every member, times in UTC with milliseconds', async () => {
    await insertEntity(database.db);
    const id = await insertDelivery(database.db, { createdAt: NOON_MS + 7, lastOutcome: 'acknowledged' });
    const { body } = await api.get('/v1/deliveries');
    expect(body.items).toEqual([
      {
        id,
        notification: '900000000001',
        state: 'DIPOSITADA',
        organisation: ORGANISATION,
        department: DEPARTMENT,
        entityName: 'Ajuntament Inventat, Secretaria',
        backOffice: null,
        kind: 'OnLine',
        status: 'acknowledged',
        waitingFor: null,
        late: false,
        attempts: 1,
        nextAttemptAt: null,
        createdAt: '2026-11-24T12:00:00.007Z',
        finishedAt: '2026-11-24T12:00:00.007Z',
        lastOutcome: 'acknowledged',
        resentFrom: null,
        cancelReason: null,
        daily: null,
      },
    ]);
  });

  it('combines its filters', async () => {
    const wanted = await insertDelivery(database.db, {
      createdAt: NOON_MS,
      notification: '9007199254740993',
      department: '2',
      state: 'ERROR',
      status: 'exhausted',
    });
    await insertDelivery(database.db, { createdAt: NOON_MS, state: 'ERROR', status: 'exhausted' });
    await insertDelivery(database.db, { createdAt: NOON_MS, department: '2', status: 'exhausted' });
    await insertDelivery(database.db, { createdAt: NOON_MS, department: '2', state: 'ERROR' });
    for (const query of [
      `organisation=${ORGANISATION}&department=2&state=ERROR&status=exhausted`,
      `department=2&state=ERROR&status=exhausted`,
      `notification=9007199254740993`,
      `notification=9007199254740993&organisation=${ORGANISATION}&department=2&state=ERROR&status=exhausted`,
    ]) {
      const { body } = await api.get(`/v1/deliveries?${query}`);
      expect(ids(body.items), query).toEqual([wanted]);
    }
    expect((await api.get(`/v1/deliveries?notification=9007199254740993&status=waiting`)).body).toEqual({
      items: [],
      next: null,
    });
  });

  it('takes a period from its first instant to just before its last', async () => {
    const made: string[] = [];
    for (const ms of [0, 1, 2]) made.unshift(await insertDelivery(database.db, { createdAt: NOON_MS + ms }));
    const from = encodeURIComponent('2026-11-24T13:00:00.001+01:00');
    const to = '2026-11-24T12:00:00.002Z';
    expect(ids((await api.get(`/v1/deliveries?from=${from}&to=${to}`)).body.items)).toEqual([made[1]]);
    expect(ids((await api.get(`/v1/deliveries?to=${to}`)).body.items)).toEqual(made.slice(1));
    expect(ids((await api.get('/v1/deliveries?from=2026-11-24T13:00:00.001+01:00')).body.items)).toEqual(
      made.slice(0, 2),
    );
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'after=x',
    'after=AAAA',
    'from=yesterday',
    'from=2026-02-30T00:00:00Z',
    'to=2026-11-24T12:00:00',
    'status=lost',
    'state=DEPOSITADA',
    'notification=-1',
    'notification=9223372036854775808',
    'outcome=refused',
    'page=2',
  ])('refuses %s', async (query) => {
    const { status, body } = await api.get(`/v1/deliveries?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid-request' });
  });
});

describe('what a delivery waits for', () => {
  const later = Date.now() + 3_600_000;

  it.each([
    ['configuration', { status: 'waiting', blockedBy: 'configuration-incomplete', first: false }],
    ['configuration', { status: 'retrying', blockedBy: 'address-not-allowed' }],
    ['earlier', { status: 'waiting', first: false }],
    ['retry', { status: 'retrying', dueAt: later }],
    ['window', { status: 'retrying' }],
    ['window', { status: 'waiting' }],
    [null, { status: 'queued' }],
    [null, { status: 'sending' }],
    [null, { status: 'exhausted' }],
  ] as const)('is %s: %o', async (waitingFor, options) => {
    await insertEntity(database.db);
    const id = await insertDelivery(database.db, options);
    const { body } = await api.get(`/v1/deliveries/${id}`);
    expect(body.waitingFor).toBe(waitingFor);
  });

  it.each(['paused', 'suspended'] as const)('is %s, unless something stronger holds it', async (heldBy) => {
    const first = await insertDelivery(database.db, { status: 'retrying', dueAt: later, heldBy });
    const second = await insertDelivery(database.db, { status: 'waiting', first: false, heldBy });
    expect((await api.get(`/v1/deliveries/${first}`)).body.waitingFor).toBe(heldBy);
    expect((await api.get(`/v1/deliveries/${second}`)).body.waitingFor).toBe('earlier');
  });

  it('comes with the time of the next attempt, only where one is planned', async () => {
    const planned = await insertDelivery(database.db, { status: 'retrying', dueAt: NOON_MS });
    const behind = await insertDelivery(database.db, { status: 'waiting', first: false, dueAt: NOON_MS });
    const blocked = await insertDelivery(database.db, {
      status: 'waiting',
      blockedBy: 'address-not-allowed',
    });
    expect((await api.get(`/v1/deliveries/${planned}`)).body.nextAttemptAt).toBe('2026-11-24T12:00:00.000Z');
    expect((await api.get(`/v1/deliveries/${behind}`)).body.nextAttemptAt).toBeNull();
    expect((await api.get(`/v1/deliveries/${blocked}`)).body.nextAttemptAt).toBeNull();
    const held = await insertDelivery(database.db, { status: 'retrying', dueAt: NOON_MS, heldBy: 'paused' });
    expect((await api.get(`/v1/deliveries/${held}`)).body.nextAttemptAt).toBeNull();
  });
});

describe('one delivery', () => {
  it('has its attempts in the order in which they began', async () => {
    const id = await insertDelivery(database.db, { attempts: 2 });
    const first = await insertCommunication(database.db, id, {
      startedAt: NOON_MS,
      outcome: 'refused',
      errorCode: 'error-element',
      errorText: 'no',
    });
    const second = await insertCommunication(database.db, id, { startedAt: NOON_MS + 1, attempt: 2 });
    const { status, body } = await api.get(`/v1/deliveries/${id}`);
    expect(status).toBe(200);
    expect(ids(body.attemptList)).toEqual([first, second]);
    expect(itemsOf(body.attemptList)[0]).toMatchObject({ attempt: 1, outcome: 'refused', errorText: 'no' });
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'x', '1'])(
    'that is not there (%s) is a 404',
    async (id) => {
      expect(await api.get(`/v1/deliveries/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
      expect(await api.post(`/v1/deliveries/${id}/resend`)).toMatchObject({ status: 404 });
      expect(await api.post(`/v1/deliveries/${id}/cancel`)).toMatchObject({ status: 404 });
    },
  );
});
