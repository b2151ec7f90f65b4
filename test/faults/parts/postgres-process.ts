import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findBinaries } from '../../../src/embedded/binaries.ts';
import {
  ensureCluster,
  openDataDirectory,
  PASSWORD_BYTES,
  serverUserOf,
  SUPERUSER,
} from '../../../src/embedded/data-directory.ts';
import { secretFile } from '../../../src/embedded/secret-file.ts';
import { startServer, type ServerProcess } from '../../../src/embedded/server-process.ts';
import { serverEnvironment } from '../../../src/embedded/server-user.ts';
import { noteLastWish } from './leftovers.ts';
import { lowPort } from './low-port.ts';

/** How long a start may take, recovery from a crash included, in milliseconds. */
const START_LIMIT_MS = 30_000;

/** A PostgreSQL of its own, at one port through all its deaths. */
export interface PostgresProcess {
  readonly url: string;
  /** SIGKILL to the server and all its processes. */
  kill(): void;
  /** Starts it again after `kill`; resolves when it takes connections. */
  restart(): Promise<void>;
  /** Ends it in good order, so that it leaves no shared memory behind. */
  stop(): Promise<void>;
}

/** Starts a PostgreSQL in `folder` that nobody but the caller starts again. */
export async function startPostgresProcess(folder: string): Promise<PostgresProcess> {
  const directory = await openDataDirectory(folder);
  const user = await serverUserOf(directory);
  const binaries = await findBinaries(directory.base, user);
  const password = (await secretFile(directory.passwordFile, PASSWORD_BYTES)).toString('base64');
  await ensureCluster(directory, binaries, user);
  const port = await lowPort();
  const urlOf = (database: string): string =>
    `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const forget = noteLastWish(() => killPostgres(folder));

  async function start(): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    let server = await begin();
    while (!(await answers(urlOf('postgres')))) {
      if (Date.now() > giveUpAt) throw new Error(`PostgreSQL does not start: see ${directory.log}`);
      await delay(50);
      // The memory of the one that was killed may still be in use.
      if (!server.isRunning()) server = await begin();
    }
  }

  async function begin(): Promise<ServerProcess> {
    const server = await startServer(directory, binaries, user, port, { max_connections: '100' });
    // It says why it ended, from its log, which may be gone with the folder by then.
    server.ended.catch(() => undefined);
    return server;
  }

  await start();
  await run(urlOf('postgres'), 'create database enotum');
  return {
    url: urlOf('enotum'),
    kill: () => killPostgres(folder),
    restart: start,
    async stop() {
      await promisify(execFile)(binaries.pgCtl, ['stop', '-D', directory.cluster, '-m', 'fast', '-w', '-s'], {
        ...user,
        cwd: directory.base,
        env: serverEnvironment(),
      }).catch(() => killPostgres(folder));
      forget();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await run(url, 'select 1');
    return true;
  } catch {
    return false;
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Sends SIGKILL to the PostgreSQL of a data directory and to its processes, each of which has a group of its
 * own. Does nothing where none runs.
 */
export function killPostgres(folder: string): void {
  const cluster = join(folder, 'postgres');
  const pid = Number(readText(join(cluster, 'postmaster.pid')).split('\n')[0]);
  // The file outlives a crash: the number may be another program's by now.
  if (!Number.isInteger(pid) || pid <= 1 || !readText(`/proc/${pid}/cmdline`).includes(cluster)) return;
  // Stopped first: it must not notice that its processes die one after the other.
  signal(pid, 'SIGSTOP');
  const children = readText(`/proc/${pid}/task/${pid}/children`).split(' ').map(Number);
  for (const id of [...children, pid]) if (id > 1) signal(id, 'SIGKILL');
}

function signal(id: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(id, name);
  } catch {
    // It has ended.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
