import { realpath } from 'node:fs/promises';
import { Client, DatabaseError } from 'pg';
import { SUPERUSER } from './data-directory.ts';

/** The advisory lock of the directory's owner, in the database `postgres` (any fixed number). */
const OWNER_LOCK = 5_430_002;

/** How long a server of this machine may take to take a connection. */
const CONNECT_TIMEOUT_MS = 2_000;

/** Cannot connect now: starting, or stopping. */
const NOT_NOW = '57P03';

/** Invalid authorisation: the password is wrong. */
const REFUSED_CLASS = '28';

/** The outcome of one try to own a directory. */
export type Claim =
  /** The connection holds the lock as long as it lives. */
  | { readonly outcome: 'owned'; readonly connection: Client }
  /** Another process holds the lock. */
  | { readonly outcome: 'busy' }
  /** The server is there and takes no connections yet, or no more. */
  | { readonly outcome: 'not-now' }
  /** No server of this directory is at the port; or, a refusal, there is one that does not know the password. */
  | { readonly outcome: 'absent'; readonly isRefusal: boolean; readonly reason: string };

/**
 * Connects to the server at a port of loopback and takes its directory's lock, once it is sure that it is the
 * server of this directory: the port may come from a stale file.
 */
export async function claimServer(cluster: string, port: number, password: string): Promise<Claim> {
  const connection = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    application_name: 'enotum-callbacks owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // The loss is met by the caller; without a listener it would end the process.
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    const claim = await claimOver(connection, cluster);
    if (claim.outcome !== 'owned') await connection.end();
    return claim;
  } catch (error) {
    await connection.end().catch(() => undefined);
    const code = error instanceof DatabaseError ? (error.code ?? '') : '';
    if (code === NOT_NOW) return { outcome: 'not-now' };
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'absent', isRefusal: code.startsWith(REFUSED_CLASS), reason };
  }
}

async function claimOver(connection: Client, cluster: string): Promise<Claim> {
  const { rows: directories } = await connection.query<{ data_directory: string }>('show data_directory');
  const directory = await realpath(directories[0]?.data_directory ?? '').catch(() => null);
  if (directory !== (await realpath(cluster))) {
    return {
      outcome: 'absent',
      isRefusal: false,
      reason: `the server at its port is of ${directory ?? 'another directory'}`,
    };
  }
  const { rows } = await connection.query<{ owned: boolean }>('select pg_try_advisory_lock($1) as owned', [
    OWNER_LOCK,
  ]);
  return rows[0]?.owned === true ? { outcome: 'owned', connection } : { outcome: 'busy' };
}
