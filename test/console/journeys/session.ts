import { describe, expect, it } from 'vitest';
import { makeKey } from '../../support/keys.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function sessionJourneys(stage: () => Stage): void {
  describe('signing in', () => {
    it('is by a key, which is asked for at any address, and goes on there', async () => {
      const { page, faults } = await stage().visit({ role: null, path: '/entities' });
      const { text } = await makeKey(stage().t.database.db, 'operator');
      await page.getByLabel('Clau d’API').waitFor();
      await expectSoundInAll(page);
      await page.getByLabel('Clau d’API').fill(text);
      await page.getByRole('button', { name: 'Entra' }).click();
      await page.getByRole('heading', { level: 1, name: 'Entitats' }).waitFor();
      expect(page.url()).toBe(stage().at('/entities'));
      expect(faults).toEqual([]);
    });

    it('says that a key is wrong, and stays where it was', async () => {
      const { page } = await stage().visit({ role: null });
      await page.getByLabel('Clau d’API').fill('enc_wrong');
      await page.getByRole('button', { name: 'Entra' }).click();
      await page.getByText('La clau no és vàlida.').waitFor();
      expect(await page.getByLabel('Clau d’API').getAttribute('aria-invalid')).toBe('true');
    });

    it('is by a link once; its code is not left in the address', async () => {
      const response = await stage().t.call('POST', '/v1/session/links');
      const link = stage().at(`/${String(response.body.path)}`);
      const { page, faults } = await stage().visit({ role: null });
      await page.goto(link);
      await page.getByRole('heading', { level: 1, name: 'Ara' }).waitFor();
      expect(page.url()).toBe(stage().at('/'));
      expect(faults).toEqual([]);
      const second = await stage().visit({ role: null });
      await second.page.goto(link);
      await second.page.getByText('L’enllaç ja s’ha fet servir o ha caducat.').waitFor();
    });

    it('ends with the key: the next thing that is asked shows it', async () => {
      const { page, key } = await stage().visit({ path: '/components' });
      await stage().t.call('DELETE', `/v1/keys/${key}`);
      await page.getByRole('link', { name: 'Entitats' }).click();
      await page.getByText('La sessió s’ha acabat.').waitFor();
    });

    it('ends when nobody was at any tab for as long as the service says, and going on is where one was', async () => {
      const { page } = await stage().visit({ context: {} });
      await page.clock.install();
      await page.goto(stage().at('/entities'));
      await page.getByRole('heading', { level: 1, name: 'Entitats' }).waitFor();
      await page.clock.fastForward('29:00');
      await page.getByRole('heading', { level: 1, name: 'Entitats' }).waitFor();
      await page.clock.fastForward('01:10');
      await page.getByText('La sessió s’ha acabat.').waitFor();
      expect(page.url()).toBe(stage().at('/entities'));
      await page.reload();
      await page.getByLabel('Clau d’API').waitFor();
    });

    it('ends by hand, and leaves nothing to go back to', async () => {
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByRole('button', { name: 'Surt' }).click();
      await page.getByLabel('Clau d’API').waitFor();
      await page.reload();
      await page.getByLabel('Clau d’API').waitFor();
    });
  });
}
