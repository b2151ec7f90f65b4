import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { change, SIGNER } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, fault, inTurn, refuse, startTestReceiver, type Reply } from '../../support/receiver.ts';
import { expectSound, expectSoundInAll } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

/** An entity of these journeys alone. */
const OWN = { organisation: '9900000011', department: '1' };

export function lifeJourneys(stage: () => Stage): void {
  /** A notification whose deposit is told, or not, as the receiver answers. */
  async function told(reply: Reply, more: Readonly<Record<string, unknown>> = {}) {
    const { t } = stage();
    const receiver = await startTestReceiver(reply);
    await t.configure(receiver.url, { retryDelays: ['20ms', '20ms'], ...more }, OWN);
    const notification = fresh();
    const delivery = await t.deliver(change({ notification, entity: OWN }));
    return { t, receiver, notification, delivery };
  }

  /** Of the service’s own sentence, which follows the language. */
  const SENTENCE = { ca: 'al tercer intent', es: 'al tercer intento', en: 'at the third attempt' };

  describe('one delivery', () => {
    it('is told in every language, in the service’s own words', async () => {
      const { t, receiver, delivery } = await told(inTurn(refuse('no'), fault('tampoc'), acknowledge));
      await t.finished(delivery);
      const { page, faults } = await stage().visit({ path: `/deliveries/${delivery}` });
      await page.getByRole('heading', { level: 1, name: 'Enviament: Dipositada' }).waitFor();
      await page.getByRole('tree').first().waitFor();
      await expectSoundInAll(page, SENTENCE);
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('shows what was sent and answered at an attempt, and what changed since the one before', async () => {
      const { t, receiver, delivery } = await told(
        inTurn(refuse('Expedient desconegut'), fault('Ara falla'), acknowledge),
      );
      await t.finished(delivery);
      const { page } = await stage().visit({ path: `/deliveries/${delivery}` });
      await page.getByRole('link', { name: 'Intent 2', exact: true }).click();
      await page.getByRole('heading', { level: 2, name: 'Intent 2' }).waitFor();
      expect(page.url()).toContain('?attempt=');
      await page.getByRole('tree', { name: 'Resposta' }).getByText('Ara falla').waitFor();
      await page.getByRole('tree', { name: 'Petició' }).getByText('DIPOSITADA').waitFor();
      await page.getByRole('figure').getByText('Esperar la resposta').waitFor();
      await page.getByRole('radio', { name: 'Diferències amb l’anterior' }).check();
      const request = page.getByRole('region', { name: 'Petició' });
      await request.getByText('Enotum-Attempt: 1').waitFor();
      await request.getByText('Enotum-Attempt: 2').waitFor();
      await page.getByRole('region', { name: 'Resposta' }).getByText('Expedient desconegut').waitFor();
      await expectSound(page);
      // The address brings the attempt back.
      await page.reload();
      await page.getByRole('heading', { level: 2, name: 'Intent 2' }).waitFor();
      await receiver.close();
    });

    it('has its XML folded and gone through by keys, and copied as it came', async () => {
      const { t, receiver, delivery } = await told(acknowledge);
      await t.finished(delivery);
      const { page } = await stage().visit({
        path: `/deliveries/${delivery}`,
        context: { permissions: ['clipboard-read', 'clipboard-write'] },
      });
      const tree = page.getByRole('tree', { name: 'Petició' });
      await tree.getByRole('treeitem').nth(1).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const report = tree.getByRole('treeitem', { expanded: true, name: /<clientRequestwithReturn/ });
      expect(await report.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('ArrowLeft');
      expect(await tree.getByText('DIPOSITADA').isVisible()).toBe(false);
      await page.keyboard.press('ArrowRight');
      expect(await tree.getByText('DIPOSITADA').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Copia: Petició' }).click();
      await page.getByText('Copiat: Petició').waitFor();
      expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(
        receiver.requests[0]?.body.toString('utf8'),
      );
      await receiver.close();
    });

    it('is copied as a command of curl without its secrets', async () => {
      const token = 'a-very-secret-token';
      const { t, receiver, delivery } = await told(acknowledge);
      await t.configure(
        null,
        { endpoint: { url: receiver.url, authentication: { type: 'bearer', token } } },
        OWN,
      );
      const second = await t.deliver(change({ notification: fresh(), entity: OWN }));
      await t.finished(delivery);
      await t.finished(second);
      const { page } = await stage().visit({
        path: `/deliveries/${second}`,
        context: { permissions: ['clipboard-read', 'clipboard-write'] },
      });
      await page.getByText('Els asteriscs (***)').waitFor();
      await page.getByRole('button', { name: 'Copia com a curl' }).click();
      await page.getByText('Copiat: curl').waitFor();
      const command = await page.evaluate(async () => navigator.clipboard.readText());
      expect(command).toContain(`curl --request POST '${receiver.url}'`);
      expect(command).toContain('Bearer ***');
      expect(await page.content()).not.toContain(token);
      expect(command).not.toContain(token);
      await receiver.close();
    });

    it('is sent again by keys alone, once what will happen is said', async () => {
      const { t, receiver, delivery } = await told(acknowledge);
      await t.finished(delivery);
      const { page, faults } = await stage().visit({ role: 'operator', path: `/deliveries/${delivery}` });
      await page.getByRole('button', { name: 'Reenvia…' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('el rebrà dues vegades').waitFor();
      await expectSound(page);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Reenvia…' }).press('Enter');
      await page.getByRole('button', { name: 'Reenvia’l' }).press('Enter');
      await page.getByText('S’ha fet l’enviament nou').waitFor();
      await page.getByText('És un reenviament.').waitFor();
      expect(page.url()).not.toContain(delivery);
      await page.getByRole('link', { name: 'l’enviament d’abans' }).click();
      await page.waitForURL(`**/deliveries/${delivery}`);
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('is cancelled with a reason, and followed until it is', async () => {
      const { t, receiver, delivery } = await told(refuse('no'), { retryDelays: ['1h'] });
      await t.attempted((event) => event.delivery === delivery);
      const { page } = await stage().visit({ role: 'operator', path: `/deliveries/${delivery}` });
      await page.getByText('Es reintentarà').first().waitFor();
      await page.getByRole('button', { name: 'Cancel·la l’enviament…' }).click();
      await page.getByLabel('Motiu').fill('Expedient tancat');
      await page.getByRole('button', { name: 'Cancel·la l’enviament', exact: true }).click();
      await page.getByText('Enviament cancel·lat').waitFor();
      await page.getByText('Expedient tancat').first().waitFor();
      expect(await t.delivery(delivery)).toMatchObject({
        status: 'cancelled',
        cancelReason: 'Expedient tancat',
      });
      await receiver.close();
    });

    it('says how the integrator recovers it once it is exhausted, and gives its evidence', async () => {
      const { t, receiver, notification, delivery } = await told(refuse('no'));
      await t.finished(delivery);
      const { page } = await stage().visit({ path: `/deliveries/${delivery}` });
      await page.getByRole('tree', { name: 'PeticioRecuperarReport' }).getByText(notification).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Baixa les proves' }).click(),
      ]);
      const files = Object.keys(unzipSync(new Uint8Array(await readFile(await download.path()))));
      expect(files).toEqual(expect.arrayContaining(['report.xml', 'manifest.json', 'story.ca.txt']));
      await receiver.close();
    });

    it('has on paper what is read, all of the XML, and nothing to press', async () => {
      const { t, receiver, delivery } = await told(acknowledge);
      await t.finished(delivery);
      const { page } = await stage().visit({ path: `/deliveries/${delivery}`, context: {} });
      await page.getByRole('button', { name: 'Plega-ho tot' }).first().click();
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('tree', { name: 'Petició' }).getByText('DIPOSITADA').isVisible()).toBe(
        true,
      );
      for (const gone of ['header', 'nav', 'button']) {
        expect(await page.locator(gone).filter({ visible: true }).count()).toBe(0);
      }
      await receiver.close();
    });

    it('has no doors for who may only look', async () => {
      const { t, receiver, delivery } = await told(acknowledge);
      await t.finished(delivery);
      const { page } = await stage().visit({ role: 'auditor', path: `/deliveries/${delivery}` });
      await page.getByText('el vostre rol no els pot veure').waitFor();
      expect(await page.getByRole('button', { name: 'Reenvia…' }).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Baixa les proves' }).count()).toBe(0);
      await receiver.close();
    });

    it('is none where its address is nobody’s', async () => {
      const { page } = await stage().visit({ path: '/deliveries/no-such-delivery' });
      await page.getByText('not-found').waitFor();
      await expectSound(page);
    });
  });

  describe('one notification', () => {
    it('is told in every language from its changes to its attempts', async () => {
      const { t, receiver, notification, delivery } = await told(
        inTurn(refuse('no'), refuse('no'), acknowledge),
      );
      await t.finished(delivery);
      const { page, faults } = await stage().visit({ path: `/notifications/${notification}` });
      await page.getByRole('heading', { level: 2, name: 'Què ha passat' }).waitFor();
      await expectSoundInAll(page, SENTENCE);
      expect(faults).toEqual([]);
      await receiver.close();
    });

    it('leads to its deliveries, and to the messages of an attempt', async () => {
      const { t, receiver, notification, delivery } = await told(inTurn(refuse('no'), acknowledge));
      await t.finished(delivery);
      const { page } = await stage().visit({ path: `/notifications/${notification}` });
      await page.getByRole('link', { name: 'Missatges de l’intent' }).first().click();
      await page.getByRole('heading', { level: 2, name: 'Intent 1' }).waitFor();
      await page.getByRole('link', { name: notification }).click();
      await page.getByRole('cell').getByRole('link', { name: 'Dipositada' }).click();
      await page.waitForURL(`**/deliveries/${delivery}`);
      await receiver.close();
    });

    it('goes on by itself while something is to come', async () => {
      const { t, receiver, notification, delivery } = await told(refuse('no'), { retryDelays: ['1h'] });
      await t.attempted((event) => event.delivery === delivery);
      const { page } = await stage().visit({ path: `/notifications/${notification}` });
      await page.getByText('Es reintentarà').waitFor();
      receiver.reply = acknowledge;
      // A newer change brings the attempt forward.
      await t.take(change({ notification, entity: OWN, state: 'ACCEPTADA', minute: 5, signer: SIGNER }));
      await t.finished(delivery);
      await page.getByText('L’acceptació queda comunicada').or(page.getByText('ACCEPTADA')).first().waitFor();
      await page.getByText('Es reintentarà').waitFor({ state: 'detached' });
      await receiver.close();
    });
  });
}
