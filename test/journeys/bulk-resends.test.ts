import { describe, expect, it } from 'vitest';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { MAX_RESEND_JOBS, MAX_UNFINISHED } from '../../src/domain/resend-job.ts';
import type { State } from '../../src/domain/state.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { at, DAY, dailyJourney, NEXT } from '../support/daily.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, held } from '../support/receiver.ts';
import { insertDelivery, insertEntity } from '../support/rows.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving } = journeyTest();
const dailies = dailyJourney();

const OTHER = { organisation: '9900000002', department: '7' };
const NOWHERE = '00000000-0000-7000-8000-000000000000';
const T0 = Date.parse('2026-11-20T10:00:00Z');
const LONG_AGO = '2020-01-01T00:00:00Z';
/** So fast that a job of some dozens is done in a moment, and so slow that it stands after each delivery. */
const FAST = 10_000;
const SLOW = 1;

const Counts = Type.Record(Type.String(), Type.Integer());
const Job = Type.Object({
  id: Type.String(),
  status: Type.String(),
  total: Type.Integer(),
  resent: Type.Integer(),
  skipped: Counts,
  waiting: Type.Boolean(),
});
type Job = Static<typeof Job>;

/** Makes a job; answers what was answered. */
async function make(t: TestService, filter: unknown, more: object = {}): Promise<Job> {
  const { status, body } = await t.call('POST', '/v1/resends', { filter, pace: FAST, ...more });
  if (status !== 202) throw new Error(`the job was refused: ${JSON.stringify(body)}`);
  return Value.Parse(Job, body);
}

async function read(t: TestService, { id }: Pick<Job, 'id'>): Promise<Job> {
  return Value.Parse(Job, (await t.call('GET', `/v1/resends/${id}`)).body);
}

/** Resolves once the job is as far as that. */
async function reached(t: TestService, job: Job, isSo: (now: Job) => boolean): Promise<Job> {
  return until(async () => {
    const now = await read(t, job);
    return isSo(now) ? now : null;
  });
}

const done = async (t: TestService, job: Job) => reached(t, job, ({ status }) => status === 'done');

async function steer(t: TestService, { id }: Job, step: 'pause' | 'resume' | 'cancel') {
  return t.call('POST', `/v1/resends/${id}/${step}`);
}

/** All items of a job, page by page. */
async function itemsOfJob(t: TestService, { id }: Job, query = '') {
  const all: Record<string, unknown>[] = [];
  for (let after = ''; ;) {
    const { status, body } = await t.call('GET', `/v1/resends/${id}/items?limit=7${after}${query}`);
    expect(status).toBe(200);
    all.push(...itemsOf(body.items));
    if (typeof body.next !== 'string') return all;
    after = `&after=${body.next}`;
  }
}

/** Sends notifications through, two states each, and answers the deliveries in the order in which they were made. */
async function delivered(t: TestService, notifications: number, entity = ENTITY): Promise<string[]> {
  const ids = Array.from({ length: notifications }, fresh);
  const deliveries = await t.take(
    ...ids.map((notification) => change({ notification, entity })),
    ...ids.map((notification) => change({ notification, entity, minute: 1, state: 'ACCEPTADA' })),
  );
  await Promise.all(deliveries.map(async (delivery) => t.finished(String(delivery))));
  return deliveries.map(String);
}

