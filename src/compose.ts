import type { TlsOptions } from 'node:tls';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { buildApp } from './api/app.ts';
import { createKeyring } from './api/auth/keyring.ts';
import { createSessions } from './api/auth/sessions.ts';
import { readConsoleFiles } from './api/console/files.ts';
import { createLiveStreams } from './api/live/streams.ts';
import { buildMonitoringApp } from './api/monitoring.ts';
import { healthRoutes } from './api/routes/health.ts';
import { metricsRoutes } from './api/routes/metrics.ts';
import { signInPath } from './api/routes/session.ts';
import { apiRoutes } from './api-calls.ts';
import type { ApiApp } from './api/types.ts';
import { Closers, within } from './closers.ts';
import { ROLES, type Role, type Settings } from './config.ts';
import { describeSettings } from './describe-settings.ts';
import { createShownCertificates } from './delivery/certificates/shown.ts';
import { countOwedDays } from './delivery/daily/daily-reports.ts';
import { createEngine, type Engine } from './delivery/engine.ts';
import type { AttemptEvent, Sender } from './delivery/ports.ts';
import { resolveBySystem, type Resolve } from './delivery/post/resolver.ts';
import { createSender } from './delivery/post/sender.ts';
import { createConnectionTests } from './delivery/probe/connection-test.ts';
import { addressRulesOf } from './domain/address-rules.ts';
import { createTroubleDesk } from './delivery/trouble/desk.ts';
import { CommandError } from './domain/errors.ts';
import { secretFile } from './embedded/secret-file.ts';
import { startSqs } from './embedded/sqs.ts';
import { tuneGarbageCollection } from './garbage-collection.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openDatabase } from './open-database.ts';
import { CONSOLE } from './package-files.ts';
import type { Queue } from './queue/queue.ts';
import { openSqsQueue } from './queue/sqs.ts';
import { readServiceSignature } from './service-signature.ts';
import { readServiceTls } from './service-tls.ts';
import type { SigningKey } from './soap/security/signing-key.ts';
import { readBacklog } from './store/backlog.ts';
import { summariseCertificates } from './store/certificates.ts';
import type { Database } from './store/database.ts';
import { ensureAdminKey } from './store/keys-start.ts';
import { assertMigrated, migrate } from './store/migrate.ts';
import { countResendJobs } from './store/resend-jobs.ts';
import { noteNetworkSettings, noteServiceCertificate } from './store/parameters.ts';
import { Sealer } from './store/secrets.ts';
import { createAdminSignInCode } from './store/sign-in-links.ts';
import { checkSealer, noteSealer } from './store/secrets-key.ts';
import { readTrouble } from './store/troubled-endpoints.ts';
import { USER_AGENT, VERSION } from './version.ts';

/** How long attempts under way may go on when the service stops, in milliseconds. */
const STOP_GRACE_MS = 5_000;

/** How long the parts may take to stop, in milliseconds: 10 s in all. */
const STOP_API_MS = 1_500;
const STOP_KEYRING_MS = 300;
const STOP_ENGINE_MS = STOP_GRACE_MS + 1_500;
const STOP_SHOWN_MS = 500;

/** What a start is told. */
export interface ServiceOptions {
  readonly settings: Settings;
  /** The parts that this process runs. */
  readonly roles: readonly Role[];
  /** Whether the database is brought to this version first. */
  readonly migrate: boolean;
  readonly logger: Logger;
  /** Told of each attempt that has ended and is recorded. */
  readonly onAttempt?: (event: AttemptEvent) => void;
  /** How host names of endpoints are resolved; the system's way by default. */
  readonly resolve?: Resolve;
}

/** A running service. */
export interface Service {
  /** Where the API listens; null without that role. */
  readonly url: string | null;
  readonly addresses: { readonly metrics: string | null };
  /** The administrator's key that this start made, to be printed once; null where there was one. */
  readonly adminKey: string | null;
  /** Whether its database is its own, and so what it shows is for whoever started it. */
  readonly isOwn: boolean;
  /** Makes an address that signs in to the console once, as the administrator; null where there is no console. */
  signInUrl(): Promise<string | null>;
  /** Stops intake, lets attempts end or gives them back, and closes everything, within 10 s. */
  stop(): Promise<void>;
}

