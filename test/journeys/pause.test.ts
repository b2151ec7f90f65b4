import { describe, expect, it } from 'vitest';
import { START_WINDOW } from '../../src/domain/window.ts';
import { dueOrigins } from '../../src/store/admissions.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { createDatabase } from '../support/database.ts';
import { explaining } from '../support/explain.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, held, inTurn, refuse } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
const OTHER = { organisation: '9900000002', department: '1' };

const pause = async (t: TestService, body?: unknown) => t.call('POST', `${PATH}/pause`, body);
const resume = async (t: TestService) => t.call('POST', `${PATH}/resume`);

/** Resolves once the delivery has this status. */
async function reached(t: TestService, delivery: string, status: string): Promise<void> {
  await until(async () => ((await t.delivery(delivery)).status === status ? true : null));
}

describe('a paused entity', () => {
  it('says so with the reason, whose pause comes first, until it is resumed', async () => {
    const t = await started();
    await t.configure('http://127.0.0.1:9/reports');
    const first = await pause(t, { reason: 'Manteniment' });
    expect(first).toMatchObject({ status: 200, body: { paused: { reason: 'Manteniment' } } });
    expect((await pause(t, { reason: 'Una altra' })).body).toEqual(first.body);
    const read = await t.call('GET', PATH);
    expect(read.body).toEqual(first.body);
    const resumed = await resume(t);
    expect(resumed).toMatchObject({ status: 200, body: { paused: null } });
    expect((await resume(t)).body).toEqual(resumed.body);
    expect((await pause(t)).body).toMatchObject({ paused: { reason: null } });
  });

  it('has another ETag, and the configuration it had', async () => {
    const t = await started();
    const before = await t.configure('http://127.0.0.1:9/reports');
    const paused = await pause(t);
    expect(paused.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect((await t.call('GET', PATH)).headers.get('etag')).toBe(paused.headers.get('etag'));
    const replaced = await t.call('PUT', PATH, {
      ...paused.body,
      departmentName: 'Intervenció',
      paused: null,
    });
    expect(replaced.body).toEqual({ ...paused.body, departmentName: 'Intervenció' });
    await t.configure('http://127.0.0.1:9/reports');
    expect((await resume(t)).body).toEqual(before.body);
  });

  it('keeps what waits and what comes, and sends it in order when it is resumed, every attempt left', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    await pause(t);
    const notifications = [fresh(), fresh(), fresh()];
    const ids = await t.take(
      ...notifications.map((notification) => change({ notification })),
      ...notifications.map((notification) => change({ notification, minute: 1, state: 'ACCEPTADA' })),
    );
    const [first, , , last] = ids.map(String);
    expect(await t.delivery(first ?? '')).toMatchObject({
      status: 'waiting',
      waitingFor: 'paused',
      attempts: 0,
      nextAttemptAt: null,
    });
    expect(await t.delivery(last ?? '')).toMatchObject({ waitingFor: 'earlier' });
    // One of another entity, made later and sent over the same server, has gone before any of them.
    await t.configure(receiver.url, {}, OTHER);
    await t.finished(await t.deliver(change({ notification: fresh(), entity: OTHER })));
    expect(receiver.requests).toHaveLength(1);

    await resume(t);
    const sent = await receiver.times(7);
    await t.attemptedTimes(7, ({ status }) => status === 'acknowledged');
    for (const notification of notifications) {
      const own = sent.filter((request) => request.notification === notification);
      expect(own.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual(['DIPOSITADA 1', 'ACCEPTADA 1']);
    }
    expect(await t.delivery(first ?? '')).toMatchObject({ attempts: 1, waitingFor: null });
  });

  it('takes back what is queued: a worker that reads the message later finds nothing to send', async () => {
    const t = await started({ roles: ['api', 'relay'] });
    const receiver = await receiving();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await reached(t, delivery, 'queued');
    await pause(t);
    expect(await t.delivery(delivery)).toMatchObject({ status: 'waiting', waitingFor: 'paused' });

    const worker = await started({ beside: t, roles: ['worker'] });
    await t.configure(receiver.url, {}, OTHER);
    const other = await t.deliver(change({ notification: fresh(), entity: OTHER }));
    await worker.finished(other);
    expect(await t.delivery(delivery)).toMatchObject({ status: 'waiting', attempts: 0 });
    await resume(t);
    expect(await worker.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 1 });
    expect(receiver.of(delivery)).toHaveLength(1);
  });

  it('lets an attempt under way end as it would, and holds what it leaves to do', async () => {
    const t = await started();
    const answers = held(inTurn(refuse('No'), acknowledge));
    const receiver = await receiving(answers.reply);
    await t.configure(receiver.url);
    const notification = fresh();
    const delivery = await t.deliver(change({ notification }));
    await receiver.first((request) => request.delivery === delivery);
    await pause(t);
    expect(await t.delivery(delivery)).toMatchObject({ status: 'sending', waitingFor: null });
    answers.release();
    await t.attempted((event) => event.delivery === delivery);
    expect(await t.delivery(delivery)).toMatchObject({
      status: 'retrying',
      waitingFor: 'paused',
      attempts: 1,
      lastOutcome: 'refused',
    });
    await resume(t);
    expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 2 });
  });

  it('holds what is sent again, and what gets a new address, until it is resumed', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.finished(delivery);
    await pause(t);
    const again = String((await t.call('POST', `/v1/deliveries/${delivery}/resend`)).body.id);
    await t.configure(null);
    expect(await t.delivery(again)).toMatchObject({ waitingFor: 'configuration' });
    await t.configure(receiver.url);
    expect(await t.delivery(again)).toMatchObject({ status: 'waiting', waitingFor: 'paused' });
    await resume(t);
    expect(await t.finished(again)).toMatchObject({ status: 'acknowledged' });
  });

  it('lets as many go as the window holds when it is resumed, those due longest first', async () => {
    const t = await started({ roles: ['api', 'relay'] });
    await t.configure('http://127.0.0.1:9/reports');
    await pause(t);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(await t.deliver(change({ notification: fresh() })));
    await resume(t);
    const queued = await until(async () => {
      const rows = await t.rows<{ id: string }>(
        `select enviament as id from nt30.aoc_nt_enviaments where situacio = 'queued' order by enviament`,
      );
      return rows.length >= START_WINDOW ? rows.map(({ id }) => id) : null;
    });
    expect(queued).toEqual(ids.slice(0, START_WINDOW));
  });

  it('gives its places in the window to others at once', async () => {
    const t = await started({ roles: ['api', 'relay'] });
    await t.configure('http://127.0.0.1:9/reports');
    await t.configure('http://127.0.0.1:9/reports', {}, OTHER);
    await t.take(...Array.from({ length: 20 }, () => change({ notification: fresh() })));
    const other = await t.deliver(change({ notification: fresh(), entity: OTHER }));
    await until(async () => {
      const [row] = await t.rows<{ queued: number }>(
        `select count(*)::integer as queued from nt30.aoc_nt_enviaments where situacio = 'queued'`,
      );
      return row !== undefined && row.queued === START_WINDOW ? true : null;
    });
    expect(await t.delivery(other)).toMatchObject({ waitingFor: 'window' });
    await pause(t);
    await reached(t, other, 'queued');
  });
});

