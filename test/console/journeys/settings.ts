import { describe, expect, it } from 'vitest';
import { TEST_KEY } from '../../support/service.ts';
import { expectSoundIn } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function settingsJourneys(stage: () => Stage): void {
  describe('the settings', () => {
    it.each(['ca', 'es', 'en'] as const)('are shown soundly in %s, without secrets', async (language) => {
      const { page, faults } = await stage().visit({ role: 'operator', language, path: '/settings' });
      await page.getByText('RETRY_DELAYS').waitFor();
      expect(await page.content()).not.toContain(TEST_KEY);
      await expectSoundIn(page, language);
      expect(faults).toEqual([]);
    });

    it('are found by their names, and by whether they were set', async () => {
      const { page } = await stage().visit({ path: '/settings' });
      await page.getByLabel('Cerca una variable').fill('retry');
      await page.getByText('DATA_DIR').waitFor({ state: 'detached' });
      await page.getByText('RETRY_DELAYS').waitFor();
      await page.getByLabel('Cerca una variable').fill('data_dir');
      await page.getByLabel('Només les que s’han posat').check();
      await page.getByText('Cap variable coincideix').waitFor();
    });
  });
}