/**
 * Starts the service: the only place where its parts meet.
 *
 * @throws CommandError that says what to do, with everything that was begun closed again
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  tuneGarbageCollection();
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(options: ServiceOptions, closers: Closers): Promise<Service> {
  const { settings, roles, logger } = options;
  const has = (role: Role): boolean => roles.includes(role);
  const ownQueue = settings.sqsQueueUrl === null && settings.sqsEndpoint === null;
  if (ownQueue && ROLES.some((role) => !has(role))) {
    throw new CommandError('queue-shared-required', `this process runs ${roles.join(', ')} alone`);
  }
  const signature = await readServiceSignature(settings);
  const tls = await readServiceTls(settings);
  // Together: most of a database's start is waited for, most of a queue's is our own work.
  const [{ db, url, isOwn }, queue] = await both(
    openDatabase(settings, logger, closers),
    openQueue(settings, logger, closers),
  );
  const sealer = new Sealer(
    settings.secretsKey ?? (await ownSecretsKey(settings)),
    settings.secretsKeyPrevious,
  );
  await checkSealer(db, sealer);
  await (options.migrate ? migrate(db) : assertMigrated(db));
  await noteSealer(db, sealer);
  await noteNetworkSettings(db, settings);
  await noteServiceCertificate(db, sealer, signature?.certificate ?? null);
  const adminKey = await ensureAdminKey(db, settings.adminKey);
  if (adminKey.hasEnded) logger.warn('ADMIN_KEY was revoked or rotated, and opens nothing: set another one');
  const metrics = createMetrics(
    async () => readBacklog(db),
    async () => summariseCertificates(db),
    async () => countOwedDays(db, settings.dailyReportDelayMs),
    async () => countResendJobs(db),
    async () => readTrouble(db),
  );
  const serviceKey = signature?.key ?? null;

  const shown = createShownCertificates(db, logger);
  closers.add(async () => within(STOP_SHOWN_MS, shown.settled()));
  const newSender = (): Sender =>
    createSender({
      ...addressRulesOf(settings),
      userAgent: USER_AGENT,
      ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
      onCertificate: shown.note,
    });
  const sender = newSender();
  closers.add(async () => sender.close());
  const engine = createEngine({
    db,
    databaseUrl: url,
    queue,
    sender,
    sealer,
    serviceKey,
    roles: { relay: has('relay'), worker: has('worker'), scheduler: has('scheduler') },
    alone: isOwn,
    retrySchedule: settings.retrySchedule,
    bodyRetentionMs: settings.bodyRetentionMs,
    dailyReportDelayMs: settings.dailyReportDelayMs,
    logger,
    metrics,
    onAttempt: options.onAttempt ?? (() => undefined),
  });
  const trouble = createTroubleDesk({
    db,
    alerts: settings.alerts,
    network: { rules: addressRulesOf(settings), resolve: options.resolve ?? resolveBySystem },
    logger,
    wake: engine.wake,
  });
  closers.add(async () => within(STOP_ENGINE_MS, Promise.all([engine.stop(STOP_GRACE_MS), trouble.stop()])));

  const parts = { db, queue, sealer, serviceKey, tls, newSender, engine, metrics };
  const api = await listen(options, parts, closers);
  await engine.start({ attemptsAreDead: isOwn, queueIsEmpty: ownQueue });
  if (has('scheduler')) trouble.start();
  logger.info({ roles, url: api.url }, 'started');
  return {
    url: api.url,
    addresses: { metrics: api.metrics },
    adminKey: adminKey.made,
    isOwn,
    async signInUrl() {
      const code = api.url === null || !api.hasConsole ? null : await createAdminSignInCode(db);
      return code === null ? null : `${api.url}/${signInPath(code)}`;
    },
    stop: async () => closers.close(),
  };
}

/** Waits for both, so that what is begun is known to whoever closes it; fails as the first of them that fails. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function ownSecretsKey(settings: Settings): Promise<Buffer> {
  const folder = resolve(settings.dataDir);
  await mkdir(folder, { recursive: true });
  return secretFile(join(folder, 'secrets-key'), SECRETS_KEY_BYTES);
}

const SECRETS_KEY_BYTES = 32;

async function openQueue(settings: Settings, logger: Logger, closers: Closers): Promise<Queue> {
  let endpoint = settings.sqsEndpoint;
  if (endpoint === null && settings.sqsQueueUrl === null) {
    const embedded = await startSqs();
    closers.add(async () => embedded.stop());
    endpoint = embedded.endpoint;
  }
  const queue = await openSqsQueue({ queueUrl: settings.sqsQueueUrl, endpoint, logger });
  closers.add(async () => queue.close());
  return queue;
}

interface ApiParts {
  readonly db: Database;
  readonly queue: Queue;
  readonly sealer: Sealer;
  readonly serviceKey: SigningKey | null;
  readonly tls: TlsOptions | null;
  readonly newSender: () => Sender;
  readonly engine: Engine;
  readonly metrics: Metrics;
}

async function listen(
  { settings, roles, logger }: ServiceOptions,
  { db, queue, sealer, serviceKey, tls, newSender, engine, metrics }: ApiParts,
  closers: Closers,
): Promise<{ url: string | null; metrics: string | null; hasConsole: boolean }> {
  const monitoring = [
    healthRoutes({
      database: async () => db.check(),
      queue: async () => ((await queue.isReachable()) ? 'ok' : 'unreachable'),
    }),
    metricsRoutes(metrics),
  ];
  const ownPort = settings.metricsPort;
  let metricsUrl: string | null = null;
  if (ownPort !== null || !roles.includes('api')) {
    const app = buildMonitoringApp(logger, monitoring);
    metricsUrl = await open(app, settings.host, ownPort ?? settings.port, closers);
  }
  if (!roles.includes('api')) return { url: null, metrics: metricsUrl, hasConsole: false };
  const tests = createConnectionTests({ db, sealer, serviceKey, newSender, logger, wake: engine.wake });
  const streams = createLiveStreams(db, logger);
  const shown = { version: VERSION, node: process.version, roles, settings: describeSettings(settings) };
  const looking = { isQueueThere: async () => queue.isReachable(), streams, shown, serviceKey };
  const preview = { db, sealer, serviceKey };
  const { alerts } = settings;
  const routes = apiRoutes({ tests, metrics, alerts, addresses: settings, preview, looking });
  const console = await readConsoleFiles(fileURLToPath(CONSOLE));
  if (console === null) logger.warn('the console was not built, and is not served: npm run build');
  const keyring = createKeyring(db);
  closers.add(async () => within(STOP_KEYRING_MS, keyring.close()));
  const app = await buildApp(
    {
      db,
      intake: engine.intake,
      sealer,
      keyring,
      sessions: createSessions(db, settings.sessionIdleMs),
      oidc: settings.oidc,
      console,
      retrySchedule: settings.retrySchedule,
      wake: engine.wake,
      logger,
      trustedProxies: settings.trustedProxies,
      tls,
      version: VERSION,
    },
    ownPort === null ? [...routes, ...monitoring] : routes,
  );
  const apiUrl = await open(app, settings.host, settings.port, closers);
  // Before the API closes: it waits for the answers that tests still owe.
  closers.add(async () => tests.stop());
  closers.add(async () => within(STOP_API_MS, streams.stop()));
  return { url: apiUrl, metrics: metricsUrl, hasConsole: console !== null };
}

async function open(app: ApiApp, host: string, port: number, closers: Closers): Promise<string> {
  closers.add(async () => within(STOP_API_MS, app.close()));
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EADDRINUSE') throw new CommandError('address-in-use', `${host}:${port} is taken`);
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EACCES') {
      throw new CommandError('invalid-setting', `HOST and PORT: cannot listen on ${host}:${port}`);
    }
    throw error;
  }
}
