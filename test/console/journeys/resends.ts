import { describe, expect, it } from 'vitest';
import { change } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, startTestReceiver } from '../../support/receiver.ts';
import { axeFaults, expectSoundInAll } from '../support/checks.ts';
import { goTo } from '../support/going.ts';
import type { Stage } from '../support/stage.ts';

const ENTITY = { organisation: '9900000051', department: '1' };
const LIST = '/deliveries?organisation=9900000051&department=1&status=acknowledged';
const HEADINGS = { ca: 'Reenviaments', es: 'Reenvíos', en: 'Resends' } as const;
const JOBS = { ca: 'Reenviament', es: 'Reenvío', en: 'Resend' } as const;

export function resendJourneys(stage: () => Stage): void {
  /** Acknowledged deliveries of this file’s entity. */
  async function acknowledged(count: number, url: string): Promise<void> {
    await stage().t.configure(url, {}, ENTITY);
    const changes = Array.from({ length: count }, () => change({ notification: fresh(), entity: ENTITY }));
    for (const id of await stage().t.take(...changes)) await stage().t.finished(id ?? '');
  }

  /** A job that deals with one delivery a minute: it goes on for as long as a test looks at it. */
  async function slowJob(): Promise<string> {
    const filter = { organisation: ENTITY.organisation, status: 'acknowledged' };
    const { body } = await stage().t.call('POST', '/v1/resends', { filter, pace: 1, reason: 'Inventat' });
    return String(body.id);
  }

  async function end(job: string): Promise<void> {
    await stage().t.call('POST', `/v1/resends/${job}/cancel`);
  }

  describe('resends', () => {
    it('are listed and shown soundly in every language', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await acknowledged(3, receiver.url);
      const job = await slowJob();
      const { page, faults } = await stage().visit({ path: '/resends' });
      await page.getByText('Inventat').first().waitFor();
      await expectSoundInAll(page, HEADINGS);
      await goTo(page, stage().at(`/resends/${job}`));
      await page.getByRole('row').nth(1).waitFor();
      await expectSoundInAll(page, JOBS);
      expect(faults).toEqual([]);
      await end(job);
      await receiver.close();
    });

    it('are made of a list’s whole filter, after what will happen was said', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await acknowledged(2, receiver.url);
      const { page, faults } = await stage().visit({ role: 'operator', path: LIST });
      await page.getByRole('button', { name: 'Reenvia tot el filtre' }).click();
      await page.getByText(/^El filtre abasta \d+ enviaments, i se’n reenviar/).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.getByLabel('Ritme (per minut)').fill('0');
      await page.getByText('De 1 a 10.000.').waitFor();
      await page.getByLabel('Ritme (per minut)').fill('6000');
      await page.getByLabel('Motiu (opcional)').fill('L’integrador ho ha perdut');
      await page.getByRole('button', { name: /^Reenvia’n \d+$/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Reenviament' }).waitFor();
      await page.getByText('L’integrador ho ha perdut').waitFor();
      await page.getByText('Acabat', { exact: true }).first().waitFor();
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('are not made of everything', async () => {
      const { page } = await stage().visit({ role: 'operator', path: '/deliveries' });
      await page.getByRole('button', { name: 'Reenvia tot el filtre' }).click();
      await page.getByText('mai no es reenvia tot el que hi ha').waitFor();
      expect(await page.getByRole('button', { name: /^Reenvia’n/ }).count()).toBe(0);
    });

    it('are paused, go on, and are cancelled once that was confirmed; others’ steps are seen', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await acknowledged(3, receiver.url);
      const job = await slowJob();
      const { page, faults } = await stage().visit({ role: 'operator', path: `/resends/${job}` });
      await page.getByRole('button', { name: 'Posa en pausa', exact: true }).press('Enter');
      await page.getByText('Reenviament en pausa').waitFor();
      await page.getByRole('button', { name: 'Reprèn' }).waitFor();
      await stage().t.call('POST', `/v1/resends/${job}/resume`);
      await page.getByText('En marxa').waitFor();
      await page.getByRole('button', { name: 'Cancel·la el reenviament' }).press('Enter');
      await page.getByRole('button', { name: 'Cancel·la’l' }).press('Enter');
      await page.getByText('Reenviament cancel·lat').waitFor();
      expect(await page.getByRole('button', { name: 'Posa en pausa', exact: true }).count()).toBe(0);
      // What it has not come to waits for nothing any more.
      await page.getByRole('radio', { name: 'Sense reenviar' }).press('Space');
      expect(new URL(page.url()).searchParams.get('result')).toBe('pending');
      expect(faults).toEqual([]);
      await receiver.close();
    });
  });
}
