import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERTS } from '../../src/alert-settings.ts';
import { createCertificateWatch } from '../../src/delivery/certificates/watch.ts';
import type { AlertSettings } from '../../src/delivery/trouble/desk.ts';
import { pino } from 'pino';
import { itemsOf, members } from '../support/answers.ts';
import { createAuthority, endingIn } from '../support/certificates.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest, sorted } from '../support/journey.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { acknowledge, refuse } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook.ts';

const { started, receiving, closing } = journeyTest();

const SECRET = Buffer.alloc(32, 9);
const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
/** Looks every two seconds; warns of nothing, and suspends what fails for longer than a test does. */
const OFF = { stagesMs: [], suspendAfterMs: 20_000 };

async function webhooks(): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(SECRET);
  closing(() => receiver.close());
  return receiver;
}

async function mailServer(): Promise<MailServer> {
  const server = await startMailServer();
  closing(async () => server.close());
  return server;
}

const byWebhook = ({ url }: WebhookReceiver, alerts: Partial<AlertSettings> = {}) => ({
  alerts: { ...DEFAULT_ALERTS, policy: OFF, webhook: { url, secret: SECRET, networks: [] }, ...alerts },
});

const byMail = ({ port }: MailServer, alerts: Partial<AlertSettings> = {}) => ({
  alerts: {
    ...DEFAULT_ALERTS,
    policy: OFF,
    mail: {
      host: '127.0.0.1',
      port,
      secure: false,
      login: null,
      from: 'avisos@exemple.invalid',
      to: ['guardia@exemple.invalid'],
    },
    ...alerts,
  },
});

const eventsOf = async (t: TestService, query = '') =>
  itemsOf((await t.call('GET', `/v1/events${query}`)).body.items);

/** The list once its notices have come to an end. */
async function told(t: TestService, count: number) {
  return until(async () => {
    const events = await eventsOf(t);
    const pending = events
      .flatMap(({ notices }) => itemsOf(notices))
      .some(({ status }) => status === 'pending');
    return events.length >= count && !pending ? events : null;
  });
}

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
      watch.start();
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

describe('a webhook', () => {
  it.each([500, 307])(
    'gets an event again, under the same id, after %i, until it takes it',
    async (status) => {
      const hook = await webhooks();
      hook.status = status;
      const t = await started({ settings: { ...byWebhook(hook), retrySchedule: [1] } });
      await exhaust(t);
      const [first] = await hook.times(1);
      const refused = await until(async () => {
        const [event] = await eventsOf(t);
        const [notice] = itemsOf(event?.notices ?? []);
        return notice?.errorCode === `http-${status}` ? notice : null;
      });
      expect(refused).toMatchObject({ channel: 'webhook', status: 'pending', attempts: 1, sentAt: null });
      expect((await t.call('GET', '/metrics')).text).toMatch(
        /^enotum_event_notices_pending\{channel="webhook"\} 1$/m,
      );
      hook.status = 204;
      const [, second] = await hook.times(2);
      expect(second?.id).toBe(first?.id);
      expect(second?.genuine).toBe(true);
      const [event] = await told(t, 1);
      expect(itemsOf(event?.notices ?? [])).toMatchObject([{ status: 'sent', attempts: 2, errorCode: null }]);
    },
  );

  it('that hangs ends with the service, and its event is sent by whoever runs next', async () => {
    const hook = await webhooks();
    hook.status = null;
    const t = await started({ settings: { ...byWebhook(hook), retrySchedule: [1] } });
    await exhaust(t);
    await hook.times(1);
    const begun = performance.now();
    await t.stop();
    expect(performance.now() - begun).toBeLessThan(9_000);
    const [notice] = await t.rows(
      'select enviat, proper_intent > now() as pending from nt30.aoc_nt_avisos_esdeveniments',
    );
    expect(notice).toEqual({ enviat: null, pending: true });
  });

  it('that is configured later begins with what happens then', async () => {
    const t = await started({
      settings: { alerts: { ...DEFAULT_ALERTS, policy: OFF }, retrySchedule: [1] },
    });
    await exhaust(t);
    await until(async () => ((await eventsOf(t)).length === 1 ? true : null));
    await until(async () => {
      const rows = await t.rows('select from nt30.aoc_nt_esdeveniments where not repartit');
      return rows.length === 0 ? true : null;
    });
    await t.stop();
    const hook = await webhooks();
    const later = await started({ beside: t, settings: byWebhook(hook) });
    await exhaust(later, { organisation: '9900000002', department: '1' });
    await hook.first(({ data }) => data.organisation === '9900000002');
    expect(hook.events.filter(({ type }) => type === 'delivery.exhausted')).toHaveLength(1);
    expect(await eventsOf(later, '?type=delivery.exhausted')).toHaveLength(2);
  });
});

