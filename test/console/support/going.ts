import type { Locator, Page } from 'playwright-core';

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
  await (sign ?? page.locator('h1:not([data-left])')).waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
