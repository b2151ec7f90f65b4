import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CommandError } from '../domain/errors.ts';

/**
 * Reads a whole file, or standard input for `-`.
 *
 * @throws CommandError `file-unreadable`
 */
export async function readWhole(file: string): Promise<Buffer> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The failure of a command whose file cannot be read or written. */
export function unreadable(file: string, error: unknown): CommandError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new CommandError('file-unreadable', `${file}: ${reason}`, { cause: error });
}
