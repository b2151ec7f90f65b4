import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { openStage } from '../support/stage.ts';
import { liveThroughMuch } from './rich-world.ts';

const WIDTHS = [360, 900, 1_440];
const SCHEMES = ['light', 'dark'] as const;
const HEIGHT = 900;
const MAX_HEIGHT = 3_000;

/** A page, or a state of one that is come to by hand. */
interface Look {
  readonly name: string;
  readonly path: string;
  readonly isStranger?: boolean;
  /** Requests that are answered by a fault. */
  readonly broken?: string;
  readonly act?: (page: Page) => Promise<void>;
}

it('takes every page at three widths in both themes', async () => {
  const folder = process.env.SCREENSHOTS_TO ?? '';
  await mkdir(folder, { recursive: true });
  const only = process.env.SCREENSHOTS_ONLY?.split(',');
  const chromium = await startChromium();
  if (chromium === null) throw new Error('the pictures cannot be taken: Chromium does not start here');
  const stage = await openStage(chromium);
  const world = await liveThroughMuch(stage.t);
  const locked = '/entities/9900000012/3';
  const guide = (step: string): string => `/entities/new?step=${step}&organisation=9900000012&department=3`;
  const press = (name: string | RegExp) => async (page: Page) =>
    page.getByRole('button', { name }).first().click();
  const tab = (name: string): Look => ({ name: `entity-${name}`, path: `${locked}?tab=${name}` });
  const looks: readonly Look[] = [
    { name: 'sign-in', path: '/', isStranger: true },
    { name: 'now', path: '/' },
    { name: 'now-test', path: '/', act: press(/^Prova: /) },
    { name: 'now-pause', path: '/', act: press(/^Posa en pausa: /) },
    { name: 'now-broken', path: '/', broken: '**/v1/now*' },
    { name: 'deliveries', path: '/deliveries' },
    {
      name: 'deliveries-chosen',
      path: '/deliveries?organisation=9900000011',
      act: async (page) => page.getByRole('checkbox').nth(1).check(),
    },
    { name: 'deliveries-none', path: '/deliveries?state=REBUTJADA&organisation=9900000014' },
    { name: 'deliveries-broken', path: '/deliveries', broken: '**/v1/deliveries?*' },
    { name: 'communications', path: '/communications' },
    { name: 'resends', path: '/resends' },
    { name: 'resend', path: `/resends/${world.job}` },
    {
      name: 'resend-new',
      path: '/deliveries?status=acknowledged&organisation=9900000001',
      act: press('Reenvia tot el filtre'),
    },
    {
      name: 'search',
      path: '/',
      act: async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('inventa');
        await page.getByRole('option').first().waitFor({ timeout: 5_000 });
      },
    },
    { name: 'notification', path: `/notifications/${world.notification}` },
    { name: 'delivery-acknowledged', path: `/deliveries/${world.acknowledged}` },
    { name: 'delivery-failing', path: `/deliveries/${world.failing}` },
    { name: 'delivery-exhausted', path: `/deliveries/${world.exhausted}` },
    { name: 'delivery-cancelled', path: `/deliveries/${world.cancelled}` },
    { name: 'entities', path: '/entities' },
    { name: 'entities-none', path: '/entities?q=zzz' },
    { name: 'entity', path: locked },
    ...['test', 'back-offices', 'retries', 'health', 'history'].map(tab),
    { name: 'entity-incomplete', path: '/entities/9900000014/2' },
    { name: 'entity-new', path: '/entities/new' },
    ...['address', 'access', 'test', 'on'].map((step) => ({ name: `guide-${step}`, path: guide(step) })),
    { name: 'keys', path: '/keys' },
    {
      name: 'keys-new',
      path: '/keys',
      act: async (page) => {
        await press('Clau nova')(page);
        await page.getByRole('radio', { name: 'Integrador' }).check();
        await page.getByLabel('Entitats que pot veure').fill('990');
        await page.getByRole('button', { name: /9900000012\/3/ }).click();
      },
    },
    { name: 'keys-sessions', path: '/keys?tab=sessions' },
    { name: 'sessions', path: '/sessions' },
    { name: 'audit', path: '/audit' },
    { name: 'settings', path: '/settings' },
    { name: 'integrators', path: '/integrators' },
    { name: 'integrators-answers', path: '/integrators/answers' },
    { name: 'not-found', path: '/res-de-res' },
  ];
  for (const look of looks) {
    if (only !== undefined && !only.includes(look.name)) continue;
    const { page } = await stage.visit(
      look.isStranger === true ? { role: null, path: look.path } : { path: '/components' },
    );
    try {
      if (look.broken !== undefined) {
        await page.route(look.broken, async (route) =>
          route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: '{"code":"unavailable","title":"x","detail":"The database does not answer now: try again.","status":503}',
          }),
        );
      }
      await page.setViewportSize({ width: 1_440, height: HEIGHT });
      await page.goto(stage.at(look.path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await look.act?.(page);
      await page.waitForTimeout(800);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: HEIGHT });
        const isDialog = (await page.getByRole('dialog').count()) > 0;
        const whole = await page.evaluate(() => document.documentElement.scrollHeight);
        if (!isDialog)
          await page.setViewportSize({ width, height: Math.min(MAX_HEIGHT, Math.max(HEIGHT, whole)) });
        for (const scheme of SCHEMES) {
          await page.emulateMedia({ colorScheme: scheme });
          const path = join(folder, `${look.name}-${width}-${scheme}.png`);
          await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
        }
      }
    } catch (error) {
      process.stderr.write(`${look.name}: ${String(error)}\n`);
    }
    // What was broken stays so.
    await stage.clear(true);
  }
  await world.close();
  await stage.close();
});
