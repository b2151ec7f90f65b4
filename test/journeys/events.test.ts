import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERTS } from '../../src/alert-settings.ts';
import { createCertificateWatch } from '../../src/delivery/certificates/watch.ts';
import { pino } from 'pino';
import { itemsOf, members } from '../support/answers.ts';
import { createAuthority, endingIn } from '../support/certificates.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, sorted } from '../support/journey.ts';
import { acknowledge, refuse } from '../support/receiver.ts';
import { until } from '../support/watch.ts';
import { byWebhook, eventsOf, noticeTest, OFF, told } from '../support/notices.ts';

const { started, receiving, webhooks, exhaust } = noticeTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
describe('an endpoint that fails', () => {
  it('is told of once for each stage, when it is suspended and when it recovers', async () => {
    const hook = await webhooks();
    const policy = { stagesMs: [10_000, 60_000], suspendAfterMs: 300_000 };
    const t = await started({
      settings: { ...byWebhook(hook, { policy }), retrySchedule: [30, 600_000] },
    });
    const receiver = await receiving(refuse('El NIF 00000000T no hi és'));
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery && event.attempt === 2);
    const failedFor = async (seconds: number) =>
      t.rows(
        `update nt30.aoc_nt_salut_punts set falla_des_de = clock_timestamp() - $1::integer * interval '1 second'`,
        [seconds],
      );
    await failedFor(15);
    await hook.times(1);
    await failedFor(65);
    await hook.times(2);
    await failedFor(400);
    await hook.first(({ type }) => type === 'endpoint.suspended');
    receiver.reply = acknowledge;
    await t.call('POST', `${PATH}/test`);
    await hook.first(({ type }) => type === 'endpoint.recovered');
    const events = hook.events.map(({ type, data }) => [type, data.stage]);
    expect(events).toEqual([
      ['endpoint.failing', '10s'],
      ['endpoint.failing', '1m'],
      ['endpoint.suspended', null],
      ['endpoint.recovered', null],
    ]);
    expect(hook.events.every(({ genuine }) => genuine)).toBe(true);
    const [failing] = hook.events;
    expect(failing?.data).toMatchObject({
      ...ENTITY,
      id: failing?.id,
      backOffice: null,
      entityName: 'Ajuntament Inventat, Secretaria',
      origin: new URL(receiver.url).origin,
      outcome: 'refused',
      code: 'error-element',
      httpStatus: 200,
      waiting: 1,
    });
    const text = members(failing?.data.text);
    expect(members(text.ca).title).toBe('Fa 10 s que falla: Ajuntament Inventat, Secretaria (9900000001/1)');
    expect(members(text.es).what).toContain('Desde el 20');
    expect(members(text.en).advice).toContain('refused the report with an Error element');
    expect(members(members(hook.events[2]?.data.text).ca).advice).toContain(
      'enotum-callbacks entities test 9900000001 1',
    );
    expect(JSON.stringify(hook.events)).not.toMatch(/00000000T|\/reports/);
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'retry' });
  });

  it('is not told to have recovered where nobody was told that it failed', async () => {
    const hook = await webhooks();
    const t = await started({
      settings: {
        ...byWebhook(hook, { policy: OFF }),
        retrySchedule: [1],
      },
    });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    await t.finished(await t.deliver(change({ notification: fresh() })));
    receiver.reply = acknowledge;
    await t.finished(await t.deliver(change({ notification: fresh() })));
    await t.rows('update nt30.aoc_nt_salut_punts set esgotats = 1, esgotats_dits = null');
    await hook.first(({ type }) => type === 'delivery.exhausted');
    expect(hook.events.filter(({ type }) => type !== 'delivery.exhausted')).toEqual([]);
  });

  it('is told of by one of several processes, once', async () => {
    const hook = await webhooks();
    const settings = byWebhook(hook, { policy: { stagesMs: [1, 2, 3], suspendAfterMs: 4 } });
    const t = await started({ settings: { ...settings, retrySchedule: [10, 10, 60_000] } });
    await started({ beside: t, roles: ['scheduler'], settings: { port: 0 } });
    await started({ beside: t, roles: ['scheduler'], settings: { port: 0 } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    for (let count = 0; count < 3; count += 1) {
      await t.deliver(change({ notification: fresh() }));
      await until(async () => ((await eventsOf(t, '?type=endpoint.suspended')).length > count ? true : null));
      await t.call('POST', `${PATH}/resume`);
    }
    const events = await told(t, 3);
    expect(sorted(hook.events.map(({ id }) => id))).toEqual(sorted(events.map(({ id }) => id)));
    expect(events.flatMap(({ notices }) => itemsOf(notices)).every(({ attempts }) => attempts === 1)).toBe(
      true,
    );
  });
});

