import { rm } from 'node:fs/promises';
import packed from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';
import { temporaryFolder } from './folder.ts';

/** A headless Chromium. */
export interface TestBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** No GPU, and no sandbox: tests run as root in containers. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'];

/**
 * Starts a headless Chromium that comes by npm.
 *
 * @throws where this machine cannot run it
 */
export async function launchChromium(): Promise<TestBrowser> {
  const folder = await temporaryFolder();
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const browser = await chromium.launch({ executablePath: await unpack(folder), args: FLAGS });
    return {
      browser,
      async close() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Unpacks it into a folder of its own: another run would find its file in use. */
async function unpack(folder: string): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
