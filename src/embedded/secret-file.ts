import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from '../domain/errors.ts';

/**
 * The secret kept in a file, made at random when the file is missing: one line of base64, mode 0600. Of two
 * processes that make it at once, both get the same.
 *
 * @param path its folder exists
 * @param bytes the secret's length
 * @throws CommandError `file-unreadable` where the file cannot be read or written, or holds something else
 */
export async function secretFile(path: string, bytes: number): Promise<Buffer> {
  try {
    const present = await readSecret(path, bytes);
    if (present !== null) return present;
    await createSecret(path, bytes);
    const created = await readSecret(path, bytes);
    if (created !== null) return created;
    throw new CommandError('file-unreadable', `${path} vanished`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('file-unreadable', `${path}: ${String(error)}`, { cause: error });
  }
}

async function readSecret(path: string, bytes: number): Promise<Buffer | null> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
  const secret = Buffer.from(text, 'base64');
  if (secret.length !== bytes || secret.toString('base64') !== text) {
    throw new CommandError('file-unreadable', `${path} does not hold ${bytes} bytes in base64`);
  }
  return secret;
}

async function createSecret(path: string, bytes: number): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(bytes).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(temporary, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A link, unlike a rename, never replaces what another process has put there meanwhile. */
async function putInPlace(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return;
    // A file system without hard links.
    await rename(temporary, path);
  }
}

/** Makes a new name in a folder durable, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether an error is the system's one of this code. */
export function isErrno(error: unknown, ...codes: string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