describe('exhausted deliveries', () => {
  it('are told of together: one event for an endpoint, and no other on the same day', async () => {
    const hook = await webhooks();
    const t = await started({
      settings: { ...byWebhook(hook), retrySchedule: [1] },
      roles: ['api', 'relay', 'worker'],
    });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    for (let count = 0; count < 3; count += 1) {
      await t.finished(await t.deliver(change({ notification: fresh() })));
    }
    await started({ beside: t, roles: ['scheduler'], settings: { port: 0 } });
    const event = await hook.first(({ type }) => type === 'delivery.exhausted');
    expect(event.data).toMatchObject({ ...ENTITY, exhausted: 3, code: 'error-element' });
    await t.finished(await t.deliver(change({ notification: fresh() })));
    await told(t, 1);
    expect(await eventsOf(t)).toHaveLength(1);
    expect(await t.rows('select esgotats from nt30.aoc_nt_salut_punts')).toEqual([{ esgotats: 1 }]);
  });
});

describe('a certificate that ends', () => {
  it('is told of once for each stage, however often it is looked at', async () => {
    const t = await started({ roles: ['api'] });
    const { certificate } = createAuthority().issue(['backoffice.example'], endingIn(10));
    await t.configure(null, { endpoint: { url: 'https://backoffice.example', tls: { ca: certificate } } });
    const look = async (): Promise<void> => {
      const watch = createCertificateWatch(t.database.db, pino({ level: 'silent' }));
      void watch.start();
      await until(async () => ((await eventsOf(t)).length > 0 ? true : null));
      await watch.stop();
    };
    await look();
    // As on the next day.
    await t.rows(`update nt30.aoc_nt_avisos_certificats set dia = dia - 1`);
    await look();
    expect(await eventsOf(t)).toMatchObject([
      {
        type: 'certificate.expiring',
        ...ENTITY,
        backOffice: null,
        stage: '30d',
        certificate: { kind: 'ca', endpoints: 1 },
      },
    ]);
    expect((await t.call('GET', '/v1/events')).text).not.toContain('Autoritat');
  });
});

describe('the list of events', () => {
  it('is newest first, paged and filtered, for those who look after every entity', async () => {
    const t = await started({
      settings: { alerts: { ...DEFAULT_ALERTS, policy: OFF }, retrySchedule: [1] },
      roles: ['api', 'relay', 'worker'],
    });
    await exhaust(t, { organisation: '9900000002', department: '1' });
    await exhaust(t);
    await started({ beside: t, roles: ['scheduler'], settings: { port: 0 } });
    const all = await told(t, 2);
    const { body: first } = await t.call('GET', '/v1/events?limit=1');
    const { body: second } = await t.call('GET', `/v1/events?limit=1&after=${String(first.next)}`);
    expect([...itemsOf(first.items), ...itemsOf(second.items)]).toEqual(all);
    expect(second.next).toBeNull();
    expect(await eventsOf(t, '?organisation=9900000002')).toMatchObject([{ organisation: '9900000002' }]);
    expect(await eventsOf(t, '?type=endpoint.failing')).toEqual([]);
    expect(await eventsOf(t, '?to=2026-01-01T00:00:00Z')).toEqual([]);
    for (const query of ['?type=x', '?after=x', '?unknown=1', '?limit=201']) {
      expect((await t.call('GET', `/v1/events${query}`)).status).toBe(400);
    }
    for (const role of ['operator', 'auditor'] as const) {
      expect((await (await t.as(role))('GET', '/v1/events')).status).toBe(200);
    }
    for (const role of ['backend', 'integrator'] as const) {
      expect(
        (await (await t.as(role, role === 'integrator' ? [ENTITY] : []))('GET', '/v1/events')).status,
      ).toBe(403);
    }
  });
});
