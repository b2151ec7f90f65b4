import { describe, expect, it, onTestFinished } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { change } from '../support/changes.ts';
import { at, dailyJourney, DAY, NEXT, reportsAt, THIRD, type DailyEntity } from '../support/daily.ts';
import { fresh, sorted } from '../support/journey.ts';
import { acknowledge, held, httpStatus, refuse, startTestReceiver } from '../support/receiver.ts';
import { startTestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const journey = dailyJourney();

/** Retries that no test waits for. */
const LONG = { retryDelays: ['1h', '1h'] };

/** Has a notification of the entity change on a day, and ends it; answers the day's delivery. */
async function liveDay(daily: DailyEntity, day: string, backOffice: string | null = null): Promise<string> {
  const before = await daily.deliveries();
  await daily.live({ notification: fresh(), at: at('09:00:00.000', day), backOffice });
  await daily.endDay(day);
  const [made = ''] = (await daily.deliveries()).slice(before.length);
  return made;
}

/** Has the reports of DAY refused, and all others acknowledged. */
function refuseFirstDay({ receiver }: DailyEntity): void {
  receiver.reply = (request, response) => {
    const isFirst = request.report.includes(`<DataInforme>${DAY}<`);
    (isFirst ? refuse('No es pot') : acknowledge)(request, response);
  };
}

describe('an entity’s daily reports', () => {
  it('go in order: each waits until the one before is acknowledged', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    const gate = held(acknowledge);
    receiver.reply = gate.reply;
    const first = await liveDay(daily, DAY);
    const second = await liveDay(daily, NEXT);
    const third = await liveDay(daily, THIRD);
    await receiver.first(() => true);
    for (const id of [second, third]) {
      expect(await t.delivery(id)).toMatchObject({ status: 'waiting', waitingFor: 'earlier', attempts: 0 });
    }
    gate.release();
    expect((await reportsAt(receiver, 3)).map(({ date }) => date)).toEqual([DAY, NEXT, THIRD]);
    await t.finished(third);
    expect(receiver.requests.map(({ delivery }) => delivery)).toEqual([first, second, third]);
  });

  it('are retried, logged as FASE_REPORT_DIARI and, when exhausted, left behind', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    refuseFirstDay(daily);
    const first = await liveDay(daily, DAY);
    const second = await liveDay(daily, NEXT);
    await t.finished(second);
    expect(receiver.of(first).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(receiver.of(first).map(({ report }) => report)).size).toBe(1);
    expect(receiver.requests.at(-1)?.delivery).toBe(second);
    const { attemptList, ...shown } = await t.delivery(first);
    expect(shown).toEqual({
      id: first,
      notification: null,
      state: null,
      ...daily.entity,
      entityName: 'Ajuntament Inventat, Secretaria',
      backOffice: null,
      kind: 'Diari',
      daily: { date: DAY, part: 1, notifications: 1 },
      status: 'exhausted',
      waitingFor: null,
      late: false,
      attempts: 7,
      nextAttemptAt: null,
      createdAt: expect.any(String),
      finishedAt: expect.any(String),
      lastOutcome: 'refused',
      resentFrom: null,
      cancelReason: null,
      // The request of RecuperarReport by which the integrator learns it all the same.
      recovery: { ...daily.entity, date: DAY },
    });
    expect(itemsOf(attemptList)).toHaveLength(7);
    for (const attempt of itemsOf(attemptList)) {
      expect(attempt).toMatchObject({
        phase: 'FASE_REPORT_DIARI',
        notification: null,
        errorText: 'No es pot',
      });
    }
  });

  it('bring a retry of the one before forward', async () => {
    const daily = await journey.begin(LONG);
    const { t, receiver } = daily;
    receiver.reply = (request, response) => {
      const isFirst = request.report.includes(`<DataInforme>${DAY}<`) && request.attempt === 1;
      (isFirst ? refuse('Encara no') : acknowledge)(request, response);
    };
    const first = await liveDay(daily, DAY);
    await t.attempted(({ delivery }) => delivery === first);
    expect(await t.delivery(first)).toMatchObject({ status: 'retrying', waitingFor: 'retry' });
    const second = await liveDay(daily, NEXT);
    expect(await t.finished(first)).toMatchObject({ attempt: 2, status: 'acknowledged' });
    expect(await t.finished(second)).toMatchObject({ attempt: 1, status: 'acknowledged' });
  });

  it('may be cancelled, which lets the next one go', async () => {
    const daily = await journey.begin(LONG);
    const { t } = daily;
    refuseFirstDay(daily);
    const first = await liveDay(daily, DAY);
    await t.attempted(({ delivery }) => delivery === first);
    const second = await liveDay(daily, NEXT);
    await t.attemptedTimes(2, ({ delivery }) => delivery === first);
    const { status, body } = await t.call('POST', `/v1/deliveries/${first}/cancel`, { reason: 'prou' });
    expect([status, body.status, body.cancelReason]).toEqual([200, 'cancelled', 'prou']);
    expect(await t.finished(second)).toMatchObject({ status: 'acknowledged' });
  });

  it('may be sent again, byte for byte, behind those that wait', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    const first = await liveDay(daily, DAY);
    await t.finished(first);
    const gate = held(acknowledge);
    receiver.reply = gate.reply;
    const second = await liveDay(daily, NEXT);
    const again = await t.call('POST', `/v1/deliveries/${first}/resend`);
    expect(again).toMatchObject({
      status: 201,
      body: {
        kind: 'Diari',
        resentFrom: first,
        waitingFor: 'earlier',
        daily: { date: DAY, part: 1, notifications: 1 },
      },
    });
    expect(await t.call('POST', `/v1/deliveries/${first}/resend`)).toMatchObject({
      status: 409,
      body: { code: 'delivery-unfinished' },
    });
    gate.release();
    await t.finished(String(again.body.id));
    const [sent, , resent] = receiver.requests;
    expect(receiver.requests.map(({ delivery }) => delivery)).toEqual([first, second, again.body.id]);
    expect(resent?.report).toBe(sent?.report);
    expect(await daily.endDay(THIRD)).toBe(true);
    expect(await daily.deliveries()).toHaveLength(3);
  });

  it('of a back office that does not answer hold up no other’s', async () => {
    const daily = await journey.begin(LONG);
    const { t, receiver } = daily;
    await daily.configure({
      ...LONG,
      backOffices: { GESTEXP: { endpoint: { url: `${receiver.url}/gestexp` } } },
    });
    receiver.reply = (request, response) =>
      (request.path === '/reports' ? acknowledge : httpStatus(404))(request, response);
    const own = await liveDay(daily, DAY, 'GESTEXP');
    await t.attempted(({ delivery }) => delivery === own);
    const entity = await liveDay(daily, NEXT);
    const behind = await liveDay(daily, THIRD, 'GESTEXP');
    expect(await t.finished(entity)).toMatchObject({ status: 'acknowledged' });
    expect(await t.delivery(behind)).toMatchObject({ waitingFor: 'earlier', backOffice: 'GESTEXP' });
  });

  it('go on when their release was lost', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    const gate = held(acknowledge);
    receiver.reply = gate.reply;
    await liveDay(daily, DAY);
    const second = await liveDay(daily, NEXT);
    await receiver.first(() => true);
    await t.rows(
      `update nt30.aoc_nt_enviaments set situacio = 'cancelled', finalitzat = now(), primer = false
       where organisme = $1 and enviament <> $2`,
      [daily.entity.organisation, second],
    );
    const scheduler = await startTestService({ roles: ['scheduler'], beside: t });
    onTestFinished(async () => scheduler.close());
    await receiver.first(({ delivery }) => delivery === second);
    gate.release();
  });
});