describe('a dry run', () => {
  it('counts what would be sent again and what would not, by reason, and changes nothing', async () => {
    const t = await started({ roles: ['api'] });
    await insertEntity(t.database.db);
    const missed = await insertDelivery(t.database.db, { notification: fresh(), status: 'exhausted' });
    await insertDelivery(t.database.db, { notification: fresh(), status: 'exhausted' });
    await insertDelivery(t.database.db, { notification: fresh(), status: 'acknowledged' });
    await insertDelivery(t.database.db, { notification: fresh(), status: 'retrying' });
    await insertDelivery(t.database.db, { notification: fresh(), ...OTHER });
    await t.call('POST', `/v1/deliveries/${missed}/resend`);
    const count = async (filter: object) =>
      t.call('POST', '/v1/resends', { filter, dryRun: true }).then(({ status, body }) => ({ status, body }));

    const none = {
      unfinished: 0,
      'resend-unfinished': 0,
      'acknowledged-since': 0,
      repeated: 0,
      'entity-unknown': 0,
      'delivery-gone': 0,
    };
    expect(await count({ organisation: ENTITY.organisation })).toEqual({
      status: 200,
      body: {
        filter: {
          organisation: ENTITY.organisation,
          department: null,
          kind: null,
          state: null,
          status: null,
          from: null,
          to: null,
        },
        total: 5,
        resendable: 2,
        skipped: { ...none, unfinished: 2, 'resend-unfinished': 1 },
      },
    });
    expect(await count({ from: LONG_AGO, status: 'exhausted' })).toMatchObject({
      body: { total: 2, resendable: 1, skipped: { ...none, 'resend-unfinished': 1 } },
    });
    expect(await count({ from: LONG_AGO, status: 'acknowledged' })).toMatchObject({
      body: { total: 2, resendable: 1, skipped: { ...none, 'entity-unknown': 1 } },
    });
    expect(await count({ from: LONG_AGO, to: '2020-01-02T00:00:00+01:00' })).toMatchObject({
      body: { filter: { to: '2020-01-01T23:00:00.000Z' }, total: 0, resendable: 0 },
    });
    expect(await count({ from: LONG_AGO, kind: 'Diari' })).toMatchObject({ body: { total: 0 } });
    expect(await count({ from: LONG_AGO, state: 'EXPIRADA' })).toMatchObject({ body: { total: 0 } });
    expect(await count({ ...ENTITY, status: 'acknowledged' })).toMatchObject({ body: { resendable: 1 } });
    expect((await t.call('GET', '/v1/resends')).body.items).toEqual([]);
    expect(itemsOf((await t.call('GET', '/v1/deliveries')).body.items)).toHaveLength(6);
  });

  it('and a job are refused, naming the member, where they are not bounded or not understood', async () => {
    const t = await started({ roles: ['api'] });
    const refused: readonly [string, unknown, string][] = [
      ['no filter', {}, 'filter'],
      ['a filter of everything', { filter: {} }, 'filter'],
      ['a filter of all that is of one status', { filter: { status: 'exhausted', to: LONG_AGO } }, 'filter'],
      ['a department of any body', { filter: { department: '1', from: LONG_AGO } }, 'filter.organisation'],
      [
        'a status that cannot be sent again',
        { filter: { from: LONG_AGO, status: 'queued' } },
        'filter.status',
      ],
      ['an instant without its zone', { filter: { from: '2026-11-24T10:00:00' } }, 'filter.from'],
      [
        'a period that ends before it begins',
        { filter: { from: '2026-11-24T10:00:00Z', to: LONG_AGO } },
        'filter.to',
      ],
      [
        'a state of daily reports',
        { filter: { from: LONG_AGO, kind: 'Diari', state: 'ERROR' } },
        'filter.state',
      ],
      ['an unknown filter', { filter: { from: LONG_AGO, notifcation: '1' } }, 'filter.notifcation'],
      ['no pace at all', { filter: { from: LONG_AGO }, pace: 0 }, 'pace'],
      ['a pace beyond what may be', { filter: { from: LONG_AGO }, pace: 10_001 }, 'pace'],
      ['a reason that is none', { filter: { from: LONG_AGO }, reason: '' }, 'reason'],
    ];
    for (const [what, body, field] of refused) {
      const answer = await t.call('POST', '/v1/resends', body);
      expect(answer, what).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(
        itemsOf(answer.body.fields).map((fault) => fault.field),
        what,
      ).toEqual([field]);
    }
    expect((await t.call('GET', '/v1/resends')).body.items).toEqual([]);
  });
});

