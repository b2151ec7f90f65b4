import type { TlsOptions } from 'node:tls';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { buildApp } from './api/app.ts';
import { createKeyring } from './api/auth/keyring.ts';
import { buildMonitoringApp } from './api/monitoring.ts';
import { certificateRoutes } from './api/routes/certificates.ts';
import { communicationRoutes } from './api/routes/communications.ts';
import { auditRoutes } from './api/routes/audit.ts';
import { deliveryRoutes } from './api/routes/deliveries.ts';
import { entityRoutes } from './api/routes/entities.ts';
import { entityTestRoutes } from './api/routes/entity-tests.ts';
import { healthRoutes } from './api/routes/health.ts';
import { keyRoutes } from './api/routes/keys.ts';
import { metricsRoutes } from './api/routes/metrics.ts';
import { notificationRoutes } from './api/routes/notifications.ts';
import { pauseRoutes } from './api/routes/pauses.ts';
import { previewRoutes } from './api/routes/previews.ts';
import { resendRoutes } from './api/routes/resends.ts';
import { stateChangeRoutes } from './api/routes/state-changes.ts';
import { recoverRoutes } from './api/soap/routes.ts';
import type { ApiApp } from './api/types.ts';
import { ROLES, type Role, type Settings } from './config.ts';
import { createShownCertificates } from './delivery/certificates/shown.ts';
import { countOwedDays } from './delivery/daily/daily-reports.ts';
import { createEngine, type Engine } from './delivery/engine.ts';
import type { AttemptEvent, Sender } from './delivery/ports.ts';
import type { Resolve } from './delivery/post/resolver.ts';
import { createSender } from './delivery/post/sender.ts';
import { createConnectionTests } from './delivery/probe/connection-test.ts';
import { addressRulesOf } from './domain/address-rules.ts';
import { CommandError } from './domain/errors.ts';
import { startPostgres } from './embedded/postgres.ts';
import { secretFile } from './embedded/secret-file.ts';
import { startSqs } from './embedded/sqs.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Queue } from './queue/queue.ts';
import { openSqsQueue } from './queue/sqs.ts';
import { readServiceSignature } from './service-signature.ts';
import { readServiceTls } from './service-tls.ts';
import type { SigningKey } from './soap/security/signing-key.ts';
import { readBacklog } from './store/backlog.ts';
import { summariseCertificates } from './store/certificates.ts';
import { Database, isUnavailable } from './store/database.ts';
import { ensureAdminKey } from './store/keys-start.ts';
import { assertMigrated, migrate } from './store/migrate.ts';
import { countResendJobs } from './store/resend-jobs.ts';
import { noteNetworkSettings, noteServiceCertificate } from './store/parameters.ts';
import { Sealer } from './store/secrets.ts';
import { checkSealer, noteSealer } from './store/secrets-key.ts';
import { applicationName } from './store/secrets-rotation.ts';
import { USER_AGENT, VERSION } from './version.ts';

/** Connections to PostgreSQL: the engine's lanes need few, the API's reads the rest. */
const CONNECTIONS = 12;

/** How long attempts under way may go on when the service stops, in milliseconds. */
const STOP_GRACE_MS = 5_000;

/** How long the parts may take to stop, in milliseconds: 10 s in all. */
const STOP_API_MS = 1_500;
const STOP_KEYRING_MS = 300;
const STOP_ENGINE_MS = STOP_GRACE_MS + 1_500;
const STOP_SHOWN_MS = 500;
const STOP_DATABASE_MS = 1_000;

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
  /** Stops intake, lets attempts end or gives them back, and closes everything, within 10 s. */
  stop(): Promise<void>;
}

/** What is closed when the service stops, or when its start fails: last opened, first closed. */
class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) await close();
  }
}

