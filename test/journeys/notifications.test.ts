import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationRoutes } from '../../src/api/routes/notifications.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { DEPARTMENT, insertDelivery, insertNotification, ORGANISATION } from '../support/rows.ts';
import { itemsOf } from '../support/answers.ts';
import { serveRoutes, type ServedRoutes } from '../support/serve-routes.ts';

let database: TestDatabase;
let api: ServedRoutes;

beforeAll(async () => {
  database = await createDatabase();
  api = await serveRoutes(database.db, [notificationRoutes]);
});

afterAll(async () => {
  await api.close();
  await database.drop();
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
    expect(itemsOf(body.deliveries).map(({ id }) => id)).toEqual([delivery]);
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
