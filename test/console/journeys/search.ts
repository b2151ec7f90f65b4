import { describe, expect, it } from 'vitest';
import { change } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, startTestReceiver } from '../../support/receiver.ts';
import { axeFaults } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function searchJourneys(stage: () => Stage): void {
  describe('the search', () => {
    it('leads by the keyboard alone to what was found', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url);
      const notification = fresh();
      await stage().t.deliver(change({ notification }));
      const { page, faults } = await stage().visit({ path: '/entities' });
      await page.keyboard.press('/');
      await page.keyboard.type(notification);
      const hit = page.getByRole('option', { name: `EXP-${notification}` });
      await hit.waitFor();
      expect(await axeFaults(page)).toEqual([]);
      const field = page.getByRole('combobox', { name: 'Cerca notificacions, enviaments i entitats' });
      expect(await field.getAttribute('aria-activedescendant')).toBeNull();
      await page.keyboard.press('ArrowDown');
      expect(await field.getAttribute('aria-activedescendant')).toBe(await hit.getAttribute('id'));
      expect(await hit.getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Enter');
      await page.waitForURL(stage().at(`/notifications/${notification}`));
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('finds an entity by a word of its name, with the pointer', async () => {
      const entity = { organisation: '9900000031', department: '2' };
      await stage().t.configure(
        'https://backoffice.example/',
        { organisationName: 'Diputació Fantasia' },
        entity,
      );
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByRole('combobox', { name: /^Cerca/ }).fill('fantasia');
      await page.getByRole('option', { name: 'Diputació Fantasia' }).click();
      await page.waitForURL(stage().at('/entities/9900000031/2'));
    });

    it('closes by Escape, and says that there is nothing', async () => {
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByRole('combobox', { name: /^Cerca/ }).fill('no existeix enlloc');
      const none = page.getByText('No s’ha trobat res que comenci així.');
      await none.waitFor();
      await page.keyboard.press('Escape');
      await none.waitFor({ state: 'detached' });
    });
  });
}
