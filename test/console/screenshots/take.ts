import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { shellTexts } from '../../../src/console/texts/shell.ts';
import { startChromium } from '../support/chromium.ts';
import { openStage } from '../support/stage.ts';
import { withPalette } from './palette.ts';
import { liveThroughDemo } from './world.ts';

const FOLDER = new URL('../../../docs/console/', import.meta.url);
const DOCUMENT = new URL('../../../docs/console.md', import.meta.url);

/** As wide as the documents show it; as high as the page is, up to what is looked at. */
const WIDE = { width: 1_120, height: 720 };
const NARROW = { width: 360, height: 720 };
const MAX_HEIGHT = 1_500;

/** What all of them may weigh, in bytes: they stay in the repository’s history. */
const MAX_TOTAL = 2_000_000;

/** A page that is shown. */
interface Shot {
  readonly name: string;
  readonly title: string;
  readonly path: string;
  /** Where dark, or narrow, says something that light does not. */
  readonly also?: 'dark' | 'narrow';
}

it('takes a picture of each page, and shows them in docs/console.md', async () => {
  const chromium = await startChromium();
  if (chromium === null) throw new Error('the pictures cannot be taken: Chromium does not start here');
  const stage = await openStage(chromium);
  const world = await liveThroughDemo(stage.t);
  const shots: readonly Shot[] = [
    { name: 'now', title: 'Now', path: '/', also: 'dark' },
    { name: 'deliveries', title: 'Deliveries', path: '/deliveries' },
    { name: 'communications', title: 'Communications', path: '/communications' },
    { name: 'delivery', title: 'One delivery', path: `/deliveries/${world.retried}`, also: 'dark' },
    {
      name: 'notification',
      title: 'One notification',
      path: `/notifications/${world.failingNotification}`,
      also: 'narrow',
    },
    { name: 'resends', title: 'Resends', path: '/resends' },
    { name: 'entities', title: 'Entities', path: '/entities' },
    { name: 'entity', title: 'One entity', path: '/entities/9900000003/1', also: 'dark' },
    { name: 'keys', title: 'Keys', path: '/keys' },
    { name: 'audit', title: 'Audit', path: '/audit' },
    { name: 'settings', title: 'Settings', path: '/settings' },
  ];
  const { page } = await stage.visit();
  await mkdir(FOLDER, { recursive: true });
  for (const file of await readdir(FOLDER)) {
    if (file.endsWith('.png')) await rm(new URL(file, FOLDER));
  }
  const taken: Shot[] = [];
  let total = 0;
  for (const shot of shots) {
    await page.setViewportSize(WIDE);
    await page.goto(stage.at(shot.path));
    if (!(await isMade(page))) {
      process.stderr.write(`${shot.path} has no page yet: no picture of it\n`);
      continue;
    }
    taken.push(shot);
    total += await take(page, shot.name, WIDE.width);
    if (shot.also === 'dark') {
      await page.emulateMedia({ colorScheme: 'dark' });
      total += await take(page, `${shot.name}-dark`, WIDE.width);
      await page.emulateMedia({ colorScheme: 'light' });
    } else if (shot.also === 'narrow') total += await take(page, `${shot.name}-narrow`, NARROW.width);
  }
  await showIn(taken);
  await world.close();
  await stage.close();
  expect(total).toBeLessThan(MAX_TOTAL);
});

/** Whether there is a page at all; it is ready when nothing of it is being read. */
async function isMade(page: Page): Promise<boolean> {
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  return (await heading.textContent()) !== shellTexts.notFound.ca;
}

/** Takes a picture, and answers its bytes. */
async function take(page: Page, name: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: WIDE.height });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(MAX_HEIGHT, Math.max(WIDE.height, whole)) });
  const picture = withPalette(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  await writeFile(new URL(`${name}.png`, FOLDER), picture);
  return picture.length;
}

/** Writes the pictures into the document, between its two marks. */
async function showIn(shots: readonly Shot[]): Promise<void> {
  const [begin, end] = ['<!-- screenshots -->', '<!-- /screenshots -->'];
  const text = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error('docs/console.md has no place for the pictures');
  const lines = shots.flatMap(({ name, title, also }) => [
    `![${title}](console/${name}.png)`,
    ...(also === undefined ? [] : [`![${title}, ${also}](console/${name}-${also}.png)`]),
  ]);
  const shown = `${text.slice(0, from + begin.length)}\n\n${lines.join('\n\n')}\n\n${text.slice(to)}`;
  await writeFile(DOCUMENT, shown);
}
