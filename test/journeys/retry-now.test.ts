import { describe, expect, it } from 'vitest';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import { retryEntity } from '../../src/store/retry.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, httpStatus, inTurn, refuse, type TestReceiver } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';

const { started, receiving } = journeyTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
const OTHER = { organisation: '9900000002', department: '1' };
/** Far away: what goes out within a test was brought forward. */
const LATE = { retryDelays: ['1h', '2h'] };

const retry = async (t: TestService, body?: unknown) => t.call('POST', `${PATH}/retry`, body);

/** Takes changes, and waits until the first attempt of each delivery that may go has ended. */
async function failing(t: TestService, attempts: number, ...changes: readonly unknown[]): Promise<string[]> {
  const before = t.attempts.length;
  const ids = await t.take(...changes);
  await t.attemptedTimes(before + attempts, () => true);
  return ids.map(String);
}

const nextOf = async (t: TestService, id: string): Promise<number> =>
  Date.parse(String((await t.delivery(id)).nextAttemptAt));

/** Has an origin only probed, and its next probe in an hour. */
async function probeLater(t: TestService, receiver: TestReceiver): Promise<void> {
  await t.rows(
    `update nt30.aoc_nt_origens set finestra = 1, problema_des_de = now(),
       sondeig_proper = now() + interval '1 hour' where adreca like $1`,
    [`%:${receiver.port}`],
  );
}

