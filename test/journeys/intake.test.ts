import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { itemsOf } from '../support/answers.ts';
import { until } from '../support/watch.ts';

const journey = sharedJourney();

describe('state changes', () => {
  it('come one in a request, as JSON', async () => {
    const notification = fresh();
    const sent = change({ notification });
    const answer = await journey.t.call('POST', '/v1/state-changes', sent);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 1, duplicates: 0, results: [{ id: sent.id }] });
    const [result] = itemsOf(answer.body.results);
    expect(await journey.reportOf(String(result?.deliveryId))).toContain(
      `<IdNotificacio>${notification}</IdNotificacio>`,
    );
  });

  it('are in the tables when 202 is answered', async () => {
    const notification = fresh();
    await journey.t.call('POST', '/v1/state-changes', change({ notification }));
    expect(await journey.count(notification)).toEqual({ changes: 1, deliveries: 1, taken: 1 });
  });

  it('come together as NDJSON, and are answered in their order', async () => {
    const [first, second] = [fresh(), fresh()];
    const batch = [
      change({ notification: second, state: 'REGISTRADA' }),
      change({ notification: first }),
      change({ notification: second, minute: 1 }),
    ];
    const { status, body } = await journey.t.submit(batch);
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 3, duplicates: 0 });
    expect(itemsOf(body.results).map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
    expect(itemsOf(body.results)[0]).toEqual({
      id: batch[0]?.id,
      deliveryId: null,
      reason: 'state-without-callback',
    });
  });

  it('are all taken or none, and each bad line is named', async () => {
    const [good, bad] = [fresh(), fresh()];
    const { status, body } = await journey.t.submit([
      change({ notification: good }),
      change({ notification: bad, state: 'ACCEPTADA' }),
      change({ notification: bad, state: 'REBUTJADA', minute: 5 }),
      change({ notification: good, minute: 1, kind: 'COMUNICACIO', state: 'ACCEPTADA' }),
    ]);
    expect(status).toBe(409);
    expect(itemsOf(body.lines)).toMatchObject([
      { line: 3, code: 'transition-not-allowed', field: 'state' },
      { line: 4, code: 'notification-conflict', field: 'notification.kind' },
    ]);
    expect(await journey.count(good)).toEqual({ changes: 0, deliveries: 0, taken: 0 });
    expect(await journey.count(bad)).toEqual({ changes: 0, deliveries: 0, taken: 0 });
    expect((await journey.t.call('GET', `/v1/notifications/${good}`)).status).toBe(404);
  });

  it('of more than 1,000 for one notification are refused by a code of its own', async () => {
    const notification = fresh();
    const many = (from: number, n: number) =>
      Array.from({ length: n }, (_, i) =>
        change({
          notification,
          state: 'PENDENT',
          facts: { origin: 'EACAT' },
          minute: 0,
          id: `${notification}-${from + i}`,
        }),
      ).map((line, i) => ({
        ...line,
        state: (from + i) % 2 === 0 ? 'PENDENT' : 'ERROR',
        occurredAt: new Date(Date.parse('2026-11-02T09:00:00Z') + (from + i) * 1_000).toISOString(),
      }));
    expect((await journey.t.submit(many(0, 1_000))).status).toBe(202);
    const { status, body } = await journey.t.submit(many(1_000, 1));
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'too-many-changes' });
    // What was taken before is still answered.
    expect(await journey.t.submit(many(500, 500))).toMatchObject({
      status: 202,
      body: { accepted: 0, duplicates: 500 },
    });
  });
});

