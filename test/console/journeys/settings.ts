import { describe, expect, it } from 'vitest';
import { TEST_KEY } from '../../support/service.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function settingsJourneys(stage: () => Stage): void {
  describe('the settings', () => {
    it('are shown soundly in every language, without secrets', async () => {
      const { page, faults } = await stage().visit({ role: 'operator', path: '/settings' });
      await page.getByText('RETRY_DELAYS').waitFor();
      expect(await page.content()).not.toContain(TEST_KEY);
      await expectSoundInAll(page);
      expect(faults).toEqual([]);
    });

    it('lead to the licences of what the console is built with', async () => {
      const { page } = await stage().visit({ path: '/settings' });
      const link = page.getByRole('link', { name: 'Programari de tercers de la consola' });
      const file = await link.evaluate((element) =>
        element instanceof HTMLAnchorElement ? element.href : '',
      );
      const answer = await fetch(file);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      const text = await answer.text();
      for (const name of ['preact', 'wouter-preact', '@tanstack/query-core', 'intl-messageformat']) {
        expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, 'm'));
      }
      expect(text).toContain('Permission is hereby granted');
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
