import { describe, expect, it } from 'vitest';
import { ENTITY } from '../../support/changes.ts';
import { expectSoundInAll, overflowAt360 } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const BEGINNINGS = {
  ca: 'Un receptor en cinc minuts',
  es: 'Un receptor en cinco minutos',
  en: 'A receiver in five minutes',
} as const;

export function integratorJourneys(stage: () => Stage): void {
  describe('the guide of integrators', () => {
    it('is found by an integrator, and leads to the other documents and the contract’s files', async () => {
      const { page, faults } = await stage().visit({ role: 'integrator', entities: [ENTITY] });
      await page.getByRole('link', { name: 'Integració' }).press('Enter');
      await page.getByRole('heading', { level: 2, name: 'Un receptor en cinc minuts' }).waitFor();
      await expectSoundInAll(page, BEGINNINGS);
      const wsdl = page.getByRole('link', { name: 'WSDL del servei web que rep els avisos' });
      const file = new URL((await wsdl.getAttribute('href')) ?? '', `${stage().t.url}/`);
      expect(await (await fetch(file)).text()).toContain('clientRequestwithReturn');
      await page.getByRole('article').getByRole('link', { name: 'answers.md' }).click();
      await page.waitForURL(stage().at('/integrators/answers'));
      await page.getByText('Aquest document és en anglès.').waitFor();
      await page.getByRole('article').getByRole('table').first().waitFor();
      expect(await overflowAt360(page)).toBeLessThanOrEqual(0);
      await page.getByRole('link', { name: 'El contracte, punt per punt' }).click();
      await page.getByRole('article').getByRole('table').first().waitFor();
      expect(await overflowAt360(page)).toBeLessThanOrEqual(0);
      expect(faults).toEqual([]);
    });
  });
}
