import type { Locator, Page } from 'playwright-core';

/** Less than a test has, in milliseconds: a wait that is in vain then says what it waited for. */
export const WAIT_MS = 20_000;

/**
 * Goes to an address of the console as its own links do, without loading the console again, and waits until all of its
 * page is there.
 *
 * @param sign what tells that it is there, for an address that differs in its query alone: the heading is then the one
 *   that was; without it, such an address is loaded
 */
export async function goTo(page: Page, url: string, sign?: Locator): Promise<void> {
  const isSamePage = new URL(page.url()).pathname === new URL(url).pathname;
  if (isSamePage && sign === undefined) await page.goto(url);
  else {
    await page.evaluate((to) => {
      // The page that comes brings a heading of its own.
      document.querySelector('h1')?.toggleAttribute('data-left', true);
      history.pushState(null, '', to);
    }, url);
  }
  await (sign?.waitFor() ?? hasCome(page));
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

/**
 * Resolves once the page that was gone to shows its heading. Each frame is looked at: a locator looks after 20, 50, 100
 * and then 500 ms, and this is what is waited for most.
 */
export async function hasCome(page: Page): Promise<void> {
  await page.evaluate(async (waitMs) => {
    const end = performance.now() + waitMs;
    while (document.querySelector('h1:not([data-left])') === null) {
      if (performance.now() > end) throw new Error(`no page has come at ${location.href}`);
      await new Promise(requestAnimationFrame);
    }
  }, WAIT_MS);
}
