import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { change, ENTITY } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, startTestReceiver } from '../../support/receiver.ts';
import { goTo } from '../support/going.ts';
import type { Stage } from '../support/stage.ts';

/** As many stops of focus as are gone through on a page before its rows begin to repeat themselves. */
const MOST_STOPS = 25;

/** Notes each element that focus comes to, and whether that is seen: by itself, or by what is drawn for it. */
const WATCH = `(() => {
  const isWatched = 'stops' in window;
  window.stops = [];
  if (isWatched) return;
  document.addEventListener('focusin', ({ target }) => {
    // Where the way past the frame leads: Tab does not stop there.
    if (target.tabIndex < 0) return;
    const drawn = target.type === 'file' ? document.querySelector('label[for="' + target.id + '"]') : target;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    const { width, height } = drawn.getBoundingClientRect();
    const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && width > 2 && height > 2;
    window.stops.push({ isSeen, what: drawn.outerHTML.slice(0, 120) });
  });
})()`;

/** What looks as if it were pressed, and has no way to it but a pointer. */
const FOR_POINTERS = `[...document.querySelectorAll('body *')]
  .filter((element) => element.getClientRects().length > 0 && getComputedStyle(element).cursor === 'pointer')
  .filter((element) => element.closest('a[href], button, input, select, textarea, summary, label, [tabindex], [role=option]') === null)
  .map((element) => element.outerHTML.slice(0, 120))`;

interface Stop {
  readonly isSeen: boolean;
  readonly what: string;
}

/**
 * Goes through a page by Tab; answers where focus came to. It begins at the heading, where a page that comes has the
 * focus; at one that was loaded, with the frame where `isWhole`, else past it.
 */
async function walk(page: Page, isWhole: boolean): Promise<readonly Stop[]> {
  await page.evaluate(WATCH);
  const isLoaded = await page.evaluate(() => document.activeElement === document.body);
  if (isLoaded && !isWhole) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  // The key is held down, which repeats it: one message each, and none waits for the one before.
  await Promise.all(Array.from({ length: MOST_STOPS }, async () => page.keyboard.down('Tab')));
  await page.keyboard.up('Tab');
  return page.evaluate<readonly Stop[]>('window.stops');
}

export function keyboardJourneys(stage: () => Stage): void {
  describe('by keyboard alone', () => {
    it('every page is gone through: focus is seen wherever it is, and nothing is left for pointers', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url);
      const notification = fresh();
      const delivery = await stage().t.deliver(change({ notification }));
      await stage().t.finished(delivery);
      const entity = `/entities/${ENTITY.organisation}/${ENTITY.department}`;
      const { page, faults } = await stage().visit();
      const paths = [
        '/',
        '/deliveries',
        `/deliveries/${delivery}`,
        '/communications',
        `/notifications/${notification}`,
        '/resends',
        '/entities',
        '/entities/new',
        ...['configuration', 'test', 'back-offices', 'retries', 'health', 'history'].map(
          (tab) => `${entity}?tab=${tab}`,
        ),
        '/keys',
        '/keys?tab=sessions',
        '/sessions',
        '/audit',
        '/settings',
        '/integrators',
      ];
      for (const path of paths) {
        await goTo(page, stage().at(path));
        const stops = await walk(page, path === '/');
        expect(stops.length, path).toBeGreaterThan(1);
        expect(
          stops.filter(({ isSeen }) => !isSeen),
          path,
        ).toEqual([]);
        expect(await page.evaluate(FOR_POINTERS), path).toEqual([]);
      }
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('a dialog holds focus, and gives it back to what opened it', async () => {
      await stage().t.configure(null);
      const { page } = await stage().visit({ path: `/entities/${ENTITY.organisation}/${ENTITY.department}` });
      const opener = page.getByRole('button', { name: 'Posa en pausa' });
      await opener.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      for (let stop = 0; stop < 5; stop += 1) {
        await page.keyboard.press('Tab');
        expect(
          await page.evaluate(
            `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`,
          ),
        ).toBe(true);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });
}
