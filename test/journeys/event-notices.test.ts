import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERTS } from '../../src/alert-settings.ts';
import { itemsOf } from '../support/answers.ts';
import { until } from '../support/watch.ts';
import { byMail, byWebhook, eventsOf, noticeTest, OFF, told } from '../support/notices.ts';

const { started, webhooks, mailServer, exhaust } = noticeTest();

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
