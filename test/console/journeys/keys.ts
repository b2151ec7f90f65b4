import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../support/answers.ts';
import { createAuthority } from '../../support/certificates.ts';
import { makeKey } from '../../support/keys.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

export function keyJourneys(stage: () => Stage): void {
  const keyNamed = async (name: string) =>
    itemsOf((await stage().t.call('GET', '/v1/keys')).body.items).filter((key) => key.name === name);

  describe('the keys', () => {
    it('are shown soundly in every language, with the form of a new one', async () => {
      const { page, faults } = await stage().visit({ path: '/keys' });
      await page.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Clau nova' }).click();
      await page.getByRole('radio', { name: 'Integrador' }).check();
      await expectSoundInAll(page);
      expect(faults).toEqual([]);
    });

    it('are made for an integrator’s entities, and shown once', async () => {
      await stage().t.configure(null);
      const { page } = await stage().visit({ path: '/keys' });
      await page.getByRole('button', { name: 'Clau nova' }).click();
      await page.getByRole('radio', { name: 'Integrador' }).check();
      await page.getByRole('button', { name: 'Crea la clau' }).click();
      await page.getByText('Un integrador necessita una entitat').waitFor();
      await page.getByLabel('Nom', { exact: true }).fill('Gestor Inventat');
      await page.getByLabel('Entitats que pot veure').fill('9900000001');
      // Once the list is the one that was searched for: it would move away from under the pointer.
      const offered = page.getByRole('list', { name: 'Per triar' }).getByRole('button');
      await expect.poll(async () => offered.count()).toBe(1);
      await offered.click();
      await page.getByRole('list', { name: 'Triades' }).waitFor();
      await page.getByRole('button', { name: 'Crea la clau' }).click();
      const dialog = page.getByRole('dialog');
      const text = await dialog.locator('pre').textContent();
      expect(text).toMatch(/^enc_/);
      // A slip of Escape does not lose it.
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Ja l’he desada' }).click();
      await page.getByRole('cell', { name: /^Gestor Inventat/ }).waitFor();
      expect(await page.content()).not.toContain(text);
      expect(await keyNamed('Gestor Inventat')).toMatchObject([
        { role: 'integrator', entities: [{ organisation: '9900000001', department: '1' }] },
      ]);
    });

    it('are made with a limit of their own and a client certificate', async () => {
      await stage().t.configure(null);
      const { certificate } = createAuthority('Integrador Inventat');
      const { page } = await stage().visit({ path: '/keys' });
      await page.getByRole('button', { name: 'Clau nova' }).click();
      await page.getByLabel('Nom', { exact: true }).fill('Gestor Certificat');
      await page.getByRole('radio', { name: 'Integrador' }).check();
      await page.getByRole('button', { name: /9900000001\/1/ }).click();
      await page.getByLabel('Peticions per minut').fill('molt');
      await page.getByText('Un nombre enter').waitFor();
      await page.getByLabel('Peticions per minut').fill('120');
      const field = page.getByRole('group', { name: 'Certificat de client' });
      await field.getByRole('button', { name: 'Enganxa el PEM' }).click();
      await field.getByRole('textbox').fill('no certificate');
      await page.getByRole('button', { name: 'Crea la clau' }).click();
      await field.getByText('No és un certificat PEM').waitFor();
      await field.getByRole('textbox').fill(certificate);
      await page.getByRole('button', { name: 'Crea la clau' }).click();
      await page.getByRole('button', { name: 'Ja l’he desada' }).click();
      const [key] = await keyNamed('Gestor Certificat');
      expect(key).toMatchObject({
        requestsPerMinute: 120,
        certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      await page.getByText(`certificat ${String(key?.certificate).slice(0, 8)}`).waitFor();
    });

    it('are rotated with an overlap', async () => {
      await makeKey(stage().t.database.db, 'backend', { name: 'Per substituir' });
      const { page } = await stage().visit({ path: '/keys' });
      await page.getByRole('button', { name: 'Substitueix Per substituir' }).click();
      await page.getByLabel('La d’ara val encara').selectOption('7d');
      await page.getByRole('dialog').getByRole('button', { name: 'Substitueix' }).click();
      await page.getByRole('button', { name: 'Ja l’he desada' }).click();
      await page.getByText('Ja substituïda').waitFor();
    });

    it('are revoked after it is said what will stop', async () => {
      const { id } = await makeKey(stage().t.database.db, 'backend', { name: 'Per revocar' });
      const { page } = await stage().visit({ path: '/keys' });
      await page.getByRole('button', { name: 'Revoca Per revocar' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('deixaran d’entrar avisos nous').waitFor();
      await dialog.getByRole('button', { name: 'Revoca' }).click();
      await page.getByText('Clau revocada: Per revocar').waitFor();
      expect((await stage().t.call('GET', `/v1/keys/${id}`)).body.status).toBe('revoked');
    });
  });
}
