import { describe, expect, it } from 'vitest';
import type { EntityKey } from '../../../src/domain/notification.ts';
import { suspendEndpoint } from '../../../src/store/suspensions.ts';
import { change } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, httpStatus, refuse, startTestReceiver } from '../../support/receiver.ts';
import type { TestService } from '../../support/service.ts';
import type { Stage } from '../support/stage.ts';

const ENTITY = { organisation: '9900000061', department: '1' };
const NAME = 'Ajuntament Caigut, Secretaria';
/** One that refuses until it is mended. */
const REFUSED = { organisation: '9900000062', department: '1' };
/** One that has failed for so long that the service sends nothing there. */
const SUSPENDED = { organisation: '9900000064', department: '1' };
/** One on the server of another that fails; nothing of its own was tried there. */
const NEIGHBOUR = { organisation: '9900000063', department: '1' };
/** So many failures, one after the other, have a server only probed. */
const FAILURES = 3;

const pathOf = ({ organisation, department }: EntityKey): string => `/entities/${organisation}/${department}`;

/** Has an entity's endpoint be taken for one that failed for longer than is borne. */
async function suspend(t: TestService, entity: EntityKey): Promise<void> {
  const [row] = await t.rows<{ punt: string }>(
    `select p.punt from nt30.aoc_nt_punts_recepcio p join nt30.aoc_nt_configuracio_callbacks c using (entitat)
     where c.organisme = $1 and c.departament = $2`,
    [entity.organisation, entity.department],
  );
  const endpoint = { endpoint: row?.punt ?? '', entity, backOffice: '' };
  await suspendEndpoint(t.database.db, endpoint, { stagesMs: [], suspendAfterMs: 0 });
}

export function outageJourneys(stage: () => Stage): void {
  describe('an endpoint that goes down', () => {
    it('is seen, understood, held, mended and tested, and its backlog is sent, from the first page', async () => {
      const { t } = stage();
      const receiver = await startTestReceiver(httpStatus(503));
      await t.configure(receiver.url, { organisationName: 'Ajuntament Caigut', retryDelays: ['1h'] }, ENTITY);
      const { page, faults } = await stage().visit({ role: 'operator' });
      await page.getByText('En directe').waitFor();
      const backlog: string[] = [];
      while (backlog.length < FAILURES) {
        const id = await t.deliver(change({ notification: fresh(), entity: ENTITY }));
        await t.attempted(({ delivery }) => delivery === id);
        backlog.push(id);
      }
      // Seen by itself, and understood.
      const test = page.getByRole('button', { name: `Prova: ${NAME}` });
      await test.waitFor();
      await page.getByText('HTTP 503').first().waitFor();
      // Said, too, where nothing has failed but the server that is shared.
      await t.configure(receiver.url, { organisationName: 'Ajuntament Veí' }, NEIGHBOUR);
      const neighbour = await stage().visit({ path: pathOf(NEIGHBOUR) });
      await neighbour.page.getByText(/^El servidor on hi ha el servei web .+ no va bé/).waitFor();
      expect(await neighbour.page.getByText('que falla').count()).toBe(0);
      await page.getByRole('button', { name: `Posa en pausa: ${NAME}` }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: 'Posa en pausa' }).press('Enter');
      await page.getByText(`En pausa: ${NAME}`).waitFor();
      backlog.push(await t.deliver(change({ notification: fresh(), entity: ENTITY })));
      // Tested while it is down, and once it is mended.
      await test.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('No s’ha confirmat.').waitFor();
      receiver.reply = acknowledge;
      await dialog.getByRole('button', { name: 'Torna a provar' }).press('Enter');
      await dialog.getByText('Confirmat: la connexió funciona.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: `Reprèn: ${NAME}` }).press('Enter');
      await dialog.getByText(`Sortiran ${backlog.length} enviaments`).waitFor();
      await dialog.getByRole('button', { name: 'Reprèn' }).press('Enter');
      // The time of the next probe has come: the first sign of life has all that had failed go out again.
      await t.rows('update nt30.aoc_nt_origens set sondeig_proper = now() where adreca like $1', [
        `%:${receiver.port}`,
      ]);
      for (const id of backlog) expect((await t.finished(id)).status).toBe('acknowledged');
      await test.waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('is sent what waits for a retry by one click, where it is seen and where a test has gone well', async () => {
      const { t } = stage();
      const receiver = await startTestReceiver(refuse('No'));
      const backlog = async (): Promise<string> => {
        receiver.reply = refuse('No');
        const id = await t.deliver(change({ notification: fresh(), entity: REFUSED }));
        await t.attempted(({ delivery }) => delivery === id);
        receiver.reply = acknowledge;
        return id;
      };
      const settings = { organisationName: 'Ajuntament Tancat', retryDelays: ['1h'] };
      await t.configure(receiver.url, settings, REFUSED);
      const first = await backlog();
      const { page, faults } = await stage().visit({ role: 'operator' });
      await page
        .getByRole('button', { name: 'Reintenta ara (1): Ajuntament Tancat, Secretaria' })
        .press('Enter');
      await page.getByText('Surt ara 1 enviament.').waitFor();
      expect((await t.finished(first)).status).toBe('acknowledged');

      const second = await backlog();
      await page.getByRole('button', { name: 'Prova: Ajuntament Tancat, Secretaria' }).press('Enter');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: 'La prova ha anat bé: envia ara el que espera' })
        .press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await t.finished(second)).status).toBe('acknowledged');

      const third = await backlog();
      await page.goto(stage().at(pathOf(REFUSED)));
      await page.getByRole('button', { name: 'Reintenta ara (1)' }).press('Enter');
      expect((await t.finished(third)).status).toBe('acknowledged');
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('that was suspended is offered what waits for a retry once a test has lifted that, and how many', async () => {
      const { t } = stage();
      const receiver = await startTestReceiver(refuse('No'));
      await t.configure(
        receiver.url,
        { organisationName: 'Ajuntament Suspès', retryDelays: ['1h'] },
        SUSPENDED,
      );
      const backlog: string[] = [];
      while (backlog.length < 2) {
        const id = await t.deliver(change({ notification: fresh(), entity: SUSPENDED }));
        await t.attempted(({ delivery }) => delivery === id);
        backlog.push(id);
      }
      await suspend(t, SUSPENDED);
      receiver.reply = acknowledge;
      const offer = 'La prova ha anat bé: envia ara els 2 que esperen';

      // On the first page, where it is then in trouble no longer, the answer stays to be read.
      const { page, faults } = await stage().visit({ role: 'operator' });
      await page.getByText('En directe').waitFor();
      await page.getByRole('button', { name: 'Prova: Ajuntament Suspès, Secretaria' }).press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: offer }).waitFor();
      await page
        .getByRole('button', { name: 'Prova: Ajuntament Suspès, Secretaria' })
        .waitFor({ state: 'detached' });
      await dialog.getByRole('button', { name: 'Tanca' }).press('Enter');

      await page.goto(stage().at(`${pathOf(SUSPENDED)}?tab=test`));
      await page.getByRole('button', { name: 'Prova la connexió' }).press('Enter');
      await page.getByRole('button', { name: offer }).press('Enter');
      await page.getByText('Surten ara 2 enviaments, en ordre.').waitFor();
      await page.getByRole('button', { name: offer }).waitFor({ state: 'detached' });
      for (const id of backlog) expect((await t.finished(id)).status).toBe('acknowledged');
      expect(faults).toEqual([]);
      await receiver.close();
    });
  });
}
