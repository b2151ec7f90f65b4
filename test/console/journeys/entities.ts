import { describe, expect, it } from 'vitest';
import { ENTITY } from '../../support/changes.ts';
import { expectSound } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const HEADINGS = { ca: 'Entitats', es: 'Entidades', en: 'Entities' } as const;

export function entityJourneys(stage: () => Stage): void {
  describe('the entities', () => {
    it.each(['ca', 'es', 'en'] as const)('are listed soundly in %s', async (language) => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page, faults } = await stage().visit({ language, path: '/entities' });
      await page.getByRole('heading', { level: 1, name: HEADINGS[language] }).waitFor();
      await page.getByText('9900000001/1').first().waitFor();
      await expectSound(page, language);
      expect(faults).toEqual([]);
    });

    it('are found by their address', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const other = { organisation: '9900000002', department: '7' };
      await stage().t.configure('https://other.example/reports', {}, other);
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByLabel('Filtra aquesta pàgina').fill('other.example');
      await page.getByText('1 entitat en aquesta pàgina').waitFor();
      expect(await page.getByText('9900000001/1').count()).toBe(0);
    });

    it('are an integrator’s own alone', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page } = await stage().visit({ role: 'integrator', entities: [ENTITY], path: '/entities' });
      await page.getByText('1 entitat en aquesta pàgina').waitFor();
    });
  });
}
