import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveryRoutes } from '../../src/api/routes/deliveries.ts';
import type { Status } from '../../src/domain/delivery.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { insertDelivery, insertEntity } from '../support/rows.ts';
import { itemsOf } from '../support/answers.ts';
import { serveRoutes, type ServedRoutes } from '../support/serve-routes.ts';

const NOON_MS = Date.parse('2026-11-24T12:00:00.000Z');

let database: TestDatabase;
let api: ServedRoutes;
let finished: Status[] = [];

beforeAll(async () => {
  database = await createDatabase();
  api = await serveRoutes(database.db, [deliveryRoutes((status) => finished.push(status))]);
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
    nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio, nt30.aoc_nt_origens cascade`);
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
        errorText: 'The configuration lacks: endpoint.url.',
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
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
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

  it('finds the delivery whatever the case of its id', async () => {
    const id = await insertDelivery(database.db, { status: 'waiting' });
    expect(await api.post(`/v1/deliveries/${id.toUpperCase()}/cancel`)).toMatchObject({ body: { id } });
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

async function reportsAreEqual(a: unknown, b: unknown): Promise<boolean> {
  const rows = await database.db.query<{ reports: string; texts: string }>(
    `select count(*) as reports, count(distinct (versio, contingut)) as texts
     from nt30.aoc_nt_informes where enviament in ($1, $2)`,
    [a, b],
  );
  return rows[0]?.reports === '2' && rows[0].texts === '1';
}
