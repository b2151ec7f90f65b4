import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';

/** What ends with what it was unpacked from. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/enotum-chromium/', import.meta.url));

/**
 * Unpacks the Chromium that comes by npm, where that was not done yet: 200 MB, which take some seconds of a core. It is
 * renamed once it is whole, so that whoever comes meanwhile finds all of it or nothing.
 *
 * @returns the path of the program
 */
export async function unpackChromium(): Promise<string> {
  const folder = join(CACHE, await packedVersion());
  const program = join(folder, 'chromium');
  if (await exists(program)) return program;
  await mkdir(CACHE, { recursive: true });
  const own = await mkdtemp(join(CACHE, 'unpacking-'));
  try {
    await unpackInto(own);
    await rename(own, folder);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    // Somebody else was quicker.
    if (!(await exists(program))) throw error;
  }
  return program;
}

async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  // Without a GPU nothing draws with what emulates one.
  packed.setGraphicsMode = false;
  try {
    await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function packedVersion(): Promise<string> {
  const manifest = new URL('../../package.json', import.meta.resolve('@sparticuz/chromium'));
  const { version }: { version?: unknown } = JSON.parse(await readFile(manifest, 'utf8'));
  return String(version);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
