import { describe, expect, it } from 'vitest';
import { MAX_RESEND_JOBS } from '../../src/domain/resend-job.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { insertDelivery, insertEntity } from '../support/rows.ts';
import { itemsOfJob, Job, jobDone, jobReached, makeJob, SLOW, steerJob } from '../support/resend-jobs.ts';

const { started, receiving } = journeyTest();
const OTHER = { organisation: '9900000002', department: '7' };
const NOWHERE = '00000000-0000-7000-8000-000000000000';
const T0 = Date.parse('2026-11-20T10:00:00Z');
const LONG_AGO = '2020-01-01T00:00:00Z';
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

describe('jobs and processes', () => {
  it('go on after a restart, and of two services none does the work of the other', async () => {
    const one = await started({ roles: ['api'] });
    await insertEntity(one.database.db);
    const before: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      before.push(await insertDelivery(one.database.db, { notification: fresh(), createdAt: T0 + n }));
    }
    const job = await makeJob(one, { ...ENTITY }, { pace: SLOW });
    const first = await started({ beside: one, roles: ['scheduler'] });
    await jobReached(one, job, ({ resent }) => resent === 1);
    await first.stop();
    await one.rows('update nt30.aoc_nt_reenviaments set ritme = 600, proper = now()');

    await Promise.all([1, 2].map(async () => started({ beside: one, roles: ['scheduler'] })));
    expect(await jobDone(one, job)).toMatchObject({ total: 60, resent: 60 });
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
    const job = await makeJob(t, { ...ENTITY });
    for (const next of changes('ACCEPTADA', 1)) await t.take(next);
    expect(await jobDone(t, job)).toMatchObject({ total: 60, resent: 60 });
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
    while (jobs.length < MAX_RESEND_JOBS) jobs.push(await makeJob(t, { ...ENTITY }));
    const [first, second] = jobs;
    if (first === undefined || second === undefined) throw new Error('no jobs');
    await steerJob(t, first, 'pause');
    const refused = await t.call('POST', '/v1/resends', { filter: ENTITY });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too-many-jobs' } });
    await steerJob(t, second, 'cancel');
    const last = await makeJob(t, { ...ENTITY });

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