describe('retrying at once', () => {
  it('sends what a mended endpoint had refused, in order and with its attempts counted', async () => {
    const t = await started();
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url, LATE);
    const [one, two] = [fresh(), fresh()];
    const ids = await failing(
      t,
      2,
      change({ notification: one }),
      change({ notification: two }),
      change({ notification: one, minute: 1, state: 'ACCEPTADA' }),
    );
    receiver.reply = acknowledge;
    const answer = await retry(t);
    expect(answer).toMatchObject({ status: 200, body: { broughtForward: 2, notBefore: 0, probes: 0 } });
    for (const id of ids) await t.finished(id);
    const sent = receiver.requests.filter(({ notification }) => notification === one);
    expect(sent.map(({ state, attempt }) => `${state} ${attempt}`)).toEqual([
      'DIPOSITADA 1',
      'DIPOSITADA 2',
      'ACCEPTADA 1',
    ]);
    expect((await retry(t)).body).toEqual({ broughtForward: 0, notBefore: 0, probes: 0 });
    const { body } = await t.call('GET', '/v1/audit?action=entity-retried');
    expect(itemsOf(body.items)).toMatchObject([
      { action: 'entity-retried', ...ENTITY, detail: {} },
      { action: 'entity-retried', ...ENTITY, detail: {} },
    ]);
  });

  it('ends at the last attempt of the schedule, however often it is asked for', async () => {
    const t = await started();
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url, LATE);
    const [id = ''] = await failing(t, 1, change({ notification: fresh() }));
    for (const attempt of [2, 3]) {
      await retry(t);
      await t.attempted((event) => event.delivery === id && event.attempt === attempt);
    }
    expect((await retry(t)).body).toMatchObject({ broughtForward: 0 });
    expect(await t.delivery(id)).toMatchObject({ status: 'exhausted', attempts: 3 });
    expect(receiver.of(id)).toHaveLength(3);
  });

  it('goes no sooner than a Retry-After asks for', async () => {
    const t = await started();
    const receiver = await receiving(inTurn(httpStatus(400, { 'retry-after': '1800' })));
    await t.configure(receiver.url, LATE);
    const [id = ''] = await failing(t, 1, change({ notification: fresh() }));
    const asked = Date.now() + 1_800_000;
    expect((await retry(t)).body).toEqual({ broughtForward: 0, notBefore: 1, probes: 0 });
    expect(Math.abs((await nextOf(t, id)) - asked)).toBeLessThan(60_000);
    expect(receiver.requests).toHaveLength(1);
  });

  it('leaves what others send, and the back offices that were not meant', async () => {
    const t = await started();
    const receiver = await receiving(refuse('No'));
    const own = { ...LATE, backOffices: { GEST: { endpoint: { url: `${receiver.url}/gest` } } } };
    await t.configure(receiver.url, own);
    await t.configure(receiver.url, LATE, OTHER);
    const [plain = '', gest = '', other = ''] = await failing(
      t,
      3,
      change({ notification: fresh() }),
      change({ notification: fresh(), backOffice: 'GEST' }),
      change({ notification: fresh(), entity: OTHER }),
    );
    receiver.reply = acknowledge;
    const before = await nextOf(t, other);
    expect((await retry(t, { backOffice: 'GEST' })).body).toMatchObject({ broughtForward: 1 });
    await t.finished(gest);
    expect(await t.delivery(plain)).toMatchObject({ status: 'retrying', attempts: 1 });
    expect((await retry(t, { backOffice: 'ALTRE' })).body).toMatchObject({ broughtForward: 0 });
    // The entity's own endpoint alone.
    expect((await retry(t, { backOffice: null })).body).toMatchObject({ broughtForward: 1 });
    await t.finished(plain);
    expect(await t.delivery(other)).toMatchObject({ status: 'retrying', attempts: 1 });
    expect(await nextOf(t, other)).toBe(before);
  });

  it('lets what is paused wait', async () => {
    const t = await started();
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url, LATE);
    const [id = ''] = await failing(t, 1, change({ notification: fresh() }));
    await t.call('POST', `${PATH}/pause`);
    await probeLater(t, receiver);
    expect((await retry(t)).body).toEqual({ broughtForward: 0, notBefore: 0, probes: 0 });
    expect(await t.delivery(id)).toMatchObject({ status: 'retrying', waitingFor: 'paused' });
  });

  it('probes a server that is only probed, by one delivery, and sends the rest once it is answered', async () => {
    const t = await started();
    const receiver = await receiving(httpStatus(503));
    await t.configure(receiver.url, LATE);
    const ids: string[] = [];
    while (ids.length < 3) ids.push(...(await failing(t, 1, change({ notification: fresh() }))));
    await probeLater(t, receiver);
    expect((await retry(t)).body).toEqual({ broughtForward: 3, notBefore: 0, probes: 1 });
    await t.attemptedTimes(4, () => true);
    // It is still away: the others are due, and wait for the next probe.
    expect(await t.rows('select from nt30.aoc_nt_enviaments where intents = 2')).toHaveLength(1);
    await probeLater(t, receiver);
    receiver.reply = acknowledge;
    expect((await retry(t)).body).toMatchObject({ broughtForward: 3, probes: 1 });
    for (const id of ids) expect(await t.finished(id)).toMatchObject({ status: 'acknowledged' });
  });

  it('says in /v1/now and in the health of the entity how many it would let go', async () => {
    const t = await started();
    const receiver = await receiving((request, response) =>
      (request.notification.endsWith('0') ? httpStatus(400, { 'retry-after': '1800' }) : refuse('No'))(
        request,
        response,
      ),
    );
    await t.configure(receiver.url, LATE);
    await failing(t, 10, ...Array.from({ length: 10 }, () => change({ notification: fresh() })));
    const now = await t.call('GET', '/v1/now');
    expect(now.body.trouble).toMatchObject([{ ...ENTITY, waiting: 10, retrying: 9 }]);
    const health = await t.call('GET', `${PATH}/health?days=1`);
    expect(health.body.now).toMatchObject({ trouble: [{ waiting: 10, retrying: 9 }] });
  });

  it('is for administrators and operators, of entities that are there', async () => {
    const t = await started();
    await t.configure('http://127.0.0.1:9/reports');
    await t.configure('http://127.0.0.1:9/reports', {}, OTHER);
    const operator = await t.as('operator');
    expect((await operator('POST', `${PATH}/retry`)).status).toBe(200);
    expect(await operator('POST', '/v1/entities/9900000099/1/retry')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await operator('POST', `${PATH}/retry`, { backOffice: '' })).status).toBe(400);
    expect((await operator('POST', `${PATH}/retry`, { other: true })).status).toBe(400);
    const integrator = await t.as('integrator', [ENTITY]);
    const auditor = await t.as('auditor');
    for (const refused of [
      await integrator('POST', `${PATH}/retry`),
      await integrator('POST', `/v1/entities/${OTHER.organisation}/${OTHER.department}/retry`),
      await auditor('POST', `${PATH}/retry`),
    ]) {
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    const { body } = await t.call('GET', '/v1/audit?action=entity-retried');
    expect(itemsOf(body.items)).toHaveLength(1);
  });

  it('takes many in transactions of some hundreds each', async () => {
    // Nothing sends: what was brought forward stays to be counted.
    const t = await started({ roles: ['api'] });
    await t.configure('http://127.0.0.1:9/reports', LATE);
    await t.take(...Array.from({ length: 650 }, () => change({ notification: fresh() })));
    await t.rows(
      `update nt30.aoc_nt_enviaments set situacio = 'retrying', intents = 1, gastats = 1,
         proper_intent = now() + interval '1 hour'`,
    );
    const { counters } = t.database.db;
    const before = counters.transactions;
    const retried = await retryEntity(t.database.db, ENTITY, null, THE_SERVICE);
    expect(retried).toMatchObject({ broughtForward: 650, origins: ['1'] });
    // One that begins, one for each state and the daily reports, two more where 650 are not 300.
    expect(counters.transactions - before).toBe(1 + 7 + 2);
    const due = await t.rows(
      'select from nt30.aoc_nt_enviaments where proper_intent <= now() and gastats = 1',
    );
    expect(due).toHaveLength(650);
  });
});
