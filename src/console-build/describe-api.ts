import { pino } from 'pino';
import { buildApp } from '../api/app.ts';
import { createKeyring } from '../api/auth/keyring.ts';
import { createLiveStreams } from '../api/live/streams.ts';
import { createSessions } from '../api/auth/sessions.ts';
import { apiRoutes } from '../api-calls.ts';
import { DEFAULT_SETTINGS } from '../config.ts';
import { createSender } from '../delivery/post/sender.ts';
import { createConnectionTests } from '../delivery/probe/connection-test.ts';
import { Database } from '../store/database.ts';
import { Sealer } from '../store/secrets.ts';
import { USER_AGENT, VERSION } from '../version.ts';

/** The API's own description, of an app that is built as the service builds it and never listens. */
export async function describeApi(): Promise<unknown> {
  const settings = DEFAULT_SETTINGS;
  const logger = pino({ level: 'silent' });
  // Connects at its first statement: there is none.
  const db = new Database('postgres://nowhere.invalid/none', { connections: 1, onError: () => undefined });
  const sealer = new Sealer(Buffer.alloc(32));
  const newSender = () => createSender({ ...settings, userAgent: USER_AGENT });
  const parts = { db, sealer, serviceKey: null };
  const tests = createConnectionTests({ ...parts, newSender, logger, wake: () => undefined });
  const app = await buildApp(
    {
      db,
      intake: {
        submit: async () => Promise.reject(new Error('nothing is taken here')),
        requireRoom: () => undefined,
      },
      sealer,
      keyring: createKeyring(db),
      sessions: createSessions(db, settings.sessionIdleMs),
      oidc: null,
      console: null,
      retrySchedule: settings.retrySchedule,
      wake: () => undefined,
      logger,
      trustedProxies: [],
      tls: null,
      version: VERSION,
    },
    apiRoutes({
      tests,
      metrics: { finished: () => undefined },
      alerts: settings.alerts,
      addresses: settings,
      preview: parts,
      looking: {
        isQueueThere: async () => Promise.resolve(false),
        streams: createLiveStreams(db, logger),
        shown: { version: VERSION, node: process.version, roles: [], settings: [] },
        serviceKey: null,
      },
    }),
  );
  await app.ready();
  const description: unknown = app.swagger();
  await app.close();
  await tests.stop();
  await db.close();
  return description;
}
