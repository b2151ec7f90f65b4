import type { Logger } from 'pino';
import type { TroublePolicy } from '../../domain/health.ts';
import type { Database } from '../../store/database.ts';
import type { Channel } from '../events/channel.ts';
import { createDispatcher } from '../events/dispatch.ts';
import { createMail, type MailSettings } from '../events/mail.ts';
import { createWebhook, type WebhookNetwork, type WebhookSettings } from '../events/webhook.ts';
import { createTroubleWatch } from './watch.ts';

/** When people are told of trouble, and how. */
export interface AlertSettings {
  readonly policy: TroublePolicy;
  /** Null: by none. */
  readonly webhook: WebhookSettings | null;
  readonly mail: MailSettings | null;
}

/** What looks after endpoints that fail, and tells of it: a part of the scheduler. */
export interface TroubleDesk {
  start(): void;
  stop(): Promise<void>;
}

/** Puts the watch and what tells of its events together. Any number may run. */
export function createTroubleDesk(options: {
  readonly db: Database;
  readonly alerts: AlertSettings;
  readonly network: WebhookNetwork;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly wake: (origins: readonly string[]) => void;
}): TroubleDesk {
  const { db, alerts, network, logger, wake } = options;
  const channels: Channel[] = [
    ...(alerts.webhook === null ? [] : [createWebhook(alerts.webhook, network)]),
    ...(alerts.mail === null ? [] : [createMail(alerts.mail)]),
  ];
  const dispatcher = createDispatcher(db, channels, logger);
  const watch = createTroubleWatch({ db, policy: alerts.policy, logger, wake, onEvents: dispatcher.wake });
  return {
    start() {
      void watch.start().then(() => dispatcher.start());
    },
    async stop() {
      await Promise.all([watch.stop(), dispatcher.stop()]);
    },
  };
}
