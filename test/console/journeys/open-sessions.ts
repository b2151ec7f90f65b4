import { describe, expect, it } from 'vitest';
import { createSessions } from '../../../src/api/auth/sessions.ts';
import { itemsOf } from '../../support/answers.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const PERSON = {
  id: '4f1b6a52-7c1a-8000-8000-000000000002',
  name: 'Persona Inventada',
  role: 'operator',
  scope: null,
  key: null,
} as const;

export function openSessionJourneys(stage: () => Stage): void {
  describe('sessions', () => {
    it('of one’s own are seen, and another is ended, by the keyboard alone', async () => {
      const { page, key, faults } = await stage().visit({ role: 'integrator', path: '/' });
      const { database } = stage().t;
      const mine = { id: key, name: 'a', role: 'integrator', scope: null, key } as const;
      await createSessions(database.db, 60_000).open(mine, { by: 'link', network: '192.0.2.0/24' });
      await page.getByRole('link', { name: 'Sessions' }).press('Enter');
      await page.getByRole('cell', { name: 'Aquesta sessió' }).waitFor();
      expect(await page.getByRole('row').count()).toBe(3);
      await expectSoundInAll(page);
      await page.getByRole('button', { name: 'Tanca la sessió' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Tancar aquesta altra sessió vostra' });
      await dialog.getByText('demaneu a un administrador que la revoqui').waitFor();
      await dialog.getByRole('button', { name: 'Tanca la sessió' }).press('Enter');
      await page.getByText('Sessió tancada').waitFor();
      await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: 'Aquesta sessió' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('of a person who leaves are ended by an administrator, all at once', async () => {
      const { t } = stage();
      const sessions = createSessions(t.database.db, 60_000);
      for (const network of ['192.0.2.0/24', '198.51.100.0/24']) {
        await sessions.open(PERSON, { by: 'provider', network });
      }
      const { page, faults } = await stage().visit({ path: '/keys' });
      await page.getByRole('main').getByRole('link', { name: 'Sessions' }).click();
      await page.getByRole('button', { name: 'Tanca la sessió Persona Inventada' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Tancar la sessió de Persona Inventada' });
      await dialog.getByText('traieu-l’hi allà primer').waitFor();
      await dialog.getByLabel('Totes les sessions de Persona Inventada').check();
      await expectSoundInAll(page);
      await dialog.getByRole('button', { name: 'Tanca les sessions' }).click();
      await page.getByText('2 sessions tancades: Persona Inventada').waitFor();
      const { body } = await t.call('GET', `/v1/sessions?holder=${PERSON.id}`);
      expect(itemsOf(body.items)).toEqual([]);
      expect(faults).toEqual([]);
    });
  });
}
