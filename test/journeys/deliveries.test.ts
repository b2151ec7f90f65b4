import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveryRoutes } from '../../src/api/routes/deliveries.ts';
import { notificationRoutes } from '../../src/api/routes/notifications.ts';
import type { Status } from '../../src/domain/delivery.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import {
  DEPARTMENT,
  insertCommunication,
  insertDelivery,
  insertEntity,
  insertNotification,
  ORGANISATION,
} from '../support/rows.ts';
import { itemsOf, serveRoutes, type ServedRoutes } from '../support/serve-routes.ts';

const NOON_MS = Date.parse('2026-11-24T12:00:00.000Z');

let database: TestDatabase;
let api: ServedRoutes;
let finished: Status[] = [];

beforeAll(async () => {
  database = await createDatabase();
  api = await serveRoutes(database.db, [
    deliveryRoutes((status) => finished.push(status)),
    notificationRoutes,
  ]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

beforeEach(() => {
  finished = [];
  api.woken.length = 0;
});

afterEach(async () => {
  await database.db.query(`truncate nt30.aoc_nt_enviaments, nt30.aoc_nt_informes, nt30.aoc_nt_notificacions,
    nt30.aoc_nt_logs_comunicacio, nt30.aoc_nt_cossos_comunicacio, nt30.aoc_nt_canvis_estat,
    nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio, nt30.aoc_nt_origens`);
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

  it('is paused while its entity is, unless something stronger holds it', async () => {
    await insertEntity(database.db, { paused: true });
    const first = await insertDelivery(database.db, { status: 'retrying', dueAt: later });
    const second = await insertDelivery(database.db, { status: 'waiting', first: false });
    expect((await api.get(`/v1/deliveries/${first}`)).body.waitingFor).toBe('paused');
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

describe('resending', () => {
  it('makes a new delivery of the same report, linked to the one asked for, at today’s endpoint', async () => {
    const { endpoint, origin } = await insertEntity(database.db);
    const id = await insertDelivery(database.db, { status: 'exhausted', attempts: 7 });
    const { status, body, headers } = await api.post(`/v1/deliveries/${id}/resend`);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/deliveries/${String(body.id)}`);
    expect(body).toMatchObject({
      notification: '900000000001',
      state: 'DIPOSITADA',
      status: 'waiting',
      waitingFor: 'window',
      attempts: 0,
      resentFrom: id,
      lastOutcome: null,
      finishedAt: null,
    });
    expect(api.woken).toEqual([origin]);
    expect(await reportsAreEqual(id, body.id)).toBe(true);
    const [row] = await database.db.query<{ punt: string; origen: string }>(
      'select punt, origen from nt30.aoc_nt_enviaments where enviament = $1',
      [body.id],
    );
    expect(row).toEqual({ punt: endpoint, origen: origin });
  });

  it('goes to the back office’s own endpoint where it has one', async () => {
    await insertEntity(database.db);
    const own = await insertEntity(database.db, {
      backOffice: 'GESTEXP',
      url: 'https://other.example/reports',
    });
    const id = await insertDelivery(database.db, { backOffice: 'GESTEXP' });
    await api.post(`/v1/deliveries/${id}/resend`);
    expect(api.woken).toEqual([own.origin]);
  });

  it('takes the last place among the notification’s unfinished deliveries', async () => {
    await insertEntity(database.db);
    const id = await insertDelivery(database.db, { createdAt: NOON_MS });
    await insertDelivery(database.db, { createdAt: NOON_MS + 1, state: 'ACCEPTADA', status: 'retrying' });
    const { body } = await api.post(`/v1/deliveries/${id}/resend`);
    expect(body).toMatchObject({ status: 'waiting', waitingFor: 'earlier' });
    const [row] = await database.db.query<{ last: boolean }>(
      `select bool_and(r.posicio >= e.posicio and r.arribada >= e.arribada) as last
       from nt30.aoc_nt_enviaments e, nt30.aoc_nt_enviaments r where r.enviament = $1`,
      [body.id],
    );
    expect(row?.last).toBe(true);
  });

  it('waits, visibly, for a configuration that is incomplete', async () => {
    await insertEntity(database.db, { missing: ['url'] });
    const id = await insertDelivery(database.db);
    const { status, body } = await api.post(`/v1/deliveries/${id}/resend`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ waitingFor: 'configuration', lastOutcome: 'blocked', nextAttemptAt: null });
    expect(api.woken).toEqual([]);
    const alone = await api.get(`/v1/deliveries/${String(body.id)}`);
    expect(itemsOf(alone.body.attemptList)).toEqual([
      expect.objectContaining({
        attempt: null,
        outcome: 'blocked',
        errorCode: 'configuration-incomplete',
        errorText: 'The configuration lacks: url.',
      }),
    ]);
  });

  it('is refused while the delivery or any resend of it is unfinished', async () => {
    await insertEntity(database.db);
    const root = await insertDelivery(database.db);
    const first = await api.post(`/v1/deliveries/${root}/resend`);
    const refusal = { status: 409, body: { code: 'delivery-unfinished' } };
    expect(await api.post(`/v1/deliveries/${String(first.body.id)}/resend`)).toMatchObject(refusal);
    expect(await api.post(`/v1/deliveries/${root}/resend`)).toMatchObject(refusal);
    await api.post(`/v1/deliveries/${String(first.body.id)}/cancel`);
    const second = await api.post(`/v1/deliveries/${String(first.body.id)}/resend`);
    expect(second).toMatchObject({ status: 201, body: { resentFrom: first.body.id } });
    expect(await api.post(`/v1/deliveries/${root}/resend`)).toMatchObject(refusal);
  });

  it('of two requests at once makes one delivery', async () => {
    await insertEntity(database.db);
    const id = await insertDelivery(database.db);
    const answers = await Promise.all([1, 2, 3].map(() => api.post(`/v1/deliveries/${id}/resend`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('takes an empty body, and no members', async () => {
    await insertEntity(database.db);
    const id = await insertDelivery(database.db);
    expect(await api.post(`/v1/deliveries/${id}/resend`, { now: true })).toMatchObject({ status: 400 });
    expect(await api.post(`/v1/deliveries/${id}/resend`, {})).toMatchObject({ status: 201 });
  });

  it('is refused where the entity has no configuration any more', async () => {
    const id = await insertDelivery(database.db);
    expect(await api.post(`/v1/deliveries/${id}/resend`)).toMatchObject({
      status: 409,
      body: { code: 'entity-unknown' },
    });
  });
});

describe('cancelling', () => {
  it('gives up an unfinished delivery, keeps the reason, and lets the next one go', async () => {
    const { endpoint, origin } = await insertEntity(database.db);
    const place = { endpoint, origin };
    const id = await insertDelivery(database.db, { status: 'retrying', createdAt: NOON_MS, ...place });
    const next = await insertDelivery(database.db, {
      status: 'waiting',
      first: false,
      createdAt: NOON_MS + 1,
      ...place,
    });
    const { status, body } = await api.post(`/v1/deliveries/${id}/cancel`, { reason: 'sent by paper' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'cancelled', waitingFor: null, cancelReason: 'sent by paper' });
    expect(body.finishedAt).toEqual(expect.any(String));
    expect((await api.get(`/v1/deliveries/${next}`)).body.waitingFor).toBe('window');
    expect(api.woken).toContain(origin);
    expect(finished).toEqual(['cancelled']);
  });

  it('takes no reason, or none in a body, and ends what is being sent too', async () => {
    for (const status of ['queued', 'sending'] as const) {
      const id = await insertDelivery(database.db, { status });
      expect(await api.post(`/v1/deliveries/${id}/cancel`)).toMatchObject({ body: { status: 'cancelled' } });
    }
    const id = await insertDelivery(database.db, { status: 'waiting' });
    expect(await api.post(`/v1/deliveries/${id}/cancel`, { reason: null })).toMatchObject({
      body: { status: 'cancelled', cancelReason: null },
    });
  });

  it('is refused once the delivery is finished', async () => {
    const id = await insertDelivery(database.db, { status: 'acknowledged' });
    expect(await api.post(`/v1/deliveries/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'delivery-finished' },
    });
  });

  it.each([
    { reason: '' },
    { reason: 'x'.repeat(1_001) },
    { reason: '\u0000' },
    { reson: 'x' },
    { reason: 1 },
  ])('refuses the body %o', async (body) => {
    const id = await insertDelivery(database.db, { status: 'waiting' });
    expect(await api.post(`/v1/deliveries/${id}/cancel`, body)).toMatchObject({ status: 400 });
  });
});

describe('a notification', () => {
  it('is shown as it is known now, with its changes in order and its deliveries', async () => {
    const delivery = await insertDelivery(database.db, { notification: '900000000009' });
    await insertChange('b', 'DIPOSITADA', '2026-11-24T10:00:00.5+01:00', {
      reference: 'EXP-2',
      registry: { number: 'S-1', registeredAt: null },
      deliveryId: delivery,
    });
    await insertChange('a', 'REGISTRADA', '2026-11-24T09:00:00Z', {
      channel: 'DIGITAL',
      reason: 'state-without-callback',
    });
    await insertChange('c', 'REGISTRADA', '2026-11-24T08:59:59Z', { channel: 'PAPER', expirationDays: 10 });
    const { status, body } = await api.get('/v1/notifications/900000000009');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: '900000000009',
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      entity: { organisation: ORGANISATION, department: DEPARTMENT },
      backOffice: 'GESTEXP',
      reference: 'EXP-2',
      issuerReference: null,
      channel: 'DIGITAL',
      expirationDays: 10,
      registry: { number: 'S-1', registeredAt: null },
      state: 'DIPOSITADA',
      occurredAt: '2026-11-24T10:00:00.5+01:00',
    });
    expect(itemsOf(body.stateChanges)).toMatchObject([
      { id: 'c', reason: null },
      { id: 'a', reason: 'state-without-callback', deliveryId: null, signer: null, channelChange: null },
      { id: 'b', state: 'DIPOSITADA', occurredAt: '2026-11-24T10:00:00.5+01:00', deliveryId: delivery },
    ]);
    expect(ids(body.deliveries)).toEqual([delivery]);
  });

  it.each(['1', 'x', '9223372036854775808', '-1'])('that is not known (%s) is a 404', async (id) => {
    expect(await api.get(`/v1/notifications/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});

async function insertChange(
  id: string,
  state: string,
  occurredAt: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { deliveryId = null, reason = null, ...rest } = facts;
  await insertNotification(database.db, '900000000009');
  await database.db.query(
    `insert into nt30.aoc_nt_canvis_estat
       (id, notificacio, estat, ocorregut, ocorregut_text, dades, enviament, motiu)
     values ($1, 900000000009, $2, $3::text::timestamptz, $3, $4, $5, $6)`,
    [
      id,
      state,
      occurredAt,
      JSON.stringify({
        backOffice: null,
        reference: 'EXP-1',
        issuerReference: null,
        channel: null,
        expirationDays: null,
        registry: null,
        signer: null,
        channelChange: null,
        ...rest,
      }),
      deliveryId,
      reason,
    ],
  );
}

async function reportsAreEqual(a: unknown, b: unknown): Promise<boolean> {
  const rows = await database.db.query<{ reports: string; texts: string }>(
    `select count(*) as reports, count(distinct (dades, versio, contingut)) as texts
     from nt30.aoc_nt_informes where enviament in ($1, $2)`,
    [a, b],
  );
  return rows[0]?.reports === '2' && rows[0].texts === '1';
}
