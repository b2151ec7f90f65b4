import { describe, expect, it } from 'vitest';
import { ENTITY } from '../../support/changes.ts';
import { startPrefixProxy } from '../support/prefix-proxy.ts';
import type { Stage } from '../support/stage.ts';

export function shellJourneys(stage: () => Stage): void {
  describe('the frame', () => {
    it('shows each role the sections that it has a use for', async () => {
      const sections = async (visit: Parameters<Stage['visit']>[0]) => {
        const { page } = await stage().visit(visit);
        return page.getByRole('navigation').first().getByRole('link').allTextContents();
      };
      expect(await sections({ role: 'admin', language: 'en' })).toEqual([
        'Now',
        'Deliveries',
        'Entities',
        'Resends',
        'Keys',
        'Audit',
        'Settings',
        'Integration',
        'Sessions',
      ]);
      expect(await sections({ role: 'integrator', entities: [ENTITY] })).toEqual([
        'Ara',
        'Enviaments',
        'Entitats',
        'Integració',
        'Sessions',
      ]);
    });

    it('moves the focus to the heading of a page that comes, and says its title', async () => {
      const { page } = await stage().visit();
      await page.getByRole('link', { name: 'Entitats' }).click();
      await page.getByRole('heading', { level: 1, name: 'Entitats' }).waitFor();
      expect(await page.title()).toBe('Entitats · eNOTUM callbacks');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    });

    it('leads / to the search, and the skip link to the content', async () => {
      const { page } = await stage().visit();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
      await page.getByRole('button', { name: 'Ves al contingut' }).press('Enter');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    });

    it('keeps the language and the theme', async () => {
      const { page } = await stage().visit({ path: '/entities' });
      await page.getByLabel('Idioma').selectOption('es');
      await page.getByLabel('Tema').selectOption('dark');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Entidades' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');
    });

    it('works below a prefix that a proxy takes away, at any depth', async () => {
      const proxy = await startPrefixProxy(stage().t.url, '/a/prefix');
      const { page, faults } = await stage().visit({ role: null });
      const link = await stage().t.call('POST', '/v1/session/links');
      await page.goto(`${proxy.url}/${String(link.body.path)}`);
      await page.getByRole('link', { name: 'Entitats' }).click();
      await page.getByRole('heading', { level: 1, name: 'Entitats' }).waitFor();
      expect(page.url()).toBe(`${proxy.url}/entities`);
      await page.goto(`${proxy.url}/no-such/page`);
      await page.getByRole('link', { name: 'Auditoria' }).click();
      await page.getByRole('heading', { level: 1, name: 'Auditoria' }).waitFor();
      await page.getByRole('cell').first().waitFor();
      expect(page.url()).toBe(`${proxy.url}/audit`);
      expect(faults).toEqual([]);
      proxy.close();
    });

    it('says that an address is no page', async () => {
      const { page, faults } = await stage().visit({ path: '/no-such/page' });
      await page.getByRole('heading', { level: 1, name: 'No hi ha aquesta pàgina' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('says that the network is away', async () => {
      const { page } = await stage().visit({ context: {} });
      await page.context().setOffline(true);
      await page.getByText('Sense connexió').waitFor();
      await page.context().setOffline(false);
      await page.getByText('Sense connexió').waitFor({ state: 'detached' });
    });
  });
}
