import { spawn } from 'node:child_process';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Binaries } from './binaries.ts';
import type { DataDirectory } from './data-directory.ts';
import { isErrno } from './secret-file.ts';
import { serverEnvironment, type ServerUser } from './server-user.ts';

/** The log begins anew at a start once it is larger. */
const MAX_LOG_BYTES = 10_000_000;

/** A small server that loses nothing: for one service on one machine. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  // Vacuums one table at a time and without haste: on a small machine a fast one takes what a callback waits for.
  autovacuum_max_workers: '1',
  autovacuum_vacuum_cost_delay: '10ms',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log is bounded and holds nothing personal: errors, with the values that they name, go to the client.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** A server process that this one started. */
export interface ServerProcess {
  /** Where it listens. */
  readonly port: number;
  /** Whether it still runs. */
  isRunning(): boolean;
  /** Resolves when it ended, with the line of its log that says why. */
  readonly ended: Promise<string>;
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches us alone: we drain first, then stop
 * it. It is not waited for.
 */
export async function startServer(
  directory: DataDirectory,
  binaries: Binaries,
  user: ServerUser,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const logStart = await openLogAt(directory.log);
  const log = await open(directory.log, 'a', 0o600);
  const all = { ...SETTINGS, ...settings, port: String(port) };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', directory.cluster, ...options], {
    ...user,
    cwd: directory.base,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  // Listened for before anything is awaited: a server that cannot start may end within that time. A log that is
  // gone says nothing.
  const ended = once(child, 'exit').then(
    async () => reasonIn(await readFile(directory.log).catch(() => Buffer.alloc(0)), logStart),
    (error: unknown) => String(error),
  );
  child.unref();
  await log.close();
  return {
    port,
    isRunning: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    ended,
  };
}

/** The last line that tells of a failure, or the last of all. */
function reasonIn(log: Buffer, start: number): string {
  const lines = log.subarray(start).toString('utf8').trim().split('\n');
  const failure = lines.findLast((line) => /FATAL|PANIC|ERROR|postgres:/.test(line));
  return (failure ?? lines.at(-1) ?? '').trim();
}

async function openLogAt(path: string): Promise<number> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_LOG_BYTES) return size;
    await truncate(path, 0);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  return 0;
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return address.port;
}
