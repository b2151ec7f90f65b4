import type { Client } from 'pg';
import { CommandError } from '../domain/errors.ts';
import { findBinaries } from './binaries.ts';
import {
  ensureCluster,
  openDataDirectory,
  PASSWORD_BYTES,
  removeUnfinished,
  serverUserOf,
  SUPERUSER,
} from './data-directory.ts';
import { OwnedServer } from './owned-server.ts';
import { secretFile } from './secret-file.ts';
import { assertReachable } from './server-user.ts';

/** The service's database. */
const DATABASE = 'enotum';

/** How the server is started, where not by the defaults. */
export interface EmbeddedPostgresOptions {
  /** Further settings of PostgreSQL, by name, over our own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told when another process took the directory after the server had ended: this one must stop working. */
  readonly onLost?: (error: CommandError) => void;
}

/** A PostgreSQL of our own, running and owned by this process until `stop`. It is started again when it dies. */
export interface EmbeddedPostgres {
  /** The database's URL, as superuser. It stays the same when the server is started again. */
  readonly url: string;
  /** Whether this start created the database. */
  readonly isFresh: boolean;
  /** Resolves when the server is back after it ends the next time. */
  nextRecovery(): Promise<void>;
  /** Ends the server (fast shutdown) and gives up the directory. Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in `dataDir/postgres`, initialised first where it is missing; a server that outlived its
 * owner is adopted.
 *
 * @param dataDir resolved from the working directory; created where missing
 * @throws CommandError `data-dir-in-use`, `data-dir-version`, `data-dir-unreachable`, `embedded-start-failed`,
 * `file-unreadable`
 */
export async function startPostgres(
  dataDir: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  try {
    const directory = await openDataDirectory(dataDir);
    const user = await serverUserOf(directory);
    if (user.uid !== undefined) await assertReachable(directory.base, user);
    const binaries = await findBinaries(directory.base, user);
    const password = (await secretFile(directory.passwordFile, PASSWORD_BYTES)).toString('base64');
    await ensureCluster(directory, binaries, user);
    const server = new OwnedServer({
      directory,
      binaries,
      user,
      password,
      settings: options.settings ?? {},
      onLost: options.onLost ?? (() => undefined),
    });
    const connection = await server.start();
    try {
      await removeUnfinished(directory);
      const isFresh = await ensureDatabase(connection);
      return {
        url: `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${DATABASE}`,
        isFresh,
        nextRecovery: () => server.nextRecovery(),
        stop: () => server.stop(),
      };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('embedded-start-failed', String(error), { cause: error });
  }
}

async function ensureDatabase(connection: Client): Promise<boolean> {
  const { rowCount } = await connection.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 1) return false;
  await connection.query(`create database ${DATABASE}`);
  return true;
}
