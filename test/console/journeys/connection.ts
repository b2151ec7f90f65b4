import { describe, expect, it } from 'vitest';
import { change } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { acknowledge, startTestReceiver } from '../../support/receiver.ts';
import { startTestService } from '../../support/service.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { expectSound } from '../support/checks.ts';
import type { Stage } from '../support/stage.ts';

/** Of these journeys alone. */
const ENTITY = { organisation: '9900000071', department: '1' };
const LIST = '/deliveries?organisation=9900000071&department=1';

export function connectionJourneys(stage: () => Stage): void {
  const deliver = async (): Promise<string> => {
    const notification = fresh();
    await stage().t.finished(await stage().t.deliver(change({ notification, entity: ENTITY })));
    return notification;
  };

  /** A page whose every connection goes by a way that can be cut. */
  async function visitBy(target: { host: string; port: number }) {
    const way = await startTcpProxy(target);
    const { page } = await stage().visit();
    await page.goto(`http://127.0.0.1:${way.port}${LIST}`);
    await page.getByText('En directe').waitFor();
    // Cut before it had read anything, it would have nothing to keep.
    await page.getByRole('row').nth(1).waitFor();
    // What would be a new page has no mark.
    await page.evaluate(() => document.body.setAttribute('data-mark', 'before'));
    return { way, page, isSame: async () => page.evaluate(() => document.body.dataset.mark === 'before') };
  }

  const targetOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

  describe('a network that is away', () => {
    it('is said, and what could not come without it comes by itself once it is back', async () => {
      const { page } = await stage().visit();
      await page.getByText('En directe').waitFor();
      await page.context().setOffline(true);
      await page.getByText('Connexió perduda: s’està reconnectant…').waitFor();
      await page.getByText('Sense connexió: el que es mostra pot ser antic.').waitFor();
      await page.getByRole('link', { name: 'Auditoria' }).click();
      await page.getByText('Aquesta pàgina no s’ha pogut carregar.').waitFor();
      await page.context().setOffline(false);
      await page.getByRole('heading', { level: 1, name: 'Auditoria' }).waitFor();
      await page.getByRole('row').nth(1).waitFor();
    });
  });

  describe('a connection that is cut', () => {
    it('is said, begun again by itself, and what was missed is then there', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url, {}, ENTITY);
      const before = await deliver();
      const { way, page, isSame } = await visitBy(targetOf(stage().t.url));
      await way.cut();
      const lost = page.getByText('Connexió perduda: s’està reconnectant…');
      await lost.waitFor();
      // What was read stays to be read.
      await page.getByRole('link', { name: before }).waitFor();
      const missed = await deliver();
      await way.mend();
      await page.getByRole('link', { name: missed }).waitFor();
      await page.getByText('En directe').waitFor();
      expect(await isSame()).toBe(true);
      // Looked at last: the longer it is away, the longer the console waits before it tries again.
      await way.cut();
      await lost.waitFor();
      await expectSound(page);
      await way.close();
      await receiver.close();
    });

    it('because the service was started anew is the same to its reader, who stays signed in', async () => {
      const receiver = await startTestReceiver(acknowledge);
      await stage().t.configure(receiver.url, {}, ENTITY);
      await deliver();
      const ending = await startTestService({ beside: stage().t, roles: ['api'] });
      const target = targetOf(ending.url);
      const { way, page, isSame } = await visitBy(target);
      target.port = targetOf(stage().t.url).port;
      const missed = await deliver();
      await ending.stop();
      await page.getByRole('link', { name: missed }).waitFor();
      await page.getByText('En directe').waitFor();
      expect(await isSame()).toBe(true);
      await way.close();
      await receiver.close();
    });
  });
}
