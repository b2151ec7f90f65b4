import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import type { Language } from '../../../src/console/i18n/language.ts';
import { WAIT_MS } from './going.ts';

/** Pages for one test after the other. */
export interface Pages {
  /**
   * An empty page that knows nothing of what was done before.
   *
   * @param options given for what changes its context for good, too, such as its clock: it then has its own
   */
  open(language: Language, options?: BrowserContextOptions): Promise<Page>;
  /**
   * Ends what a test has opened.
   *
   * @param isSpoilt whether nothing of it may serve another test, as after a failure
   */
  clear(isSpoilt: boolean): Promise<void>;
}

/** What tests listen to. */
const LISTENED = ['console', 'pageerror', 'request', 'response'] as const;

/**
 * Makes pages. One is kept from test to test, emptied of all that a test leaves: a page of a new context takes twice
 * the time, as it starts a process and compiles the whole console again. Who asks for a second one, or for options, is
 * given a new context.
 *
 * @param home the address of a page of the console
 */
export function createPages(browser: Browser, home: string): Pages {
  let kept: Kept | null = null;
  let isTaken = false;

  async function newPage(language: Language, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'ca-ES', ...options });
    await context.addInitScript(
      `localStorage.getItem('enotum.language') ?? localStorage.setItem('enotum.language', '${language}')`,
    );
    context.setDefaultTimeout(WAIT_MS);
    return context.newPage();
  }

  return {
    async open(language, options) {
      if (isTaken || language !== 'ca' || options !== undefined) return newPage(language, options);
      isTaken = true;
      kept ??= await keep(await newPage(language));
      return kept.page;
    },
    async clear(isSpoilt) {
      if (isSpoilt || kept === null || !(await isEmptied(kept, home))) kept = null;
      isTaken = false;
      for (const context of browser.contexts()) if (context !== kept?.page.context()) await context.close();
    },
  };
}

/** A page, and the browser's protocol by which its scripts are stopped. */
interface Kept {
  readonly page: Page;
  readonly protocol: CDPSession;
}

async function keep(page: Page): Promise<Kept> {
  return { page, protocol: await page.context().newCDPSession(page) };
}

/**
 * Empties a page; answers whether it could be.
 *
 * It is left at the console itself, whose scripts have not run: about:blank lacks its opener policy, so that the browser
 * would change processes on the way there and back.
 */
async function isEmptied({ page, protocol }: Kept, home: string): Promise<boolean> {
  for (const event of LISTENED) page.removeAllListeners(event);
  try {
    await page.evaluate(() => localStorage.clear());
    await protocol.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.goto(home, { waitUntil: 'domcontentloaded' });
    await protocol.send('Emulation.setScriptExecutionDisabled', { value: false });
    await page.context().clearCookies();
    return true;
  } catch {
    // It was closed, or shows what is no page of the console.
    return false;
  }
}
