import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Content codings that files are there in, the better one first (RFC 9110, 8.4.1). */
const CODINGS = { br: '.br', gzip: '.gz' } as const;
export type Coding = keyof typeof CODINGS;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
};

/** A file of the console, as bytes: all of them together are less than a megabyte. */
export interface ConsoleFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
  /** The same, compressed when the console was built. */
  readonly coded: Readonly<Partial<Record<Coding, Buffer>>>;
}

/** The console as it was built. */
export interface ConsoleFiles {
  /** What every page begins with. */
  readonly index: string;
  /** By their names, which change with their content. */
  readonly assets: ReadonlyMap<string, ConsoleFile>;
  /** Beside the page: its icon, and the notices of what it is built with. */
  readonly beside: ReadonlyMap<string, ConsoleFile>;
}

/** Reads the console from the folder that it was built into; null where it was not built. */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles | null> {
  let index: string;
  try {
    index = await readFile(join(folder, 'index.html'), 'utf8');
  } catch {
    return null;
  }
  const assets = await readFolder(join(folder, 'assets'));
  const beside = await readFolder(folder);
  beside.delete('index.html');
  return { index, assets, beside };
}

async function readFolder(folder: string): Promise<Map<string, ConsoleFile>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = await readFile(join(folder, name));
    const coded: Partial<Record<Coding, Buffer>> = {};
    for (const coding of ['br', 'gzip'] as const) {
      const beside = name + CODINGS[coding];
      if (names.includes(beside)) coded[coding] = await readFile(join(folder, beside));
    }
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(name, { type, etag, bytes, coded });
  }
  return files;
}
