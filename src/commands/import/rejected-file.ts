import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { unreadable } from '../read-whole.ts';

/** A line that the service does not take, and why. */
export interface Rejection {
  readonly line: number;
  /** A problem's stable code. */
  readonly code: string;
  /** The member that is wrong; null for the whole line. */
  readonly field: string | null;
  readonly detail: string;
  /** The line as it was given. */
  readonly text: Buffer;
}

/** Only its owner reads it: state changes hold personal data. */
const MODE = 0o600;

/** The file that keeps rejected lines: it appears whole, when the import ends, or not at all. */
export class RejectedFile {
  readonly path: string;
  readonly #draft: string;
  #handle: FileHandle | null = null;
  /** Rejections written so far. */
  count = 0;

  constructor(path: string) {
    this.path = path;
    this.#draft = `${path}.tmp`;
  }

  /** @throws CommandError `file-unreadable` */
  async write(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    const text = rejections.map((rejection) => `${formatRejection(rejection)}\n`).join('');
    try {
      this.#handle ??= await open(this.#draft, 'w', MODE);
      await this.#handle.appendFile(text);
    } catch (error) {
      throw unreadable(this.#draft, error);
    }
    this.count += rejections.length;
  }

  /**
   * Puts the file in its place. Where nothing was rejected, that of an earlier import is removed, if this one
   * read its whole input.
   */
  async finish(isWhole: boolean): Promise<void> {
    if (this.#handle === null) {
      if (isWhole) await rm(this.path, { force: true });
      return;
    }
    await this.#handle.sync();
    await this.#handle.close();
    this.#handle = null;
    await rename(this.#draft, this.path);
  }
}

/** One line of the file; the change stands in it as it was, where it is JSON. */
function formatRejection({ line, code, field, detail, text }: Rejection): string {
  const members = JSON.stringify({ line, code, field, detail });
  return `${members.slice(0, -1)},"change":${embed(text.toString('utf8').trim())}}`;
}

function embed(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    // Of other JSON, such as a text, its reader could not tell that it was not the line itself.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return text;
  } catch {
    // Kept as a text.
  }
  return JSON.stringify(text);
}
