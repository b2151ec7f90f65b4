import { describe, expect, it } from 'vitest';
import { ENTITY } from '../../support/changes.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const HEADINGS = { ca: 'Entitats', es: 'Entidades', en: 'Entities' } as const;
const OTHER = { organisation: '9900000002', department: '7' };

export function entityJourneys(stage: () => Stage): void {
  describe('the entities', () => {
    it('are listed soundly in every language', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page, faults } = await stage().visit({ path: '/entities' });
      await page.getByText('9900000001/1').first().waitFor();
      await expectSoundInAll(page, HEADINGS);
      expect(faults).toEqual([]);
    });

    it('are found by their address wherever they are in the list, and the search can be sent', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      await stage().t.configure('https://other.example/reports', {}, OTHER);
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByLabel('Cerca entitats').fill('other.example');
      await page.getByText('1 entitat en aquesta pàgina').waitFor();
      expect(await page.getByText('9900000001/1').count()).toBe(0);
      await page.waitForURL(/\?q=other\.example$/);
      await page.reload();
      await page.getByText('1 entitat en aquesta pàgina').waitFor();
      await page.getByLabel('Cerca entitats').fill('res de res');
      await page.getByText('Cap entitat coincideix').waitFor();
    });

    it('are an integrator’s own alone, who makes none', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page } = await stage().visit({ role: 'integrator', entities: [ENTITY], path: '/entities' });
      await page.getByText('1 entitat en aquesta pàgina').waitFor();
      expect(await page.getByRole('link', { name: 'Entitat nova' }).count()).toBe(0);
    });

    it('lead to their pages', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByRole('row', { name: '9900000001/1' }).getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: 'Ajuntament Inventat · Secretaria' }).waitFor();
      expect(page.url()).toBe(stage().at('/entities/9900000001/1'));
    });
  });
}