describe('an entity without an endpoint', () => {
  it('has its daily reports wait, visibly, and go out in order when there is one', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    await daily.configure({}, null);
    const first = await liveDay(daily, DAY);
    const second = await liveDay(daily, NEXT);
    for (const id of [first, second]) {
      expect(await t.delivery(id)).toMatchObject({
        status: 'waiting',
        waitingFor: 'configuration',
        lastOutcome: 'blocked',
        attemptList: [
          {
            phase: 'FASE_REPORT_DIARI',
            attempt: null,
            outcome: 'blocked',
            errorText: 'The configuration lacks: endpoint.url.',
          },
        ],
      });
    }
    await daily.configure();
    await t.finished(second);
    expect((await reportsAt(receiver, 2)).map(({ date }) => date)).toEqual([DAY, NEXT]);
  });

  it('has those that were sent to it follow it to another address', async () => {
    const daily = await journey.begin(LONG);
    const { t, receiver } = daily;
    receiver.reply = httpStatus(404);
    const first = await liveDay(daily, DAY);
    await t.attempted(({ delivery }) => delivery === first);
    const second = await liveDay(daily, NEXT);
    await t.attemptedTimes(2, ({ delivery }) => delivery === first);
    const other = await startTestReceiver();
    onTestFinished(async () => other.close());
    await daily.configure({}, null);
    await daily.configure({}, other.url);
    await t.finished(second);
    expect(other.requests.map(({ delivery }) => delivery)).toEqual([first, second]);
  });
});