describe('a job', () => {
  it('sends each delivery again once, in the order of before, and tells what became of each', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    const before = await delivered(t, 20);
    await t.configure(receiver.url, {}, OTHER);
    await delivered(t, 1, OTHER);
    const sentBefore = receiver.requests.length;
    const made = await make(t, { ...ENTITY }, { reason: 'Còpia restaurada' });
    expect(made).toMatchObject({ status: 'running', total: 40, resent: 0, reason: 'Còpia restaurada' });
    const job = await done(t, made);
    expect(job).toMatchObject({
      total: 40,
      resent: 40,
      pace: FAST,
      filter: { ...ENTITY, from: null },
      createdBy: { key: expect.any(String), name: expect.any(String) },
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });

    const items = await itemsOfJob(t, job);
    expect(items.map(({ delivery }) => delivery)).toEqual(before);
    const again = new Map(items.map(({ delivery, resentAs }) => [String(resentAs), String(delivery)]));
    expect(again.size).toBe(40);
    await receiver.times(sentBefore + 40);
    await Promise.all([...again.keys()].map(async (id) => t.finished(id)));
    const sent = receiver.requests.slice(sentBefore);
    expect(sent).toHaveLength(40);
    for (const { delivery, report } of sent) {
      const original = again.get(delivery) ?? '';
      expect(report).toBe(receiver.of(original)[0]?.report);
      expect(await t.delivery(delivery)).toMatchObject({ resentFrom: original, status: 'acknowledged' });
    }
    for (const notification of new Set(sent.map((request) => request.notification))) {
      const own = sent.filter((request) => request.notification === notification);
      expect(own.map(({ state }) => state)).toEqual(['DIPOSITADA', 'ACCEPTADA']);
    }
    // What it made is no more than what matched at its instant; the next one sends each report once, too.
    const next = await done(t, await make(t, { ...ENTITY }));
    expect(next).toMatchObject({ total: 80, resent: 40, skipped: { repeated: 40 } });
  });

  it('passes over what cannot be sent again, saying why, and what was acknowledged since where it asks for what was missed', async () => {
    const t = await started();
    const { endpoint, origin } = await insertEntity(t.database.db, { url: 'http://127.0.0.1:9/reports' });
    const place = { endpoint, origin, heldBy: 'paused', createdAt: Date.now() - 60_000 } as const;
    await t.call('POST', `/v1/entities/${ENTITY.organisation}/${ENTITY.department}/pause`);
    const after = (ms: number) => ({ notification: fresh(), createdAt: place.createdAt + ms });
    const missed = await insertDelivery(t.database.db, { status: 'exhausted', ...after(0) });
    const waiting = await insertDelivery(t.database.db, { status: 'waiting', ...place, ...after(1) });
    const since = await insertDelivery(t.database.db, { status: 'exhausted', ...after(2) });
    const stranger = await insertDelivery(t.database.db, { status: 'exhausted', ...OTHER, ...after(3) });
    const resend = await insertDelivery(t.database.db, { status: 'acknowledged', ...after(4) });
    await t.rows('update nt30.aoc_nt_enviaments set reenviat_de = $1 where enviament = $2', [since, resend]);

    const all = await done(t, await make(t, { from: LONG_AGO }));
    expect(await itemsOfJob(t, all)).toMatchObject([
      { delivery: missed, result: 'resent', reason: null, state: 'DIPOSITADA', ...ENTITY },
      { delivery: waiting, result: 'skipped', reason: 'unfinished', resentAs: null },
      { delivery: since, result: 'resent', resentAs: expect.any(String) },
      { delivery: stranger, result: 'skipped', reason: 'entity-unknown', ...OTHER },
      { delivery: resend, result: 'skipped', reason: 'repeated' },
    ]);
    expect(all).toMatchObject({ resent: 2, skipped: { unfinished: 1, 'entity-unknown': 1, repeated: 1 } });
    expect(await itemsOfJob(t, all, '&result=skipped')).toHaveLength(3);
    expect(await itemsOfJob(t, all, '&result=pending')).toEqual([]);

    for (const { resentAs } of await itemsOfJob(t, all, '&result=resent')) {
      await t.call('POST', `/v1/deliveries/${String(resentAs)}/cancel`);
    }
    const missing = await done(t, await make(t, { from: LONG_AGO, status: 'exhausted' }));
    expect(missing).toMatchObject({
      total: 3,
      resent: 1,
      skipped: { 'acknowledged-since': 1, 'entity-unknown': 1 },
    });
  });

  it('sends daily reports again, one after the other, in the order of their days', async () => {
    const daily = await dailies.begin();
    const { t, receiver, entity } = daily;
    for (const day of [DAY, NEXT]) {
      await daily.live({ notification: fresh(), at: at('09:00:00.000', day) });
      await daily.endDay(day);
    }
    const days = await daily.deliveries();
    for (const delivery of days) await t.finished(delivery);
    const job = await make(t, { ...entity, kind: 'Diari' });
    const scheduler = await started({ beside: t, roles: ['scheduler'] });
    expect(await done(t, job)).toMatchObject({ total: 2, resent: 2 });
    const sent = await receiver.times(4);
    expect(sent.slice(2).map(({ report }) => report)).toEqual(sent.slice(0, 2).map(({ report }) => report));
    expect(sent[3]?.beside).toBe(0);
    await scheduler.stop();
  });

  it('sees what has come between when it comes to it: a resend by hand, an entity that is gone', async () => {
    const t = await started({ roles: ['api'] });
    await insertEntity(t.database.db);
    await insertEntity(t.database.db, OTHER);
    const byHand = await insertDelivery(t.database.db, { notification: fresh() });
    await insertDelivery(t.database.db, { notification: fresh(), ...OTHER });
    const job = await make(t, { from: LONG_AGO });
    await t.call('POST', `/v1/deliveries/${byHand}/resend`);
    await t.rows('delete from nt30.aoc_nt_configuracio_callbacks where organisme = $1', [OTHER.organisation]);
    expect(await itemsOfJob(t, job, '&result=pending')).toHaveLength(2);
    await started({ beside: t, roles: ['scheduler'] });
    expect(await done(t, job)).toMatchObject({
      resent: 0,
      skipped: { 'resend-unfinished': 1, 'entity-unknown': 1 },
    });
  });

  it('waits while many that it has made are unfinished: what is new has few before it', async () => {
    const t = await started({ roles: ['api', 'scheduler'] });
    await insertEntity(t.database.db);
    for (let n = 0; n < MAX_UNFINISHED + 3; n += 1) {
      await insertDelivery(t.database.db, { notification: fresh() });
    }
    const job = await make(t, { ...ENTITY });
    const waiting = await reached(t, job, (now) => now.waiting);
    expect(waiting).toMatchObject({ status: 'running', resent: MAX_UNFINISHED });
    const unfinished = itemsOf((await t.call('GET', '/v1/deliveries?status=waiting&limit=3')).body.items);
    for (const { id } of unfinished) await t.call('POST', `/v1/deliveries/${String(id)}/cancel`);
    expect(await done(t, job)).toMatchObject({ resent: MAX_UNFINISHED + 3, waiting: false });
  });

  it('holds up nothing for other servers while one does not answer, and sends what it left once that does', async () => {
    const answers = held(acknowledge);
    const dead = await receiving(answers.reply);
    const live = await receiving();
    const t = await started();
    await t.configure(dead.url, { endpoint: { url: dead.url, timeoutMs: 60_000 } });
    await t.configure(live.url, {}, OTHER);
    const points = await t.rows<{ punt: string; origen: string; organisme: string }>(
      `select punt, p.origen, organisme from nt30.aoc_nt_punts_recepcio p
       join nt30.aoc_nt_configuracio_callbacks using (entitat)`,
    );
    const insert = async (place: typeof ENTITY, notification: string, state: State): Promise<void> => {
      const point = points.find(({ organisme }) => organisme === place.organisation);
      const sent = { endpoint: point?.punt ?? null, origin: point?.origen ?? null };
      await insertDelivery(t.database.db, { notification, state, ...place, ...sent });
    };
    const dying = Array.from({ length: MAX_UNFINISHED / 2 + 5 }, () => fresh());
    for (const notification of dying) await insert(ENTITY, notification, 'DIPOSITADA');
    for (const notification of dying) await insert(ENTITY, notification, 'ACCEPTADA');
    for (let n = 0; n < 30; n += 1) await insert(OTHER, fresh(), 'DIPOSITADA');

    const job = await make(t, { from: LONG_AGO }, { pace: FAST });
    await live.times(30);
    const waiting = await reached(t, job, (now) => now.waiting);
    expect(waiting).toMatchObject({ status: 'running', resent: MAX_UNFINISHED + 30 });

    answers.release();
    expect(await done(t, job)).toMatchObject({ resent: dying.length * 2 + 30, waiting: false });
    await t.attemptedTimes(dying.length * 2 + 30, ({ status }) => status === 'acknowledged');
    for (const notification of dying) {
      const told = dead.requests.filter((request) => request.notification === notification);
      expect([...new Set(told.map(({ state }) => state))]).toEqual(['DIPOSITADA', 'ACCEPTADA']);
    }
  });

  it('of nothing is done at once', async () => {
    const t = await started({ roles: ['api'] });
    expect(await make(t, { from: LONG_AGO })).toMatchObject({ status: 'done', total: 0, resent: 0 });
  });

  it('keeps its pace, stands while it is paused, goes on where it was, and ends where it is cancelled', async () => {
    const t = await started({ roles: ['api', 'scheduler'] });
    await insertEntity(t.database.db);
    for (let n = 0; n < 30; n += 1) await insertDelivery(t.database.db, { notification: fresh() });
    const job = await make(t, { from: LONG_AGO }, { pace: SLOW });
    await reached(t, job, ({ resent }) => resent === 1);
    const paused = await steer(t, job, 'pause');
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused', resent: 1 } });
    expect((await steer(t, job, 'pause')).body).toEqual(paused.body);
    // Time would let it go on now.
    await t.rows('update nt30.aoc_nt_reenviaments set proper = now(), ritme = 1200');
    const other = await done(t, await make(t, { ...OTHER, from: LONG_AGO }));
    await done(t, await make(t, { ...ENTITY, to: new Date().toISOString() }, { pace: FAST }));
    expect(other.total).toBe(0);
    expect(await read(t, job)).toMatchObject({ status: 'paused', resent: 1 });

    const resumed = await steer(t, job, 'resume');
    expect(resumed.body).toMatchObject({ status: 'running' });
    await reached(t, job, ({ skipped }) => skipped['resend-unfinished'] === 29);

    // What can be sent again keeps the job running: what cannot is passed over at once.
    for (let n = 0; n < 3; n += 1) await insertDelivery(t.database.db, { notification: fresh() });
    const last = await make(t, { from: LONG_AGO, status: 'acknowledged' }, { pace: SLOW });
    expect((await steer(t, last, 'cancel')).body).toMatchObject({ status: 'cancelled' });
    expect((await steer(t, last, 'cancel')).body).toMatchObject({ status: 'cancelled' });
    for (const step of ['pause', 'resume'] as const) {
      expect(await steer(t, last, step)).toMatchObject({ status: 409, body: { code: 'job-ended' } });
    }
    expect(await steer(t, job, 'cancel')).toMatchObject({ status: 409, body: { code: 'job-ended' } });
  });
});

