import { DEFAULT_ALERTS } from '../../src/alert-settings.ts';
import type { AlertSettings } from '../../src/delivery/trouble/desk.ts';
import { itemsOf } from './answers.ts';
import { change, ENTITY } from './changes.ts';
import { fresh, journeyTest, type Journey } from './journey.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { refuse } from './receiver.ts';
import type { TestService } from './service.ts';
import { until } from './watch.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook.ts';

/** What signs the webhook's events. */
const SECRET = Buffer.alloc(32, 9);

/** Looks every two seconds; warns of nothing, and suspends what fails for longer than a test does. */
export const OFF = { stagesMs: [], suspendAfterMs: 20_000 };

/** A journey in which events are told to somebody. */
export interface NoticeJourney extends Journey {
  readonly webhooks: () => Promise<WebhookReceiver>;
  readonly mailServer: () => Promise<MailServer>;
  /** Exhausts one delivery of an entity. */
  readonly exhaust: (t: TestService, entity?: typeof ENTITY) => Promise<void>;
}

/** Sets up one test file. */
export function noticeTest(): NoticeJourney {
  const journey = journeyTest();
  return {
    ...journey,
    async webhooks() {
      const receiver = await startWebhookReceiver(SECRET);
      journey.closing(() => receiver.close());
      return receiver;
    },
    async mailServer() {
      const server = await startMailServer();
      journey.closing(async () => server.close());
      return server;
    },
    async exhaust(t, entity = ENTITY) {
      const receiver = await journey.receiving(refuse('No'));
      await t.configure(receiver.url, { retryDelays: ['1ms'] }, entity);
      await t.finished(await t.deliver(change({ notification: fresh(), entity })));
    },
  };
}

export const byWebhook = ({ url }: WebhookReceiver, alerts: Partial<AlertSettings> = {}) => ({
  alerts: { ...DEFAULT_ALERTS, policy: OFF, webhook: { url, secret: SECRET, networks: [] }, ...alerts },
});

export const byMail = ({ port }: MailServer, alerts: Partial<AlertSettings> = {}) => ({
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

export const eventsOf = async (t: TestService, query = '') =>
  itemsOf((await t.call('GET', `/v1/events${query}`)).body.items);

/** The list once its notices have come to an end. */
export async function told(t: TestService, count: number) {
  return until(async () => {
    const events = await eventsOf(t);
    const pending = events
      .flatMap(({ notices }) => itemsOf(notices))
      .some(({ status }) => status === 'pending');
    return events.length >= count && !pending ? events : null;
  });
}
