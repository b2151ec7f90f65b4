import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own that a test can fill to the last byte. */
export interface SmallDisk {
  /** Empty, on the disk; nobody's but the owner's. */
  readonly folder: string;
  /** Writes until nothing more fits. */
  fill(): Promise<void>;
  /** Gives back what `fill` has taken. */
  free(): Promise<void>;
  /** Unmounts and removes it. */
  remove(): Promise<void>;
}

/** Whether this process may mount one: it is root's, on Linux, with that capability. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Written at once while the disk is filled; at the end byte by byte. */
const CHUNK_BYTES = 65_536;

/**
 * Mounts a disk in memory.
 *
 * @param owner whoever is to write to its folder
 */
export async function mountSmallDisk(
  megabytes: number,
  owner: { readonly uid: number; readonly gid: number },
): Promise<SmallDisk> {
  const mount = await mkdtemp(join(tmpdir(), 'enotum-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', mount]);
  const folder = join(mount, 'data');
  const ballast = join(mount, 'ballast');
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, owner.uid, owner.gid);
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (let size = CHUNK_BYTES; size >= 1; size = Math.floor(size / 2)) {
          while (await fits(file.write(Buffer.alloc(size)))) continue;
        }
      } finally {
        await file.close();
      }
    },
    async free() {
      await rm(ballast, { force: true });
    },
    async remove() {
      await run('umount', ['--lazy', mount]);
      await rm(mount, { recursive: true });
    },
  };
}

/** Whoever owns a folder. */
export async function ownerOf(folder: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(folder);
  return { uid, gid };
}

async function fits(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}
