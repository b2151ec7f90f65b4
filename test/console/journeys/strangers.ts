import { describe, expect, it } from 'vitest';
import { ENTITY } from '../../support/changes.ts';
import { refuse, startTestReceiver } from '../../support/receiver.ts';
import { deliverToOther, OTHER, OTHER_REFUSAL } from '../../support/strangers.ts';
import { goTo } from '../support/going.ts';
import type { Stage } from '../support/stage.ts';

export function strangerJourneys(stage: () => Stage): void {
  describe('an integrator', () => {
    it('who tries every address of another’s is shown nothing of it, and sent nothing', async () => {
      const { t } = stage();
      const receiver = await startTestReceiver(refuse(OTHER_REFUSAL));
      await t.configure('https://backoffice.example/reports');
      const { notification, delivery, communication, marks } = await deliverToOther(t, receiver.url);
      const filter = { organisation: OTHER.organisation };
      const job = String((await t.call('POST', '/v1/resends', { filter, pace: 1 })).body.id);
      const codes = `organisation=${OTHER.organisation}&department=${OTHER.department}`;
      const entity = `/entities/${OTHER.organisation}/${OTHER.department}`;
      const paths = [
        '/',
        '/entities',
        entity,
        `${entity}?tab=health`,
        `/entities/new?step=address&${codes}`,
        `/deliveries?${codes}`,
        `/deliveries?notification=${notification}`,
        `/communications?${codes}`,
        `/communications?notification=${notification}`,
        `/deliveries/${delivery}`,
        `/deliveries/${delivery}?attempt=${communication}`,
        `/notifications/${notification}`,
        `/resends`,
        `/resends/${job}`,
        '/keys',
        `/audit?${codes}`,
        '/settings',
      ];
      const { page } = await stage().visit({ role: 'integrator', entities: [ENTITY] });
      const leaks: string[] = [];
      const reading: Promise<void>[] = [];
      page.on('response', (response) => {
        const path = response.url().replace(t.url, '');
        if (!path.startsWith('/v1/') || path === '/v1/live') return;
        const look = async (): Promise<void> => {
          const text = await response.text();
          leaks.push(...marks.filter((mark) => text.includes(mark)).map((mark) => `${path}: ${mark}`));
        };
        reading.push(look().catch(() => undefined));
      });
      for (const path of paths) {
        await goTo(page, stage().at(path));
        const shown = await page.locator('body').innerText();
        leaks.push(...marks.filter((mark) => shown.includes(mark)).map((mark) => `${path} shows ${mark}`));
      }
      await page.getByRole('combobox', { name: /^Cerca/ }).fill(notification);
      await page.getByText('No s’ha trobat res que comenci així.').waitFor();
      await Promise.all(reading);
      expect(leaks).toEqual([]);
      expect(reading.length).toBeGreaterThan(paths.length);
      // The marks are there for who may see them.
      const seen = await stage().visit({ path: `/deliveries/${delivery}` });
      await seen.page.getByText(OTHER_REFUSAL).first().waitFor();
      await t.call('POST', `/v1/resends/${job}/cancel`);
      await receiver.close();
    });
  });
}