describe('pausing and resuming', () => {
  it('is refused where there is no entity, and where the request is not one', async () => {
    const t = await started();
    for (const call of [pause, resume]) {
      expect(await call(t)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    await t.configure('http://127.0.0.1:9/reports');
    for (const body of [
      { reason: 'x'.repeat(1_001) },
      { reason: '' },
      { reason: 1 },
      { until: 'tomorrow' },
    ]) {
      expect(await pause(t, body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    }
    expect((await t.call('GET', PATH)).body.paused).toBeNull();
  });

  it('keeps to If-Match, which goes by the configuration, whatever holds it', async () => {
    const t = await started();
    const etag = (await t.configure('http://127.0.0.1:9/reports')).headers.get('etag') ?? '';
    const send = async (call: string, ifMatch: string) => {
      const headers = { authorization: `Bearer ${t.settings.adminKey ?? ''}`, 'if-match': ifMatch };
      const { status } = await fetch(`${t.url}${PATH}/${call}`, { method: 'POST', headers });
      return status;
    };
    expect(await send('pause', '"0.0"')).toBe(412);
    expect((await t.call('GET', PATH)).body.paused).toBeNull();
    expect(await send('pause', etag)).toBe(200);
    const paused = (await t.call('GET', PATH)).headers.get('etag') ?? '';
    expect(paused).not.toBe(etag);
    expect([await send('resume', paused), await send('pause', etag), await send('resume', etag)]).toEqual([
      200, 200, 200,
    ]);
    const { body } = await t.call('GET', '/v1/audit?limit=4');
    expect(itemsOf(body.items)).toMatchObject([
      { action: 'entity-resumed', ...ENTITY },
      { action: 'entity-paused', ...ENTITY },
      { action: 'entity-resumed', ...ENTITY },
      { action: 'entity-paused', ...ENTITY, by: { name: 'ADMIN_KEY' }, detail: {} },
    ]);
  });
});

describe('what is held back', () => {
  it('costs the relay nothing: it reads only what may go', async () => {
    const database = await createDatabase();
    closing(async () => database.drop());
    await database.db.query("insert into nt30.aoc_nt_origens (adreca) values ('https://held.example')");
    await database.db.query(
      `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
         posicio, situacio, primer, proper_intent, retingut, origen, creat)
       select gen_random_uuid(), 'OnLine', n, '9900000001', '1', 'DIPOSITADA', now(), 'waiting', true, now(),
         case when n % 2 = 0 then 'paused' when n > 10 then 'suspended' end, 1, now()
       from generate_series(1, 20000) n`,
    );
    const { db, scans } = explaining(database.db);
    expect(await dueOrigins(db)).toEqual(['1']);
    const read = scans.filter(({ table }) => table === 'aoc_nt_enviaments');
    expect(read.map(({ type }) => type)).not.toContain('Seq Scan');
    expect(read.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(20);
  });
});
