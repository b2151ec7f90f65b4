import { chromium, type Browser } from 'playwright-core';
import { unpackChromium } from './chromium-program.ts';

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
  const browser = await chromium.launch({ executablePath: await unpackChromium(), args: FLAGS });
  return { browser, close: async () => browser.close() };
}