describe('a change that comes again', () => {
  it('gets the first result, in a later request and within a batch', async () => {
    const notification = fresh();
    const sent = change({ notification, minute: 5 });
    const other = change({ notification, state: 'REGISTRADA' });
    const first = await journey.t.submit([sent]);
    const [result] = itemsOf(first.body.results);
    const again = await journey.t.submit([sent, other, sent, other]);
    expect(again).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 3 } });
    const unsent = { id: other.id, deliveryId: null, reason: 'state-without-callback' };
    expect(again.body.results).toEqual([result, unsent, result, unsent]);
    expect(await journey.count(notification)).toEqual({ changes: 2, deliveries: 1, taken: 2 });
  });

  it('is known by its content, however it is written', async () => {
    const notification = fresh();
    const sent = change({ notification });
    const { channelChange: _, ...rest } = sent;
    const rewritten = {
      ...rest,
      notification: { ...sent.notification, id: Number(notification), backOffice: null, registry: null },
    };
    await journey.t.submit([sent]);
    expect(await journey.t.submit([rewritten])).toMatchObject({ status: 202, body: { duplicates: 1 } });
  });

  it('gets the first result even after the configuration has changed', async () => {
    const sent = change({ notification: fresh() });
    const [delivery] = await journey.t.take(sent);
    await journey.t.configure(journey.receiver.url, { online: false });
    expect(await journey.t.take(sent)).toEqual([delivery]);
  });

  it.each([
    ['its state', { state: 'ACCEPTADA' }],
    ['its instant', { minute: 1 }],
    ['its notification', { notification: fresh() }],
    ['a fact', { issuerReference: 'A-1' }],
    [
      'a signer',
      {
        signer: {
          type: 'paper',
          officerNif: '00000000T',
          practisedAt: '2026-11-02T10:00:00Z',
          reference: 'R-1',
        },
      },
    ],
  ])('with %s changed is an id-conflict and changes nothing', async (_, difference) => {
    const notification = fresh();
    const id = randomUUID();
    await journey.t.take(change({ id, notification }));
    const before = await journey.count(notification);
    const bystander = fresh();
    const { status, body } = await journey.t.submit([
      change({ notification: bystander }),
      change({ id, notification, ...difference }),
    ]);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'id-conflict' });
    expect(body.lines).toMatchObject([{ line: 2, code: 'id-conflict', field: 'id' }]);
    expect(await journey.count(notification)).toEqual(before);
    expect(await journey.count(bystander)).toMatchObject({ changes: 0 });
  });

  it('with other content in the same batch is an id-conflict', async () => {
    const notification = fresh();
    const id = randomUUID();
    const { status, body } = await journey.t.submit([
      change({ id, notification }),
      change({ id, notification, minute: 1 }),
    ]);
    expect(status).toBe(409);
    expect(body.lines).toMatchObject([{ line: 2, code: 'id-conflict' }]);
    expect(await journey.count(notification)).toMatchObject({ changes: 0 });
  });

  it.each([
    ['the first of its notification', false, 'DIPOSITADA'],
    ['of a known notification, in a state that cannot repeat', true, 'ACCEPTADA'],
  ])('twenty times at once, %s, is taken once and answered alike', async (_, known, state) => {
    for (let round = 0; round < 5; round += 1) {
      const notification = fresh();
      if (known) await journey.t.take(change({ notification }));
      const sent = change({ notification, state, minute: 5 });
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => journey.t.call('POST', '/v1/state-changes', sent)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body.results))).size).toBe(1);
      expect(answers.filter(({ body }) => body.accepted === 1)).toHaveLength(1);
      expect(await journey.count(notification)).toMatchObject({ deliveries: known ? 2 : 1 });
    }
  });
});

describe('a request that waits for another of the same notification', () => {
  it('finds what the other took, instead of judging it again', async () => {
    const notification = fresh();
    await journey.t.take(change({ notification }));
    const sent = change({ notification, state: 'ACCEPTADA', minute: 5 });
    const client = await journey.t.database.db.pool.connect();
    try {
      await client.query('begin');
      await client.query('select from nt30.aoc_nt_notificacions where notificacio = $1 for update', [
        notification,
      ]);
      const first = journey.t.submit([sent]);
      await until(async () => waiters(1));
      const second = journey.t.submit([sent]);
      await until(async () => waiters(2));
      await client.query('rollback');
      const answers = await Promise.all([first, second]);
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      // Which of the two goes first is not promised: one that waited for a second begins again.
      expect(new Set(answers.map(({ body }) => body.duplicates))).toEqual(new Set([0, 1]));
    } finally {
      client.release();
    }
  });

  async function waiters(n: number): Promise<true | null> {
    const [row] = await journey.t.rows<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return (row?.n ?? 0) >= n ? true : null;
  }
});
