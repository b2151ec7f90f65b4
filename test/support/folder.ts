import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory, on Linux: initdb writes thousands of files. */
const MEMORY = '/dev/shm';

/** What a run's databases may need. */
const ENOUGH_BYTES = 2_000_000_000;

/** Makes an empty folder, in memory where there is room. Whoever asks for it removes it. */
export async function temporaryFolder(): Promise<string> {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return mkdtemp(join(bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir(), 'enotum-test-'));
}

/** The same, which another user's PostgreSQL can pass through. */
export async function openFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await chmod(folder, 0o711);
  return folder;
}
