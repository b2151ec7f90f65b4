import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isErrno } from './secret-file.ts';

/** What a server writes into its data directory while it runs. A hint: after a crash the file is stale. */
interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
}

/** Reads postmaster.pid (pid, directory, start, port …, a line each); null where it is missing or unreadable. */
async function readPostmasterPid(cluster: string): Promise<PostmasterPid | null> {
  let text: string;
  try {
    text = await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
  const [pid, , , port] = text.split('\n').map(Number);
  if (pid === undefined || port === undefined || !Number.isInteger(pid) || !(port > 0 && port < 65_536))
    return null;
  return { pid, port };
}

/** The port that a server of this directory had, or has. */
export async function readPort(cluster: string): Promise<number | null> {
  return (await readPostmasterPid(cluster))?.port ?? null;
}

/** Whether the process of this number, as postmaster.pid had it, is the directory's server still. */
export async function isServer(cluster: string, pid: number): Promise<boolean> {
  return (await readPid(cluster)) === pid && isAlive(pid);
}

/** The number of the process that is, or was, the directory's server. */
export async function readPid(cluster: string): Promise<number | null> {
  return (await readPostmasterPid(cluster))?.pid ?? null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // There, and another user's.
    return isErrno(error, 'EPERM');
  }
}

/**
 * Removes a postmaster.pid whose number now belongs to a process that is plainly no PostgreSQL: a server
 * would take it for a running one of this directory and refuse to start. What cannot be told is left alone.
 */
export async function removeStalePid(cluster: string): Promise<void> {
  const file = await readPostmasterPid(cluster);
  if (file === null) return;
  const program = await readFile(`/proc/${file.pid}/cmdline`, 'utf8').catch(() => '');
  const name = basename(program.split('\0')[0] ?? '');
  if (name !== '' && !name.startsWith('postgres')) await rm(join(cluster, 'postmaster.pid'), { force: true });
}