describe('jobs and processes', () => {
  it('go on after a restart, and of two services none does the work of the other', async () => {
    const one = await started({ roles: ['api'] });
    await insertEntity(one.database.db);
    const before: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      before.push(await insertDelivery(one.database.db, { notification: fresh(), createdAt: T0 + n }));
    }
    const job = await make(one, { ...ENTITY }, { pace: SLOW });
    const first = await started({ beside: one, roles: ['scheduler'] });
    await reached(one, job, ({ resent }) => resent === 1);
    await first.stop();
    await one.rows('update nt30.aoc_nt_reenviaments set ritme = 600, proper = now()');

    await Promise.all([1, 2].map(async () => started({ beside: one, roles: ['scheduler'] })));
    expect(await done(one, job)).toMatchObject({ total: 60, resent: 60 });
    const items = await itemsOfJob(one, job);
    expect(items.map(({ delivery }) => delivery)).toEqual(before);
    const made = items.map(({ resentAs }) => String(resentAs));
    expect(made).toEqual(made.toSorted());
    const all = itemsOf((await one.call('GET', '/v1/deliveries?status=waiting&limit=200')).body.items);
    expect(all.map(({ id }) => id)).toEqual(made.toReversed());
  });

  it('work on notifications whose next changes come meanwhile: none is lost, doubled or overtaken', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    // Later deliveries of earlier notifications: the job comes to them in another order than locks are taken in.
    const ids = Array.from({ length: 60 }, fresh).toReversed();
    const changes = (state: string, minute: number) =>
      ids.map((notification) => change({ notification, state, minute }));
    for (const delivery of await t.take(...changes('DIPOSITADA', 0))) await t.finished(String(delivery));
    const job = await make(t, { ...ENTITY });
    for (const next of changes('ACCEPTADA', 1)) await t.take(next);
    expect(await done(t, job)).toMatchObject({ total: 60, resent: 60 });
    const sent = await receiver.times(180);
    await t.attemptedTimes(180, ({ status }) => status === 'acknowledged');
    expect(receiver.requests).toHaveLength(180);
    expect(new Set(sent.map(({ delivery }) => delivery)).size).toBe(180);
    expect(sent.filter(({ besideOfNotification }) => besideOfNotification > 0)).toEqual([]);
  });

  it('are as many as may be, paused ones included', async () => {
    const t = await started({ roles: ['api'] });
    await insertDelivery(t.database.db);
    const jobs: Job[] = [];
    while (jobs.length < MAX_RESEND_JOBS) jobs.push(await make(t, { ...ENTITY }));
    const [first, second] = jobs;
    if (first === undefined || second === undefined) throw new Error('no jobs');
    await steer(t, first, 'pause');
    const refused = await t.call('POST', '/v1/resends', { filter: ENTITY });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too-many-jobs' } });
    await steer(t, second, 'cancel');
    const last = await make(t, { ...ENTITY });

    const page = await t.call('GET', '/v1/resends?limit=6');
    const rest = await t.call('GET', `/v1/resends?limit=6&after=${String(page.body.next)}`);
    expect([...itemsOf(page.body.items), ...itemsOf(rest.body.items)].map(({ id }) => id)).toEqual(
      [...jobs, last].map(({ id }) => id).toReversed(),
    );
    expect(rest.body.next).toBeNull();
  });
});

