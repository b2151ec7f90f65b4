import { describe, expect, it } from 'vitest';
import { axeFaults, expectSoundInAll, overflowAt360, untranslated } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function componentJourneys(stage: () => Stage): void {
  describe('the components', () => {
    it('are sound in every language', async () => {
      const { page, faults } = await stage().visit({ path: '/components' });
      await page.locator('time').first().waitFor();
      await expectSoundInAll(page);
      expect(faults).toEqual([]);
    });

    it('are held to checks that find what is wrong', async () => {
      const { page } = await stage().visit({ path: '/components' });
      await page.locator('time').first().waitFor();
      await page.evaluate(() => {
        const wrong = document.createElement('p');
        wrong.textContent = 'Entities';
        wrong.style.cssText = 'width: 400px; color: #777; background: #888';
        document.querySelector('main')?.append(wrong);
      });
      expect(await untranslated(page, 'ca')).toEqual(['Entities']);
      expect(await overflowAt360(page)).toBeGreaterThan(0);
      expect(await axeFaults(page)).toMatchObject(
        [/^light: color-contrast/, /^dark: color-contrast/].map((rule) => expect.stringMatching(rule)),
      );
    });

    it('ask before a deed, and take one back', async () => {
      const { page } = await stage().visit({ path: '/components' });
      await page.getByRole('button', { name: 'Demana confirmació' }).click();
      const dialog = page.getByRole('dialog', { name: 'Demana confirmació' });
      await dialog.waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Fes-ho' }).click();
      await page.getByRole('button', { name: 'Desfés' }).click();
      await page.getByText('Desfet.').waitFor();
    });

    it('tell an instant exactly, in the time of Catalonia', async () => {
      const { page } = await stage().visit({
        path: '/components',
        context: { timezoneId: 'America/New_York' },
      });
      const time = page.locator('time').nth(1);
      const at = Date.parse((await time.getAttribute('datetime')) ?? '');
      const hour = new Intl.DateTimeFormat('ca-ES', { timeZone: 'Europe/Madrid', timeStyle: 'short' }).format(
        at,
      );
      expect(await time.textContent()).toContain(hour);
      expect(await time.getAttribute('title')).toMatch(/CES?T/);
    });
  });
}
