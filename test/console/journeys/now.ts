import { describe, expect, it } from 'vitest';
import { change, ENTITY } from '../../support/changes.ts';
import { acknowledge, httpStatus, startTestReceiver } from '../../support/receiver.ts';
import { fresh } from '../../support/journey.ts';
import { axeFaults, expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

const HEADINGS = { ca: 'Ara', es: 'Ahora', en: 'Now' } as const;
/** Of this file alone, so that what other journeys leave changes nothing. */
const BROKEN = { organisation: '9900000021', department: '1' };
const NAME = 'Ajuntament Trencat, Secretaria';

export function nowJourneys(stage: () => Stage): void {
  /** Pauses an entity while a delivery waits for it: one that nothing waits for is no trouble. */
  async function pause(reason: string, entity = BROKEN): Promise<void> {
    const path = `/v1/entities/${entity.organisation}/${entity.department}/pause`;
    await stage().t.call('POST', path, { reason });
    await stage().t.deliver(change({ notification: fresh(), entity }));
  }

  describe('how everything stands', () => {
    it('is shown soundly in every language', async () => {
      const receiver = await startTestReceiver(httpStatus(503));
      await stage().t.configure(receiver.url, { organisationName: 'Ajuntament Trencat' }, BROKEN);
      await stage().t.deliver(change({ notification: fresh(), entity: BROKEN }));
      await stage().t.attempted(({ outcome }) => outcome === 'http-error');
      const { page, faults } = await stage().visit();
      await page.getByRole('link', { name: NAME, exact: true }).waitFor();
      await page.locator('.chart-plot').waitFor();
      await expectSoundInAll(page, HEADINGS);
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('says what fails, pauses it with a reason, takes that back, and resumes it', async () => {
      const receiver = await startTestReceiver(httpStatus(503));
      await stage().t.configure(receiver.url, { organisationName: 'Ajuntament Trencat' }, BROKEN);
      await stage().t.deliver(change({ notification: fresh(), entity: BROKEN }));
      const { page, faults } = await stage().visit({ role: 'operator' });
      await page.getByRole('button', { name: `Posa en pausa: ${NAME}` }).press('Enter');
      await page.getByLabel('Motiu (opcional)').fill('Manteniment inventat');
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Posa en pausa' }).press('Enter');
      await page.getByText('Manteniment inventat').waitFor();
      await page.getByRole('button', { name: 'Desfés' }).click();
      await page.getByText('Manteniment inventat').waitFor({ state: 'detached' });
      await pause('Per fora');
      await page.getByText('Per fora').waitFor();
      await page.getByRole('button', { name: `Reprèn: ${NAME}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reprèn' }).click();
      await page.getByText('Per fora').waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('tests a connection and shows each phase', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url, { organisationName: 'Ajuntament Trencat' }, BROKEN);
      await pause('Prova');
      const { page, faults } = await stage().visit({ role: 'operator' });
      await page.getByRole('button', { name: `Prova: ${NAME}` }).click();
      await page.getByText('Confirmat: la connexió funciona.').waitFor();
      expect(await page.locator('.phases dd').allTextContents()).toContainEqual(
        expect.stringMatching(/^\d+ ms$/),
      );
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
      await stage().t.call('POST', '/v1/entities/9900000021/1/resume');
      await receiver.close();
    });

    it('is held as it is while its reader wants that, and read at once when they go on', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url, { organisationName: 'Ajuntament Trencat' }, BROKEN);
      const { page } = await stage().visit();
      await page.getByText('En directe').waitFor();
      await page.getByRole('button', { name: 'Atura’l' }).click();
      await page.getByText('Aturat', { exact: true }).waitFor();
      // What is no longer followed is told with its time, and not as how things stand.
      const verdict = page.locator('.verdict');
      await expect.poll(async () => verdict.textContent()).toMatch(/^A les \d+:\d{2}:\d{2}:/);
      await pause('Mentrestant');
      await page.getByRole('button', { name: 'Segueix en directe' }).click();
      await page.getByText('Mentrestant').waitFor();
      await page.getByText('En directe').waitFor();
      expect(await verdict.textContent()).not.toMatch(/^A les/);
      await stage().t.call('POST', '/v1/entities/9900000021/1/resume');
      await receiver.close();
    });

    it('listens by one connection, and by none while nobody sees the tab', async () => {
      const { page } = await stage().visit();
      await page.getByText('En directe').waitFor();
      const streams: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/v1/live')) streams.push(request.url());
      });
      const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/live'));
      const see = async (state: string): Promise<void> =>
        page.evaluate((value) => {
          Object.defineProperty(document, 'visibilityState', { value, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      await see('hidden');
      await ended;
      expect(streams).toEqual([]);
      await see('visible');
      await page.getByRole('link', { name: 'Enviaments', exact: true }).click();
      await page.getByText('En directe').waitFor();
      expect(streams).toHaveLength(1);
    });

    it('says of attempts how many there were, in a table too, over a span that a link has', async () => {
      const { page } = await stage().visit({ path: '/?span=week' });
      const numbers = page.getByText('Mostra els números');
      await numbers.click();
      expect(await page.getByRole('table', { name: 'Intents' }).getByRole('row').count()).toBe(8);
      await page.getByRole('radio', { name: 'Dia' }).press('Space');
      await page.getByRole('row').nth(24).waitFor();
      expect(page.url()).toBe(stage().at('/?span=day'));
    });

    it('is an integrator’s own, without what its role may not do', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url);
      await pause('Obres al centre de dades', ENTITY);
      const { page, faults } = await stage().visit({ role: 'integrator', entities: [ENTITY] });
      await page.getByText('Obres al centre de dades').waitFor();
      await page.getByRole('button', { name: /^Prova: / }).waitFor();
      expect(await page.getByRole('button', { name: /^(Posa en pausa|Reprèn): / }).count()).toBe(0);
      expect(faults).toEqual([]);
      await stage().t.call('POST', '/v1/entities/9900000001/1/resume');
      await receiver.close();
    });
  });
}
