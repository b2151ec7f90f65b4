import { execFile } from 'node:child_process';
import { dirname, parse } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../domain/errors.ts';

const run = promisify(execFile);

/** Whom a child process runs as; nothing: as this process. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * What PostgreSQL's programs see of our environment: none of its secrets, nor `PG…` variables that would
 * change what they do.
 */
export function serverEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  // A container that starts again gives the same process numbers to others: PostgreSQL takes its parent's and
  // this one's in a stale postmaster.pid for what they are.
  environment['PG_GRANDPARENT_PID'] = String(process.ppid);
  return environment;
}

/** PostgreSQL refuses to run as root; as root it runs as this system user. */
const USER_NAME = 'postgres';

/** Makes the user, by what Debian, Red Hat and BusyBox have. */
const USER_COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER_NAME]],
  [
    'useradd',
    ['--system', '--gid', USER_NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', USER_NAME],
  ],
  ['adduser', ['-S', '-D', '-H', USER_NAME]],
];

/** Whether this process is root's, so that the server must be another user's. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The unprivileged system user `postgres`, created where it is missing.
 *
 * @throws CommandError `embedded-start-failed` where it cannot be created
 */
export async function postgresUser(): Promise<ServerUser> {
  const present = await findUser();
  if (present !== null) return present;
  for (const [command, args] of USER_COMMANDS) {
    await run(command, [...args]).catch(() => undefined);
    const created = await findUser();
    if (created !== null) return created;
  }
  throw new CommandError(
    'embedded-start-failed',
    `PostgreSQL does not run as root, and the user ${USER_NAME} could not be created: create it, or start as another user`,
  );
}

async function findUser(): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', USER_NAME]), run('id', ['-g', USER_NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/**
 * Checks that the user can pass through every folder down to `path`, by asking the system as that user, which
 * knows of access lists too.
 *
 * @throws CommandError `data-dir-unreachable` that names the first folder in the way
 */
export async function assertReachable(path: string, user: ServerUser): Promise<void> {
  if (await isReachable(path, user)) return;
  let blocked = path;
  for (let folder = dirname(path); folder !== parse(path).root; folder = dirname(folder)) {
    if (!(await isReachable(folder, user))) blocked = folder;
  }
  throw new CommandError(
    'data-dir-unreachable',
    `PostgreSQL's user (uid ${user.uid ?? 'unknown'}) may not pass through ${blocked}`,
  );
}

async function isReachable(path: string, user: ServerUser): Promise<boolean> {
  try {
    await run('test', ['-x', path], { ...user, cwd: parse(path).root });
    return true;
  } catch {
    return false;
  }
}
