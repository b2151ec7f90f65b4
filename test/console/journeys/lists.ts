import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { change } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, refuse, startTestReceiver } from '../../support/receiver.ts';
import { expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const LISTS = {
  '/deliveries': { ca: 'Enviaments', es: 'Envíos', en: 'Deliveries' },
  '/communications': { ca: 'Comunicacions', es: 'Comunicaciones', en: 'Communications' },
} as const;
const OF_ONE = '?organisation=9900000041&department=1';
const ENTITY = { organisation: '9900000041', department: '1' };

export function listJourneys(stage: () => Stage): void {
  /** Takes changes of new notifications of this file’s entity, and waits until each was attempted. */
  async function send(count: number, url: string): Promise<string[]> {
    await stage().t.configure(url, {}, ENTITY);
    const notifications = Array.from({ length: count }, fresh);
    const ids = await stage().t.take(
      ...notifications.map((notification) => change({ notification, entity: ENTITY })),
    );
    for (const id of ids) await stage().t.attempted(({ delivery }) => delivery === id);
    return notifications;
  }

  describe.each(['/deliveries', '/communications'] as const)('the list at %s', (path) => {
    it('is shown soundly in every language', async () => {
      const receiver = await startTestReceiver(refuse('Inventat'));
      await send(2, receiver.url);
      const { page, faults } = await stage().visit({ path: `${path}${OF_ONE}` });
      await page.getByRole('row').nth(1).waitFor();
      await expectSoundInAll(page, LISTS[path]);
      expect(faults).toEqual([]);
      await receiver.close();
    });
  });

  describe('the lists', () => {
    it('are filtered by what their address says, as chips that take it away', async () => {
      const receiver = await startTestReceiver(acknowledge);
      const [notification = ''] = await send(1, receiver.url);
      const { page } = await stage().visit({ path: `/deliveries${OF_ONE}` });
      await page.getByLabel('Notificació', { exact: true }).fill(notification);
      await page.getByLabel('Notificació', { exact: true }).press('Enter');
      await page.getByText('1 en aquesta pàgina').waitFor();
      expect(new URL(page.url()).searchParams.get('notification')).toBe(notification);
      await page.getByLabel('Situació').selectOption('cancelled');
      await page.getByText('Res no compleix aquests filtres').waitFor();
      await page.getByRole('button', { name: 'Treu el filtre Situació: Cancel·lat' }).click();
      await page.getByText('1 en aquesta pàgina').waitFor();
      await page.reload();
      await page.getByText('1 en aquesta pàgina').waitFor();
      await page.getByRole('link', { name: 'Comunicacions' }).click();
      await page.getByRole('heading', { level: 1, name: 'Comunicacions' }).waitFor();
      await receiver.close();
    });

    it('leave out of an address what can be no filter, and say so while it is written', async () => {
      const { page, faults } = await stage().visit({
        path: '/deliveries?notification=abc&from=ahir&state=X',
      });
      await page.getByText(/en aquesta pàgina/).waitFor();
      expect(await page.getByRole('button', { name: /^Treu el filtre/ }).count()).toBe(0);
      await page.getByLabel('Notificació', { exact: true }).fill('abc');
      await page.getByText('Ha de ser un número').waitFor();
      expect(faults).toEqual([]);
    });

    it('offer entities while one writes, and name the one that is chosen', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await send(1, receiver.url);
      const { page, faults } = await stage().visit({ path: '/communications' });
      const field = page.getByLabel('Entitat', { exact: true });
      await field.fill('9900000041');
      await page.locator('datalist option[value="9900000041/1"]').waitFor({ state: 'attached' });
      await field.fill('9900000041/1');
      await field.press('Enter');
      await page.getByRole('button', { name: /^Treu el filtre Entitat: Ajuntament/ }).waitFor();
      await page
        .getByRole('row')
        .nth(1)
        .getByRole('link', { name: /^Ajuntament/ })
        .waitFor();
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('find the log by where its deliveries stand, of somebody with several entities once one is chosen', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await send(1, receiver.url);
      const all = await stage().visit({ path: `/communications${OF_ONE}` });
      await all.page.getByLabel('Situació').selectOption('acknowledged');
      await all.page.getByRole('button', { name: 'Treu el filtre Situació: Confirmat' }).waitFor();
      await all.page.getByRole('row').nth(1).waitFor();
      const entities = [ENTITY, { organisation: '9900000042', department: '1' }];
      const some = await stage().visit({
        role: 'integrator',
        entities,
        path: '/communications?status=acknowledged',
      });
      await some.page.getByText('Trieu abans una entitat.').waitFor();
      expect(await some.page.getByLabel('Situació').isDisabled()).toBe(true);
      await some.page.goto(stage().at(`/communications${OF_ONE}&status=acknowledged`));
      await some.page.getByRole('button', { name: 'Treu el filtre Situació: Confirmat' }).waitFor();
      await some.page.getByRole('row').nth(1).waitFor();
      expect([...all.faults, ...some.faults]).toEqual([]);
      await receiver.close();
    });

    it('go on page by page, and back by the browser’s own way', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await send(51, receiver.url);
      const { page } = await stage().visit({ path: `/deliveries${OF_ONE}` });
      await page.getByText('50 en aquesta pàgina').waitFor();
      const first = await page.getByRole('row').nth(1).textContent();
      await page.getByRole('button', { name: 'Següent' }).click();
      await page.getByRole('button', { name: 'Anterior' }).waitFor();
      expect(new URL(page.url()).searchParams.get('after')).not.toBeNull();
      await page.reload();
      await page.getByRole('button', { name: 'Anterior' }).click();
      await page.getByText('50 en aquesta pàgina').waitFor();
      expect(await page.getByRole('row').nth(1).textContent()).toBe(first);
      await receiver.close();
    });

    it('show by themselves what comes', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await send(1, receiver.url);
      const { page } = await stage().visit({ path: `/deliveries${OF_ONE}` });
      await page.getByText('En directe').waitFor();
      const [notification = ''] = await send(1, receiver.url);
      await page.getByRole('link', { name: notification }).waitFor();
      await receiver.close();
    });

    it('are taken along as CSV, by the same filter', async () => {
      const receiver = await startTestReceiver(acknowledge);
      const [notification = ''] = await send(1, receiver.url);
      const { page } = await stage().visit({ path: `/deliveries?notification=${notification}` });
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Baixa en CSV' }).click();
      const text = await readFile(await (await download).path(), 'utf8');
      expect(text.trim().split('\n')).toHaveLength(2);
      expect(text).toContain(notification);
      await receiver.close();
    });

    it('send rows again that are chosen, and leave those that are not finished', async () => {
      const receiver = await startTestReceiver(acknowledge);
      const [notification = ''] = await send(1, receiver.url);
      const { page, faults } = await stage().visit({
        role: 'operator',
        path: `/deliveries?notification=${notification}`,
      });
      await page.getByRole('checkbox', { name: `Tria Dipositada ${notification}` }).press('Space');
      await page.getByText('1 triat').waitFor();
      await page.getByRole('button', { name: 'Reenvia els triats' }).press('Enter');
      await page.getByText('Es crearà 1 enviament nou').waitFor();
      await page.getByRole('button', { name: 'Reenvia’n 1' }).press('Enter');
      await page.getByText('1 reenviat.').waitFor();
      await page.getByText('2 en aquesta pàgina').waitFor();
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('are read alone by who may not send again', async () => {
      const { page } = await stage().visit({ role: 'auditor', path: '/deliveries' });
      await page.getByRole('link', { name: 'Baixa en CSV' }).waitFor();
      expect(await page.getByRole('button', { name: /^Reenvia/ }).count()).toBe(0);
      expect(await page.getByRole('checkbox').count()).toBe(0);
    });
  });
}
