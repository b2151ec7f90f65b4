import type { Page } from 'playwright-core';

/**
 * Goes to an address of the console as its own links do, without loading the console again, and waits until all of its
 * page is there. An address that differs in its query alone is loaded, as nothing would tell that its page is another.
 */
export async function goTo(page: Page, url: string): Promise<void> {
  if (new URL(page.url()).pathname === new URL(url).pathname) await page.goto(url);
  else {
    await page.evaluate((to) => {
      // The page that comes brings a heading of its own.
      document.querySelector('h1')?.toggleAttribute('data-left', true);
      history.pushState(null, '', to);
    }, url);
  }
  await page.locator('h1:not([data-left])').waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
