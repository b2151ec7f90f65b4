import { describe, expect, it } from 'vitest';
import { MAX_UNFINISHED } from '../../src/domain/resend-job.ts';
import type { State } from '../../src/domain/state.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { at, DAY, dailyJourney, NEXT } from '../support/daily.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, held } from '../support/receiver.ts';
import { insertDelivery, insertEntity } from '../support/rows.ts';
import type { TestService } from '../support/service.ts';
import {
  FAST,
  itemsOfJob,
  jobDone,
  jobReached,
  makeJob,
  readJob,
  SLOW,
  steerJob,
} from '../support/resend-jobs.ts';

const { started, receiving } = journeyTest();
const dailies = dailyJourney();

const OTHER = { organisation: '9900000002', department: '7' };
const LONG_AGO = '2020-01-01T00:00:00Z';

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

describe('a job', () => {
  it('sends each delivery again once, in the order of before, and tells what became of each', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    const before = await delivered(t, 20);
    await t.configure(receiver.url, {}, OTHER);
    await delivered(t, 1, OTHER);
    const sentBefore = receiver.requests.length;
    const made = await makeJob(t, { ...ENTITY }, { reason: 'Còpia restaurada' });
    expect(made).toMatchObject({ status: 'running', total: 40, resent: 0, reason: 'Còpia restaurada' });
    const job = await jobDone(t, made);
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
    const next = await jobDone(t, await makeJob(t, { ...ENTITY }));
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

    const all = await jobDone(t, await makeJob(t, { from: LONG_AGO }));
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
    const missing = await jobDone(t, await makeJob(t, { from: LONG_AGO, status: 'exhausted' }));
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
    const job = await makeJob(t, { ...entity, kind: 'Diari' });
    const scheduler = await started({ beside: t, roles: ['scheduler'] });
    expect(await jobDone(t, job)).toMatchObject({ total: 2, resent: 2 });
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
    const job = await makeJob(t, { from: LONG_AGO });
    await t.call('POST', `/v1/deliveries/${byHand}/resend`);
    await t.rows('delete from nt30.aoc_nt_configuracio_callbacks where organisme = $1', [OTHER.organisation]);
    expect(await itemsOfJob(t, job, '&result=pending')).toHaveLength(2);
    await started({ beside: t, roles: ['scheduler'] });
    expect(await jobDone(t, job)).toMatchObject({
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
    const job = await makeJob(t, { ...ENTITY });
    const waiting = await jobReached(t, job, (now) => now.waiting);
    expect(waiting).toMatchObject({ status: 'running', resent: MAX_UNFINISHED });
    const unfinished = itemsOf((await t.call('GET', '/v1/deliveries?status=waiting&limit=3')).body.items);
    for (const { id } of unfinished) await t.call('POST', `/v1/deliveries/${String(id)}/cancel`);
    expect(await jobDone(t, job)).toMatchObject({ resent: MAX_UNFINISHED + 3, waiting: false });
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

    const job = await makeJob(t, { from: LONG_AGO }, { pace: FAST });
    await live.times(30);
    const waiting = await jobReached(t, job, (now) => now.waiting);
    expect(waiting).toMatchObject({ status: 'running', resent: MAX_UNFINISHED + 30 });

    answers.release();
    expect(await jobDone(t, job)).toMatchObject({ resent: dying.length * 2 + 30, waiting: false });
    await t.attemptedTimes(dying.length * 2 + 30, ({ status }) => status === 'acknowledged');
    for (const notification of dying) {
      const told = dead.requests.filter((request) => request.notification === notification);
      expect([...new Set(told.map(({ state }) => state))]).toEqual(['DIPOSITADA', 'ACCEPTADA']);
    }
  });

  it('of nothing is done at once', async () => {
    const t = await started({ roles: ['api'] });
    expect(await makeJob(t, { from: LONG_AGO })).toMatchObject({ status: 'done', total: 0, resent: 0 });
  });

  it('keeps its pace, stands while it is paused, goes on where it was, and ends where it is cancelled', async () => {
    const t = await started({ roles: ['api', 'scheduler'] });
    await insertEntity(t.database.db);
    for (let n = 0; n < 30; n += 1) await insertDelivery(t.database.db, { notification: fresh() });
    const job = await makeJob(t, { from: LONG_AGO }, { pace: SLOW });
    await jobReached(t, job, ({ resent }) => resent === 1);
    const paused = await steerJob(t, job, 'pause');
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused', resent: 1 } });
    expect((await steerJob(t, job, 'pause')).body).toEqual(paused.body);
    // Time would let it go on now.
    await t.rows('update nt30.aoc_nt_reenviaments set proper = now(), ritme = 1200');
    const other = await jobDone(t, await makeJob(t, { ...OTHER, from: LONG_AGO }));
    await jobDone(t, await makeJob(t, { ...ENTITY, to: new Date().toISOString() }, { pace: FAST }));
    expect(other.total).toBe(0);
    expect(await readJob(t, job)).toMatchObject({ status: 'paused', resent: 1 });

    const resumed = await steerJob(t, job, 'resume');
    expect(resumed.body).toMatchObject({ status: 'running' });
    await jobReached(t, job, ({ skipped }) => skipped['resend-unfinished'] === 29);

    // What can be sent again keeps the job running: what cannot is passed over at once.
    for (let n = 0; n < 3; n += 1) await insertDelivery(t.database.db, { notification: fresh() });
    const last = await makeJob(t, { from: LONG_AGO, status: 'acknowledged' }, { pace: SLOW });
    expect((await steerJob(t, last, 'cancel')).body).toMatchObject({ status: 'cancelled' });
    expect((await steerJob(t, last, 'cancel')).body).toMatchObject({ status: 'cancelled' });
    for (const step of ['pause', 'resume'] as const) {
      expect(await steerJob(t, last, step)).toMatchObject({ status: 409, body: { code: 'job-ended' } });
    }
    expect(await steerJob(t, job, 'cancel')).toMatchObject({ status: 409, body: { code: 'job-ended' } });
  });
});