describe('who may', () => {
  it('make and steer jobs: administrators and operators; an auditor reads; each step is in the audit trail', async () => {
    const t = await started({ roles: ['api'] });
    await insertEntity(t.database.db);
    await insertDelivery(t.database.db);
    const as = {
      operator: await t.as('operator'),
      auditor: await t.as('auditor'),
      integrator: await t.as('integrator', [ENTITY]),
    };
    const asked = { filter: ENTITY, reason: 'Còpia restaurada' };
    for (const call of [as.auditor, as.integrator]) {
      expect(await call('POST', '/v1/resends', { ...asked, dryRun: true })).toMatchObject({ status: 403 });
    }
    const made = await as.operator('POST', '/v1/resends', asked);
    expect(made.headers.get('location')).toBe(`/v1/resends/${String(made.body.id)}`);
    const path = `/v1/resends/${String(made.body.id)}`;
    expect((await as.auditor('GET', path)).body).toEqual(made.body);
    expect((await as.auditor('GET', `${path}/items`)).body.items).toHaveLength(1);
    expect(await as.integrator('GET', path)).toMatchObject({ status: 403 });
    expect(await as.auditor('POST', `${path}/cancel`)).toMatchObject({ status: 403 });
    for (const step of ['pause', 'pause', 'resume', 'cancel']) await as.operator('POST', `${path}/${step}`);
    for (const nowhere of [NOWHERE, 'none']) {
      expect(await t.call('GET', `/v1/resends/${nowhere}`)).toMatchObject({ status: 404 });
      expect(await t.call('GET', `/v1/resends/${nowhere}/items`)).toMatchObject({ status: 404 });
      expect(await t.call('POST', `/v1/resends/${nowhere}/pause`)).toMatchObject({ status: 404 });
    }

    const { organisation, department } = ENTITY;
    const trail = await t.call('GET', `/v1/audit?organisation=${organisation}&department=${department}`);
    const rows = itemsOf(trail.body.items);
    expect(rows.map(({ action }) => action)).toEqual([
      'resends-cancelled',
      'resends-resumed',
      'resends-paused',
      'resends-created',
    ]);
    expect(rows[3]).toMatchObject({
      by: made.body.createdBy,
      detail: { job: made.body.id, total: 1, pace: 1_000, filter: made.body.filter },
    });
  });
});