/** Exhausts one delivery of an entity. */
async function exhaust(t: TestService, entity = ENTITY): Promise<void> {
  const receiver = await receiving(refuse('No'));
  await t.configure(receiver.url, { retryDelays: ['1ms'] }, entity);
  await t.finished(await t.deliver(change({ notification: fresh(), entity })));
}

describe('a mail', () => {
  it('says in Catalan, Spanish and English what happened, to whom, since when and what to do', async () => {
    const server = await mailServer();
    const t = await started({ settings: { ...byMail(server), retrySchedule: [1] } });
    await exhaust(t);
    const received = await server.first();
    expect(received).toMatchObject({ from: 'avisos@exemple.invalid', to: ['guardia@exemple.invalid'] });
    const { subject, text = '', headers } = received.mail;
    expect(subject).toBe(
      '[eNOTUM callbacks] Enviaments exhaurits (1): Ajuntament Inventat, Secretaria (9900000001/1)',
    );
    const places = [
      'Han gastat tots els intents',
      'Han gastado todos los intentos',
      'They have spent all',
    ].map((words) => text.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('RecuperarReport');
    expect(headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
  });

  it('has all that is due together', async () => {
    const server = await mailServer();
    const t = await started({
      settings: { ...byMail(server), retrySchedule: [1] },
      roles: ['api', 'relay', 'worker'],
    });
    for (const organisation of ['9900000001', '9900000002', '9900000003']) {
      await exhaust(t, { organisation, department: '1' });
    }
    await started({ beside: t, roles: ['scheduler'], settings: { port: 0 } });
    const received = await server.first();
    expect(received.mail.subject).toBe('[eNOTUM callbacks] 3 avisos');
    await told(t, 3);
    expect(server.mails).toHaveLength(1);
    for (const organisation of ['9900000001', '9900000002', '9900000003']) {
      expect(received.mail.text).toContain(`(${organisation}/1)`);
    }
  });

  it('that the server refuses is tried again, and the list says so without repeating the server', async () => {
    const server = await mailServer();
    server.refusal = 550;
    const t = await started({ settings: { ...byMail(server), retrySchedule: [1] } });
    await exhaust(t);
    await until(async () => {
      const [event] = await eventsOf(t);
      return itemsOf(event?.notices ?? [])[0]?.errorCode === 'smtp-refused-550' ? true : null;
    });
    expect((await t.call('GET', '/v1/events')).text).not.toContain('no such mailbox');
    server.refusal = null;
    await server.times(1);
    expect(server.refused).toContain('guardia@exemple.invalid');
  });

  it('goes beside a webhook: neither waits for the other', async () => {
    const hook = await webhooks();
    hook.status = null;
    const server = await mailServer();
    const { mail } = byMail(server).alerts;
    const t = await started({ settings: { ...byWebhook(hook, { mail }), retrySchedule: [1] } });
    await exhaust(t);
    await server.times(1);
    await until(async () => {
      const [event] = await eventsOf(t);
      const notices = itemsOf(event?.notices ?? []).map(
        ({ channel, status }) => `${String(channel)} ${String(status)}`,
      );
      return notices.join() === 'mail sent,webhook pending' ? true : null;
    });
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
