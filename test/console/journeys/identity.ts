import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/embedded/server-process.ts';
import { readOidc } from '../../../src/oidc-settings.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import { makeKey } from '../../support/keys.ts';
import { startTestService } from '../../support/service.ts';
import { expectSoundInAll } from '../support/checks.ts';
import { goTo } from '../support/going.ts';
import type { Stage } from '../support/stage.ts';

const BUTTON = 'Entra amb la identitat corporativa';

export function identityJourneys(stage: () => Stage): void {
  /** A service whose people come by a provider of identity. */
  async function withProvider() {
    const provider = await startIdentityProvider();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const env = new Map([
      ['OIDC_ISSUER', provider.issuer],
      ['OIDC_CLIENT_ID', provider.clientId],
      ['OIDC_CLIENT_SECRET', provider.clientSecret],
      ['PUBLIC_URL', publicUrl],
    ]);
    provider.register(`${publicUrl}/v1/session/oidc/callback`);
    const oidc = readOidc((name) => env.get(name) ?? null);
    const t = await startTestService({ beside: stage().t, roles: ['api'], settings: { port, oidc } });
    const close = async (): Promise<void> => {
      await t.stop();
      await provider.close();
    };
    return { provider, url: t.url, close };
  }

  describe('signing in by a provider of identity', () => {
    let opened: Awaited<ReturnType<typeof withProvider>> | null = null;
    const the = (): NonNullable<typeof opened> => {
      if (opened === null) throw new Error('there is no provider');
      return opened;
    };
    beforeAll(async () => {
      opened = await withProvider();
    });
    afterAll(async () => opened?.close());

    it('leads there and back, to the sections of the role that it gives', async () => {
      const { provider, url } = the();
      provider.claims = { sub: 'u-1', name: 'Persona Inventada', roles: ['auditor'] };
      const { page, faults } = await stage().visit({ role: null });
      await page.goto(`${url}/entities`);
      await page.getByRole('link', { name: BUTTON }).waitFor();
      await expectSoundInAll(page);
      await page.getByRole('link', { name: BUTTON }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Ara' }).waitFor();
      expect(page.url()).toBe(`${url}/`);
      const sections = page.getByRole('navigation').first();
      await sections.getByRole('link', { name: 'Auditoria' }).waitFor();
      expect(await sections.getByRole('link', { name: 'Claus' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Surt' }).click();
      await page.getByRole('link', { name: BUTTON }).waitFor();
      expect(faults).toEqual([]);
    });

    it('leads there again before access is taken, and back to the page', async () => {
      const { provider, url } = the();
      provider.claims = { sub: 'u-3', name: 'Administradora Inventada', roles: ['admin'] };
      await makeKey(stage().t.database.db, 'backend', { name: 'Per revocar' });
      const { page } = await stage().visit({ role: null });
      await page.goto(url);
      await page.getByRole('link', { name: BUTTON }).click();
      await page.getByRole('heading', { level: 1, name: 'Ara' }).waitFor();
      await goTo(page, `${url}/keys`);
      const revoke = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Revoca Per revocar' }).click();
        const dialog = page.getByRole('dialog', { name: /^Revocar/ });
        await dialog.getByRole('button', { name: 'Revoca', exact: true }).click();
      };
      // This provider does not say since when it knows them.
      await revoke();
      const asking = page.getByRole('dialog', { name: 'Torneu a entrar' });
      await asking.getByText('tornareu a aquesta pàgina').waitFor();
      await asking.getByRole('link', { name: BUTTON }).press('Enter');
      await page.getByRole('dialog').first().waitFor({ state: 'detached' });
      await revoke();
      await page.getByText('Clau revocada: Per revocar').waitFor();
      expect(page.url()).toBe(`${url}/keys`);
      // Whoever proved to be another there is told so, once.
      await page.goto(`${url}/keys?problem=other-holder`);
      await page.getByText('No és de qui té aquesta sessió').waitFor();
      expect(page.url()).toBe(`${url}/keys`);
    });

    it('says in words that somebody has no role here, and lets them try again', async () => {
      const { provider, url } = the();
      provider.claims = { sub: 'u-2', name: 'Jardinera Inventada', roles: ['gardener'] };
      const { page, faults } = await stage().visit({ role: null });
      await page.goto(url);
      await page.getByRole('link', { name: BUTTON }).click();
      await page.getByText('no us dona cap rol en aquest servei').waitFor();
      provider.claims = { sub: 'u-2', name: 'Jardinera Inventada', roles: ['operator'] };
      await page.getByRole('link', { name: BUTTON }).click();
      await page.getByRole('heading', { level: 1, name: 'Ara' }).waitFor();
      // The refusal is not left in the address, to be shown again after signing out.
      expect(page.url()).toBe(`${url}/`);
      expect(faults).toEqual([]);
    });
  });
}
