import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../support/certificates.ts';
import { ENTITY } from '../../support/changes.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const PATH = '/entities/9900000001/1';
const API = '/v1/entities/9900000001/1';
const URL = 'https://127.0.0.1:9/reports';
const TABS = ['Configuració', 'Prova', 'Backoffices', 'Reintents', 'Salut', 'Canvis'];

export function entityPageJourneys(stage: () => Stage): void {
  const configure = async (more = {}) => stage().t.configure(URL, { backOffices: {}, ...more });
  const stored = async () => (await stage().t.call('GET', API)).body;

  describe('the page of an entity', () => {
    it('is sound in every language, each part of it', async () => {
      await configure({
        retryDelays: ['1m', '10m', '36h'],
        backOffices: { GEST: { endpoint: { url: URL } } },
      });
      const { page, faults } = await stage().visit({ path: PATH });
      for (const tab of TABS) {
        await page.getByRole('navigation', { name: 'Parts de l’entitat' }).getByText(tab).click();
        await page.locator(`.tabs [aria-current]`, { hasText: tab }).waitFor();
        await expect.poll(async () => page.locator('.skeleton').count()).toBe(0);
        await expectSoundInAll(page);
      }
      expect(faults).toEqual([]);
    });

    it('checks an address before it is saved, and saves it', async () => {
      await configure();
      const { page } = await stage().visit({ path: PATH });
      const url = page.getByLabel('URL del servei web');
      const authentication = page.getByRole('group', { name: 'Com ens identifiquem al servei web' });
      // A secret that is still to be written hides no other fault.
      await authentication.getByRole('radio', { name: /^Usuari i contrasenya/ }).check();
      await page.getByText('Cal omplir-ho: sense això els avisos esperen.').first().waitFor();
      await url.fill('ftp://backoffice.example');
      await page.getByText('Ha de ser una adreça http o https sencera').waitFor();
      await url.fill('https://no-such-name.invalid/r');
      await page.getByText('could not be resolved').waitFor();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Escriviu-lo aquí, en una línia, o deixeu-lo com estava.').waitFor();
      await authentication.getByRole('radio', { name: /^Cap/ }).check();
      await url.fill('https://127.0.0.1:9/other');
      await page.getByText('L’adreça existeix i s’hi pot enviar.').waitFor();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Desat. Ja s’aplica.').waitFor();
      expect(await stored()).toMatchObject({ endpoint: { url: 'https://127.0.0.1:9/other' } });
    });

    it('keeps what is not saved, wherever its writer goes, and says so', async () => {
      await configure();
      const { page, faults } = await stage().visit({ path: PATH });
      const parts = page.getByRole('navigation', { name: 'Parts de l’entitat' });
      const url = page.getByLabel('URL del servei web');
      await url.fill('https://127.0.0.1:9/draft');
      await parts.getByText('Reintents').click();
      await page.getByRole('radio', { name: 'Un de propi' }).check();
      await parts.getByText('Prova').click();
      await page.getByText('El que es veu aquí encara no els té.').waitFor();
      await page.getByRole('link', { name: 'Entitats' }).press('Enter');
      await page.getByText('Els canvis de 9900000001/1 no s’han desat.').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'Torna-hi' }).click();
      expect(await url.inputValue()).toBe('https://127.0.0.1:9/draft');
      expect(await stored()).toMatchObject({ endpoint: { url: URL }, retryDelays: null });
      // Closing the tab, which ends it, is asked about.
      const asked = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Desat. Ja s’aplica.').waitFor();
      expect(await stored()).toMatchObject({ endpoint: { url: 'https://127.0.0.1:9/draft' } });
      expect((await stored()).retryDelays).not.toBeNull();
      await parts.getByText('Prova').click();
      await page.getByRole('button', { name: 'Prova la connexió' }).waitFor();
      expect(await page.getByText('El que es veu aquí encara no els té.').count()).toBe(0);
      expect(faults).toEqual([]);
    });

    it('keeps a secret that is not touched, and takes it away where that is asked', async () => {
      await configure({ endpoint: { url: URL, authentication: { type: 'bearer', token: 'a-token' } } });
      const { page } = await stage().visit({ path: PATH });
      await page.getByLabel('Informe diari').check();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Desat. Ja s’aplica.').waitFor();
      expect(await page.content()).not.toContain('a-token');
      expect(await stored()).toMatchObject({
        daily: true,
        endpoint: { authentication: { token: { set: true } } },
      });
      await page.getByRole('group', { name: 'Testimoni' }).getByRole('button', { name: 'Treu' }).click();
      await page.getByText('No n’hi ha.').waitFor();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Els avisos esperen que s’ompli això:').waitFor();
      expect(await stored()).toMatchObject({ endpoint: { authentication: { token: null } } });
    });

    it('shows what a pasted certificate says of itself before it is saved', async () => {
      await configure();
      const { page } = await stage().visit({ path: PATH });
      const group = page.getByRole('group', { name: 'Autoritat del servidor' });
      await group.getByRole('button', { name: 'Enganxa el PEM' }).click();
      const pem = group.getByRole('textbox', { name: 'Autoritat del servidor' });
      await pem.fill('no certificate');
      await group.getByText('No és un certificat PEM').waitFor();
      await pem.fill(createAuthority('Autoritat de Prova').certificate);
      await group.getByText('CN=Autoritat de Prova').first().waitFor();
      await group.getByText('Empremta SHA-256').waitFor();
    });

    it('says what somebody else has changed meanwhile, and puts both together', async () => {
      await configure();
      const { page } = await stage().visit({ path: PATH });
      await page.getByLabel('Nom del departament').fill('Intervenció');
      await configure({ organisationName: 'Ajuntament Reanomenat' });
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Nom de l’organisme').waitFor();
      await dialog.getByRole('button', { name: 'Posa-hi els meus' }).click();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ajuntament Reanomenat · Intervenció' }).waitFor();
    });

    it('is tested: each phase, the outcome, and what to mend in words', async () => {
      await configure();
      const { page } = await stage().visit({ role: 'operator', path: `${PATH}?tab=test` });
      await page.getByRole('button', { name: 'Prova la connexió' }).press('Enter');
      await page.getByText('Sense connexió').waitFor();
      await page.getByText('connect-refused').first().waitFor();
      expect(await page.locator('.phase').count()).toBe(5);
      await page.getByText('Què s’ha enviat i rebut').click();
      await page
        .getByRole('tree', { name: 'Petició' })
        .getByText('clientRequestwithReturn')
        .first()
        .waitFor();
    });

    it('is paused with a reason, and goes on; that can be taken back', async () => {
      await configure();
      const { page } = await stage().visit({ role: 'operator', path: PATH });
      await page.getByRole('button', { name: 'Posa en pausa' }).click();
      await page.getByLabel('Motiu').fill('Manteniment');
      await page.getByRole('dialog').getByRole('button', { name: 'Posa en pausa' }).click();
      await page.getByText(': Manteniment').waitFor();
      await page.getByRole('button', { name: 'Reprèn' }).click();
      await page.getByText('L’entitat torna a enviar avisos.').waitFor();
      await page.getByRole('button', { name: 'Desfés' }).click();
      await page.getByText(': Manteniment').waitFor();
      await stage().t.call('POST', `${API}/resume`);
    });

    it('has back offices that come and go', async () => {
      await configure();
      const { page } = await stage().visit({ path: `${PATH}?tab=back-offices` });
      await page.getByLabel('Codi', { exact: true }).fill('GEST');
      await page.getByRole('button', { name: 'Afegeix', exact: true }).click();
      await page.getByLabel('URL del servei web').fill('https://127.0.0.1:9/gest');
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Desat. Ja s’aplica.').waitFor();
      expect(await stored()).toMatchObject({
        backOffices: { GEST: { endpoint: { url: 'https://127.0.0.1:9/gest' } } },
      });
      await page.getByRole('button', { name: 'Treu GEST' }).click();
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await expect.poll(async () => (await stored()).backOffices).toEqual({});
    });

    it('shows what an outage would do, by keys alone', async () => {
      await configure({ retryDelays: ['1h', '6h'] });
      const { page } = await stage().visit({ role: 'auditor', path: `${PATH}?tab=retries` });
      const hours = page.getByRole('slider');
      await hours.focus();
      await page.keyboard.press('Home');
      await page.getByText('Es lliura al primer intent').waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByText('1 intent falla; es lliura 1 h més tard').waitFor();
      await page.keyboard.press('End');
      await page.getByText('Els 3 intents fallen').waitFor();
    });

    it('tells in its history what changed, from what to what', async () => {
      await configure();
      await configure({ daily: true });
      const { page } = await stage().visit({ path: `${PATH}?tab=history` });
      const change = page.getByRole('listitem').filter({ hasText: 'Entitat canviada' }).first();
      await change.getByText('Informe diari').waitFor();
      await change.getByText('no → sí').waitFor();
    });

    it('lets an integrator change its address, and nothing else', async () => {
      await configure();
      const { page } = await stage().visit({ role: 'integrator', entities: [ENTITY], path: PATH });
      expect(await page.getByLabel('Avisos en línia').isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Posa en pausa' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Esborra la configuració' }).count()).toBe(0);
      await page.getByLabel('URL del servei web').fill('https://127.0.0.1:9/own');
      await page.getByRole('button', { name: 'Desa els canvis' }).click();
      await page.getByText('Desat. Ja s’aplica.').waitFor();
      expect(await stored()).toMatchObject({ endpoint: { url: 'https://127.0.0.1:9/own' } });
    });

    it('can be deleted, after it is said what ends', async () => {
      const other = { organisation: '9900000009', department: '1' };
      await stage().t.configure(null, {}, other);
      const { page } = await stage().visit({ path: '/entities/9900000009/1' });
      await page.getByRole('button', { name: 'Esborra la configuració' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('No es pot desfer.').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Esborra la configuració' }).click();
      await dialog.getByRole('button', { name: 'Esborra la configuració' }).click();
      await page.getByText('Configuració esborrada.').waitFor();
      expect((await stage().t.call('GET', '/v1/entities/9900000009/1')).status).toBe(404);
    });
  });
}
