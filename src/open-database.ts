import type { Logger } from 'pino';
import { Closers, within } from './closers.ts';
import type { Settings } from './config.ts';
import { CommandError } from './domain/errors.ts';
import { startPostgres } from './embedded/postgres.ts';
import { Database, isUnavailable } from './store/database.ts';
import { applicationName } from './store/secrets-rotation.ts';

/** Connections to PostgreSQL: the engine's lanes need few, the API's reads the rest. */
const CONNECTIONS = 12;

/** How long closing it may take, in milliseconds. */
const STOP_DATABASE_MS = 1_000;

/** The service's database, open. */
interface OpenDatabase {
  readonly db: Database;
  readonly url: string;
  /** Whether it is embedded: then no other process works on it. */
  readonly isOwn: boolean;
}

/**
 * Opens the database that the settings name, or else starts the embedded one.
 *
 * @param closers closes it
 * @throws CommandError `database-unreachable`, or what keeps the embedded one from starting
 */
export async function openDatabase(
  settings: Settings,
  logger: Logger,
  closers: Closers,
): Promise<OpenDatabase> {
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
