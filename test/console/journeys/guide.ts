import { describe, expect, it } from 'vitest';
import { startTestReceiver } from '../../support/receiver.ts';
import { expectSoundInAll } from '../support/checks.ts';
import { goTo } from '../support/going.ts';
import type { Stage } from '../support/stage.ts';

const API = '/v1/entities/9900000021/3';
/** The steps after the first, and where they stand in the way that is shown. */
const STEPS = [
  ['address', 2],
  ['access', 3],
  ['test', 4],
  ['on', 5],
] as const;

export function guideJourneys(stage: () => Stage): void {
  describe('the guide of a new entity', () => {
    it('leads from nothing to a first acknowledged test, and turns callbacks on at its end', async () => {
      const receiver = await startTestReceiver();
      const { page, faults } = await stage().visit({ path: '/entities' });
      await page.getByRole('link', { name: 'Entitat nova' }).click();
      await page.getByRole('button', { name: 'Crea l’entitat' }).click();
      await page.getByText('Cal omplir-ho.').first().waitFor();
      await page.getByLabel('Codi de l’organisme').fill('9900000021');
      await page.getByLabel('Nom de l’organisme').fill('Ajuntament Nou');
      await page.getByLabel('Codi del departament').fill('3');
      await page.getByLabel('Nom del departament').fill('Secretaria');
      await page.getByRole('button', { name: 'Crea l’entitat' }).click();
      await page.getByText('/soap/reports/4.0?wsdl').first().waitFor();
      expect((await stage().t.call('GET', API)).body).toMatchObject({ online: false, daily: false });
      await page.getByLabel('URL del servei web').fill(receiver.url);
      await page.getByRole('button', { name: 'Endavant' }).click();
      await page.getByText('Si l’integrador no demana res d’això').waitFor();
      await page.getByRole('button', { name: 'Endavant' }).click();
      await page.getByRole('button', { name: 'Prova la connexió' }).click();
      await page.getByText('El servei web ha rebut l’avís').waitFor();
      await page.getByRole('button', { name: 'Endavant' }).click();
      await page.getByLabel('Avisos en línia').check();
      await page.getByRole('button', { name: 'Acaba' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ajuntament Nou · Secretaria' }).waitFor();
      await page.getByText('A punt').waitFor();
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('says that an entity is there already, and leads to it', async () => {
      await stage().t.configure(null);
      const { page } = await stage().visit({ path: '/entities/new' });
      await page.getByLabel('Codi de l’organisme').fill('9900000001');
      await page.getByLabel('Nom de l’organisme').fill('A');
      await page.getByLabel('Codi del departament').fill('1');
      await page.getByLabel('Nom del departament').fill('B');
      await page.getByRole('button', { name: 'Crea l’entitat' }).click();
      await page.getByRole('link', { name: 'Ves-hi' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ajuntament Inventat · Secretaria' }).waitFor();
    });

    it('is sound in every language, each step', async () => {
      await stage().t.configure(null);
      const { page } = await stage().visit({ path: '/entities/new' });
      await expectSoundInAll(page);
      for (const [step, place] of STEPS) {
        const address = stage().at(`/entities/new?step=${step}&organisation=9900000001&department=1`);
        await goTo(page, address, page.locator(`.steps li:nth-child(${place})[aria-current=step]`));
        await page.locator('.card').first().waitFor();
        await expectSoundInAll(page);
      }
    });
  });
}
