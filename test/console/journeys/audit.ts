import { describe, expect, it } from 'vitest';
import { expectSound } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function auditJourneys(stage: () => Stage): void {
  describe('the audit trail', () => {
    it('is shown, and filtered by what was done', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page, faults } = await stage().visit({ role: 'auditor', path: '/audit' });
      await page.getByRole('cell', { name: 'Entitat creada' }).first().waitFor();
      await page.getByLabel('Acció').selectOption('key-revoked');
      await page.getByRole('cell', { name: 'Entitat creada' }).first().waitFor({ state: 'detached' });
      await page.getByLabel('Acció').selectOption('');
      await page.getByRole('cell', { name: 'Entitat creada' }).first().waitFor();
      await expectSound(page, 'ca');
      expect(faults).toEqual([]);
    });
  });
}
