import { describe, expect, it } from 'vitest';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function auditJourneys(stage: () => Stage): void {
  describe('the audit trail', () => {
    it('is shown, and filtered by what was done', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page, faults } = await stage().visit({ role: 'auditor', path: '/audit' });
      await page.getByRole('cell', { name: 'Entitat creada' }).first().waitFor();
      await page.getByLabel('Acció').selectOption('secrets-rotated');
      await page.getByText('Res no coincideix amb els filtres').waitFor();
      await page.getByRole('button', { name: 'Treu els filtres' }).click();
      await page.getByRole('cell', { name: 'Entitat creada' }).first().waitFor();
      expect(faults).toEqual([]);
    });

    it('is sound in every language', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page } = await stage().visit({ role: 'auditor', path: '/audit' });
      await page.getByRole('table').waitFor();
      await expectSoundInAll(page);
    });

    it('says in words who came in, and how', async () => {
      const { page, key } = await stage().visit({ role: 'auditor', path: '/audit?action=signed-in' });
      await page.getByText('Amb una clau').first().waitFor();
      await page.goto(stage().at(`/audit?by=${key}`));
      await page.getByRole('cell', { name: 'Ha entrat a la consola' }).waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
    });

    it('says in words what was sent again, and leads to it', async () => {
      const { id } = (
        await stage().t.call('POST', '/v1/resends', {
          filter: { organisation: '9900000099', status: 'exhausted' },
          pace: 60,
        })
      ).body;
      const { page } = await stage().visit({ path: '/audit?action=resends-created' });
      const row = page.getByRole('row').filter({ hasText: '9900000099' });
      await row.getByText('9900000099 · Esgotat · 0 enviaments · fins a 60 per minut').waitFor();
      await row.getByRole('link', { name: 'el reenviament' }).click();
      await page.waitForURL(stage().at(`/resends/${String(id)}`));
    });

    it('has its filters in the address, days in the time of Madrid', async () => {
      await stage().t.configure('https://backoffice.example/reports');
      const { page } = await stage().visit({ role: 'auditor', path: '/audit?to=2020-01-01' });
      await page.getByText('Res no coincideix amb els filtres').waitFor();
      expect(await page.getByLabel('Fins al dia').inputValue()).toBe('2020-01-01');
      await page.getByLabel('Fins al dia').fill('');
      await page.getByRole('table').waitFor();
    });
  });
}
