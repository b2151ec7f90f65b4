import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../domain/errors.ts';
import type { Binaries } from './binaries.ts';
import { isErrno, syncFolder } from './secret-file.ts';
import { isRoot, postgresUser, serverEnvironment, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** Bytes of the superuser's password. */
export const PASSWORD_BYTES = 32;

/**
 * How often a login hashes the password (RFC 5802, 2.2). Many times slow down who guesses a password that people have
 * thought of; 32 random bytes are not guessed, and each connection would pay for it on both sides.
 */
const SCRAM_ITERATIONS = 1;

/** The embedded server's only role. */
export const SUPERUSER = 'postgres';

/** The folders and files of one embedded PostgreSQL, all in DATA_DIR. */
export interface DataDirectory {
  /** DATA_DIR itself, absolute. */
  readonly base: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly log: string;
}

/**
 * Names the paths in DATA_DIR, and creates it where it is missing.
 *
 * @param path relative to the working directory, or absolute
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const base = resolve(path);
  // As root, another user's server must pass through; what is inside is protected by its own mode.
  const mode = isRoot() ? 0o711 : 0o700;
  const created = await mkdir(base, { recursive: true, mode });
  if (isRoot()) {
    // Whatever the umask took away from what was just created; of what was there, from DATA_DIR alone.
    for (const folder of created === undefined ? [] : foldersBetween(created, base))
      await chmod(folder, mode);
    await chmod(base, (await stat(base)).mode | 0o011);
  }
  return {
    base,
    cluster: join(base, 'postgres'),
    passwordFile: join(base, 'postgres-password'),
    log: join(base, 'postgres.log'),
  };
}

/** `bottom` and the folders above it, up to `top`. */
function foldersBetween(top: string, bottom: string): string[] {
  return bottom === top ? [top] : [...foldersBetween(top, dirname(bottom)), bottom];
}

/**
 * Whom the server runs as: this process's user; as root, the directory's owner (who may have another number
 * than today's `postgres`, in a volume of another image), for a new one the user `postgres`.
 *
 * @throws CommandError `data-dir-unreachable` where the directory is another user's
 */
export async function serverUserOf(directory: DataDirectory): Promise<ServerUser> {
  const owner = await stat(directory.cluster).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  });
  if (isRoot()) {
    return owner === null || owner.uid === 0 ? postgresUser() : { uid: owner.uid, gid: owner.gid };
  }
  if (owner !== null && process.getuid !== undefined && owner.uid !== process.getuid()) {
    throw new CommandError(
      'data-dir-unreachable',
      `${directory.cluster} belongs to another user (uid ${owner.uid}): start as that user, or as root`,
    );
  }
  return {};
}

/** Gives the user what root owns in the cluster, as after a backup was copied back. */
export async function giveToUser(directory: DataDirectory, { uid, gid }: ServerUser): Promise<void> {
  if (uid === undefined || gid === undefined || (await stat(directory.cluster)).uid === uid) return;
  for (const entry of await readdir(directory.cluster, { recursive: true })) {
    await chown(join(directory.cluster, entry), uid, gid);
  }
  await chown(directory.cluster, uid, gid);
}

/**
 * Runs initdb where there is no cluster yet: in a folder of its own, renamed into place when it is whole, so
 * that a crash leaves no half of one, and of two processes one is first.
 *
 * @throws CommandError `embedded-start-failed`; `data-dir-version` for a cluster of another major version
 */
export async function ensureCluster(
  directory: DataDirectory,
  binaries: Binaries,
  user: ServerUser,
): Promise<void> {
  if ((await readVersion(directory)) === null) {
    try {
      await initialise(directory, binaries, user);
    } catch (error) {
      // Another process was first, and may have cleared away what this one had begun.
      if ((await readVersion(directory)) === null) {
        const text = error instanceof Error ? error.message : String(error);
        throw new CommandError('embedded-start-failed', `initdb failed: ${lastLine(text)}`, { cause: error });
      }
    }
  }
  const version = await readVersion(directory);
  if (version !== binaries.majorVersion) {
    throw new CommandError(
      'data-dir-version',
      `${directory.cluster} is of PostgreSQL ${version ?? 'unknown'}, this program has ${binaries.majorVersion}`,
    );
  }
}

async function readVersion(directory: DataDirectory): Promise<string | null> {
  try {
    return (await readFile(join(directory.cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

async function initialise(directory: DataDirectory, binaries: Binaries, user: ServerUser): Promise<void> {
  const { uid, gid } = user;
  const unfinished = await mkdtemp(`${directory.cluster}.new-`);
  try {
    if (uid !== undefined && gid !== undefined) {
      await chown(unfinished, uid, gid);
      // initdb reads the password from its file; root reads it in any case.
      await chown(directory.passwordFile, uid, gid);
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${directory.passwordFile}`,
        '--auth=scram-sha-256',
        `--set=scram_iterations=${SCRAM_ITERATIONS}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...user, cwd: unfinished, env: serverEnvironment() },
    );
    await rename(unfinished, directory.cluster);
    await syncFolder(directory.base);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Removes what crashes of earlier initialisations left behind. Only the owner may: others may be at it. What another
 * process still fills cannot be removed; that process removes it, or, where it dies, the next owner.
 */
export async function removeUnfinished(directory: DataDirectory): Promise<void> {
  for (const name of await readdir(directory.base)) {
    if (!name.startsWith('postgres.new-')) continue;
    await rm(join(directory.base, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