/**
 * Starts the service: the only place where its parts meet.
 *
 * @throws CommandError that says what to do, with everything that was begun closed again
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

/** Opens the database for one piece of work, and closes it again. */
export async function withDatabase<T>(
  settings: Settings,
  logger: Logger,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const closers = new Closers();
  try {
    return await work((await openDatabase(settings, logger, closers)).db);
  } finally {
    await closers.close();
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
  const { db, url, isOwn } = await openDatabase(settings, logger, closers);
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
  const queue = await openQueue(settings, logger, closers);
  const metrics = createMetrics(
    async () => readBacklog(db),
    async () => summariseCertificates(db),
    async () => countOwedDays(db, settings.dailyReportDelayMs),
    async () => countResendJobs(db),
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
  closers.add(async () => within(STOP_ENGINE_MS, engine.stop(STOP_GRACE_MS)));

  const api = await listen(
    options,
    { db, queue, sealer, serviceKey, tls, newSender, engine, metrics },
    closers,
  );
  await engine.start({ attemptsAreDead: isOwn, queueIsEmpty: ownQueue });
  logger.info({ roles, url: api.url }, 'started');
  return {
    url: api.url,
    addresses: { metrics: api.metrics },
    adminKey: adminKey.made,
    stop: async () => closers.close(),
  };
}

/** Bounds a part's stopping: what it leaves behind is given back when its leases end. */
async function within(ms: number, stopping: Promise<void>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([
    stopping.finally(() => patience.abort()),
    delay(ms, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
}

interface OpenDatabase {
  readonly db: Database;
  readonly url: string;
  /** Whether it is embedded: then no other process works on it. */
  readonly isOwn: boolean;
}

async function openDatabase(settings: Settings, logger: Logger, closers: Closers): Promise<OpenDatabase> {
  let url = settings.databaseUrl;
  const isOwn = url === null;
  if (url === null) {
    const embedded = await startPostgres(settings.dataDir, {
      onLost: (error) => {
        logger.fatal({ err: error }, 'the embedded database was taken by another process');
        process.exit(1);
      },
    });
    closers.add(async () => embedded.stop());
    url = embedded.url;
  }
  const db = new Database(url, {
    connections: CONNECTIONS,
    applicationName: applicationName([settings.secretsKey, settings.secretsKeyPrevious]),
    onError: (error) => logger.warn({ err: error }, 'a connection to the database was lost'),
  });
  closers.add(async () => within(STOP_DATABASE_MS, db.close()));
  try {
    await db.query('select 1');
  } catch (error) {
    if (!isUnavailable(error)) logger.debug({ err: error }, 'the first statement failed');
    throw new CommandError('database-unreachable', reasonOf(error), { cause: error });
  }
  return { db, url, isOwn };
}

/** An error's code or name: its message may hold the address with its password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
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
): Promise<{ url: string | null; metrics: string | null }> {
  const monitoring = [
    healthRoutes({
      database: async () => (await db.query('select 1')).length === 1,
      queue: async () => queue.isReachable(),
    }),
    metricsRoutes(metrics),
  ];
  const ownPort = settings.metricsPort;
  let metricsUrl: string | null = null;
  if (ownPort !== null || !roles.includes('api')) {
    const app = buildMonitoringApp(logger, monitoring);
    metricsUrl = await open(app, settings.host, ownPort ?? settings.port, closers);
  }
  if (!roles.includes('api')) return { url: null, metrics: metricsUrl };
  const tests = createConnectionTests({ db, sealer, serviceKey, newSender, logger });
  const routes = [
    stateChangeRoutes,
    entityRoutes,
    pauseRoutes,
    entityTestRoutes(tests),
    deliveryRoutes(metrics.finished),
    resendRoutes,
    communicationRoutes,
    certificateRoutes,
    notificationRoutes,
    previewRoutes({ db, sealer, serviceKey, userAgent: USER_AGENT }),
    recoverRoutes,
    keyRoutes,
    auditRoutes,
  ];
  const keyring = createKeyring(db);
  closers.add(async () => within(STOP_KEYRING_MS, keyring.close()));
  const app = await buildApp(
    {
      db,
      intake: engine.intake,
      sealer,
      keyring,
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
  return { url: apiUrl, metrics: metricsUrl };
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