describe('an entity that is paused', () => {
  it('has its daily reports made and held, and sent in order once it is resumed', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    const path = `/v1/entities/${daily.entity.organisation}/1`;
    expect((await t.call('POST', `${path}/pause`, { reason: 'manteniment' })).status).toBe(200);
    const first = await liveDay(daily, DAY);
    const second = await liveDay(daily, NEXT);
    expect(await t.delivery(first)).toMatchObject({ status: 'waiting', waitingFor: 'paused', attempts: 0 });
    expect((await t.call('POST', `${path}/resume`)).status).toBe(200);
    await t.finished(second);
    expect(receiver.requests.map(({ delivery }) => delivery)).toEqual([first, second]);
  });
});

describe('the switch', () => {
  it('takes changes from then on; those of before it was switched off are told when the day is over', async () => {
    const daily = await journey.begin({ daily: false });
    const { receiver } = daily;
    const [before, during, after] = [fresh(), fresh(), fresh()];
    await daily.live({ notification: before, at: at('08:00:00.000') });
    await daily.configure();
    await daily.live({ notification: during });
    await daily.configure({ daily: false });
    await daily.live({ notification: after, at: at('10:00:00.000') });
    await daily.endDay(DAY);
    const [report] = await reportsAt(receiver, 1);
    expect(report?.items.map(({ notification }) => notification.id)).toEqual([during]);
  });

  it('keeps an entity from being deleted while something is owed', async () => {
    const daily = await journey.begin();
    const { t, receiver } = daily;
    const gate = held(acknowledge);
    receiver.reply = gate.reply;
    const notification = fresh();
    const path = `/v1/entities/${daily.entity.organisation}/1`;
    await daily.live({ id: 'owed', notification });
    const stateChanges = async () =>
      itemsOf((await t.call('GET', `/v1/notifications/${notification}`)).body.stateChanges);
    expect(await stateChanges()).toMatchObject([{ id: 'owed', deliveryId: null, dailyDeliveryId: null }]);
    expect(await t.call('DELETE', path)).toMatchObject({ status: 409, body: { code: 'entity-in-use' } });
    await daily.endDay(DAY);
    const [id = ''] = await daily.deliveries();
    expect(await stateChanges()).toMatchObject([{ id: 'owed', dailyDeliveryId: id }]);
    expect((await t.call('DELETE', path)).status).toBe(409);
    gate.release();
    await t.finished(id);
    expect(await until(async () => ((await t.call('DELETE', path)).status === 204 ? true : null))).toBe(true);
  });
});

describe('the list of deliveries', () => {
  it('can be that of daily reports, or of online ones', async () => {
    const daily = await journey.begin({ online: true });
    const { t } = daily;
    const notification = fresh();
    const online = await t.deliver(change({ notification, entity: daily.entity, at: at('09:00:00.000') }));
    await daily.endDay(DAY);
    const [report = ''] = await daily.deliveries();
    const own = `organisation=${daily.entity.organisation}`;
    const ids = async (query: string) =>
      itemsOf((await t.call('GET', `/v1/deliveries?${query}`)).body.items).map(({ id }) => id);
    expect((await ids('kind=Diari'))[0]).toBe(report);
    expect(await ids(`kind=Diari&${own}`)).toEqual([report]);
    expect(await ids('kind=Diari&organisation=9900009999')).toEqual([]);
    expect(await ids(`kind=OnLine&${own}`)).toEqual([online]);
    expect(await ids(`${own}&department=1`)).toEqual([report, online]);
    expect(await ids(`notification=${notification}`)).toEqual([online]);
    expect(await ids(`${own}&state=DIPOSITADA`)).toEqual([online]);
    expect(await t.call('GET', '/v1/deliveries?kind=Diari&state=DIPOSITADA')).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', fields: [{ field: 'state' }] },
    });
    await Promise.all([t.finished(report), t.finished(online)]);
    const { body } = await t.call('GET', `/v1/communications?${own}&outcome=acknowledged`);
    expect(sorted(itemsOf(body.items).map(({ phase }) => phase))).toEqual([
      'FASE_REPORT_DIARI',
      'FASE_REPORT_ONLINE',
    ]);
  });
});
