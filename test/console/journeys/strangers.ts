import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../support/answers.ts';
import { change, ENTITY, SIGNER } from '../../support/changes.ts';
import { fresh } from '../../support/journey.ts';
import { refuse, startTestReceiver } from '../../support/receiver.ts';
import type { Stage } from '../support/stage.ts';

/** Another's, with what is nowhere else. */
const OTHER = { organisation: '9900000081', department: '4' };
const NAME = 'Consell Aliè';
const REFUSAL = 'Refusal of the stranger';

export function strangerJourneys(stage: () => Stage): void {
  describe('an integrator', () => {
    it('who tries every address of another’s is shown nothing of it, and sent nothing', async () => {
      const { t } = stage();
      const receiver = await startTestReceiver(refuse(REFUSAL));
      await t.configure('https://backoffice.example/reports');
      await t.configure(receiver.url, { organisationName: NAME }, OTHER);
      const notification = fresh();
      const delivery = await t.deliver(
        change({ notification, entity: OTHER, state: 'ACCEPTADA', signer: SIGNER }),
      );
      await t.finished(delivery);
      const { body } = await t.call('GET', `/v1/communications?notification=${notification}`);
      const communication = String(itemsOf(body.items)[0]?.id);
      const filter = { organisation: OTHER.organisation };
      const job = String((await t.call('POST', '/v1/resends', { filter, pace: 1 })).body.id);
      const marks = [NAME, REFUSAL, `EXP-${notification}`, '00000000T', receiver.url];
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
        await page.goto(stage().at(path));
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
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
      await seen.page.getByText(REFUSAL).first().waitFor();
      await t.call('POST', `/v1/resends/${job}/cancel`);
      await receiver.close();
    });
  });
}
