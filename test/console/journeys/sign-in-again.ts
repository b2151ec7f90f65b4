import { describe, expect, it } from 'vitest';
import { makeKey } from '../../support/keys.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function signInAgainJourneys(stage: () => Stage): void {
  describe('what gives or takes access, long after signing in', () => {
    it('asks for the same key again, by the keyboard alone, and is then done', async () => {
      const { t } = stage();
      const { db } = t.database;
      const { id: doomed } = await makeKey(db, 'backend', { name: 'Per revocar tard' });
      const own = await makeKey(db, 'admin', { name: 'Administradora' });
      const other = await makeKey(db, 'admin', { name: 'Una altra' });
      const { page } = await stage().visit({ role: null, path: '/keys' });
      await page.getByLabel('Clau d’API').fill(own.text);
      await page.getByRole('button', { name: 'Entra' }).click();
      const button = page.getByRole('button', { name: 'Revoca Per revocar tard' });
      await button.waitFor();
      await db.query(
        `update nt30.aoc_nt_sessions set provada = provada - interval '1 hour' where titular = $1`,
        [own.id],
      );
      await button.press('Enter');
      const revoking = page.getByRole('dialog', { name: /^Revocar/ });
      const deed = revoking.getByRole('button', { name: 'Revoca', exact: true });
      await deed.press('Enter');
      const asking = page.getByRole('dialog', { name: 'Torneu a entrar' });
      const field = asking.getByLabel('Clau d’API');
      await field.waitFor();
      expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
      await expectSoundInAll(page);

      // Whoever does not is told so, and is back where they were.
      await page.keyboard.press('Escape');
      await revoking.getByText('Per fer això cal tornar a entrar.').waitFor();
      expect(await deed.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');

      // Another’s key, however much it may, does nothing.
      await field.fill(other.text);
      await page.keyboard.press('Enter');
      await asking.getByText('No és de qui té aquesta sessió').waitFor();
      expect((await t.call('GET', `/v1/keys/${doomed}`)).body.status).toBe('active');

      await field.fill(own.text);
      await page.keyboard.press('Enter');
      await page.getByText('Clau revocada: Per revocar tard').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(page.url()).toBe(stage().at('/keys'));
      expect((await t.call('GET', `/v1/keys/${doomed}`)).body.status).toBe('revoked');
      const [row] = await db.query<{ count: number }>(
        'select count(*)::int as count from nt30.aoc_nt_sessions where titular = $1',
        [own.id],
      );
      expect(row?.count).toBe(1);
    });
  });
}
