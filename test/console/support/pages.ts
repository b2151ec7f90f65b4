import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Language } from '../../../src/console/i18n/language.ts';

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

/** Less than a test has, in milliseconds: a wait that is in vain then says what it waited for. */
const WAIT_MS = 20_000;

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
  let kept: Page | null = null;
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
      kept ??= await newPage(language);
      return kept;
    },
    async clear(isSpoilt) {
      if (isSpoilt || kept === null || !(await isEmptied(kept, home))) kept = null;
      isTaken = false;
      for (const context of browser.contexts()) if (context !== kept?.context()) await context.close();
    },
  };
}

/**
 * Empties a page; answers whether it could be.
 *
 * It is left at the console itself, whose scripts do not run: about:blank lacks its opener policy, so that the browser
 * would change processes on the way there and back.
 */
async function isEmptied(page: Page, home: string): Promise<boolean> {
  for (const event of LISTENED) page.removeAllListeners(event);
  const context = page.context();
  try {
    await page.evaluate(() => localStorage.clear());
    const protocol = await context.newCDPSession(page);
    await protocol.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.goto(home);
    await context.clearCookies();
    await protocol.detach();
    return true;
  } catch {
    // It was closed, or shows what is no page of the console.
    return false;
  }
}
