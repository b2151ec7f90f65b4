import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Sent } from './console-calls.ts';
import { median } from './figures.ts';
import { entity } from './parts/changes.ts';
import type { Subject } from './stage.ts';

/** How often each page is gone to, by a browser that has nothing and by one that was there. */
const VISITS = 5;
/** After so long a page counts as not coming at all, in milliseconds. */
const PATIENCE_MS = 20_000;

/** A page, and what it is there for. */
interface ConsolePage {
  readonly page: string;
  readonly path: string;
  /** What shows its data. */
  readonly data: string;
  /** What is done first on it. */
  readonly control: string;
  /** What is then written into the search of the header: the time is that from there to the first hit. */
  readonly sought?: string;
}

/** How long a page takes to be interactive, in milliseconds: medians. */
export interface PageTimes {
  readonly page: string;
  /** In a browser with an empty cache. */
  readonly coldMs: number;
  /** In one that was there before. */
  readonly warmMs: number;
  /** The longest of all. */
  readonly mostMs: number;
}

const ROW = '.main tbody tr';
const FIELD = '.main .filter-fields select';
const TAB = '.main .tabs a';

function pagesOf({ delivery, notification }: Sent): ConsolePage[] {
  const { organisation, department } = entity(0);
  const troubled = entity(6);
  const one = `/entities/${organisation}/${department}`;
  return [
    { page: 'now', path: '/', data: '.main .chart-plot', control: '.main .segment input' },
    { page: 'deliveries', path: '/deliveries', data: ROW, control: FIELD },
    { page: 'deliveries, exhausted', path: '/deliveries?status=exhausted', data: ROW, control: FIELD },
    {
      page: 'deliveries, of one entity',
      path: `/deliveries?organisation=${organisation}&department=${department}`,
      data: ROW,
      control: FIELD,
    },
    { page: 'communications', path: '/communications', data: ROW, control: FIELD },
    {
      page: 'communications, of exhausted ones',
      path: '/communications?status=exhausted',
      data: ROW,
      control: FIELD,
    },
    { page: 'delivery', path: `/deliveries/${delivery}`, data: '.main .moments', control: '.main .button' },
    {
      page: 'notification',
      path: `/notifications/${notification}`,
      data: '.main .lead-sentence',
      control: '.main .button',
    },
    { page: 'entities', path: '/entities', data: ROW, control: '.main .filters input' },
    {
      page: 'entities, sought',
      path: '/entities?q=inventada%2042',
      data: ROW,
      control: '.main .filters input',
    },
    { page: 'entity', path: one, data: '.main form.form input', control: TAB },
    {
      page: 'entity, health of one that fails',
      path: `/entities/${troubled.organisation}/${troubled.department}?tab=health`,
      data: '.main .day-chart',
      control: TAB,
    },
    { page: 'entity, history', path: `${one}?tab=history`, data: '.main .timeline', control: TAB },
    { page: 'entity, new', path: '/entities/new', data: '.main input', control: '.main input' },
    { page: 'resends', path: '/resends', data: ROW, control: '.main .button' },
    { page: 'keys', path: '/keys', data: ROW, control: '.main .button' },
    { page: 'audit', path: '/audit', data: ROW, control: '.main .filters select' },
    { page: 'settings', path: '/settings', data: ROW, control: '.main .filters input' },
    ...['900000000120', 'EXP-2026/120', 'ajuntament vila'].map((sought) => ({
      page: `search: ${sought}`,
      path: '/settings',
      data: ROW,
      control: '.header [role="combobox"]',
      sought,
    })),
  ];
}

/*
 * Interactive: the heading and the data are shown, nothing stands in the place of what is still read, the main control
 * takes the focus, and the frame of all that was drawn. Looked at before each frame; in milliseconds since the
 * navigation began, by the browser's own clock.
 */
const interactive = ({ data, control }: ConsolePage): string => `new Promise((resolve, reject) => {
  const seen = (selector) => document.querySelector(selector)?.checkVisibility() === true;
  const look = () => {
    const control = document.querySelector(${JSON.stringify(control)});
    const isThere = seen('h1') && seen(${JSON.stringify(data)}) && control !== null && !control.disabled &&
      document.querySelector('.main .skeleton, .main [aria-busy="true"]') === null;
    if (isThere) {
      control.focus();
      if (document.activeElement === control) {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        return;
      }
    }
    if (performance.now() > ${PATIENCE_MS}) reject(new Error('not interactive: ' + document.querySelector('main')?.innerText.slice(0, 300)));
    else requestAnimationFrame(look);
  };
  look();
})`;

// Its own pause of 150 ms is in it.
const firstHit = (sought: string): string => `new Promise((resolve, reject) => {
  const field = document.querySelector('.header [role="combobox"]');
  const begun = performance.now();
  field.value = ${JSON.stringify(sought)};
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const look = () => {
    if (document.querySelector('.header [role="option"]')?.checkVisibility() === true) {
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    } else if (performance.now() - begun > ${PATIENCE_MS}) reject(new Error('nothing was found'));
    else requestAnimationFrame(look);
  };
  look();
})`;

const Link = Type.Object({ path: Type.String() });

/** Goes to every page of the console, cold and warm. */
export async function timePages(browser: Browser, subject: Subject, sent: Sent): Promise<PageTimes[]> {
  const first = await browser.newContext();
  const { path: link } = Value.Parse(Link, await subject.call('POST', '/v1/session/links'));
  const entrance = await first.newPage();
  await entrance.goto(`${subject.url}/${link}`);
  await entrance.locator('.shell').waitFor();
  const storageState = await first.storageState();
  await first.close();
  const times: PageTimes[] = [];
  for (const each of pagesOf(sent)) {
    const cold: number[] = [];
    const warm: number[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const context = await browser.newContext({ storageState });
      cold.push(await timePage(context, subject.url, each));
      warm.push(await timePage(context, subject.url, each));
      await context.close();
    }
    times.push({
      page: each.page,
      coldMs: Math.round(median(cold)),
      warmMs: Math.round(median(warm)),
      mostMs: Math.round(Math.max(...cold, ...warm)),
    });
  }
  return times;
}

async function timePage(context: BrowserContext, url: string, wanted: ConsolePage): Promise<number> {
  const page = await context.newPage();
  await page.goto(url + wanted.path, { waitUntil: 'commit' });
  const { sought } = wanted;
  const shown = await evaluated(page, interactive(wanted), wanted.page);
  const ms = sought === undefined ? shown : await evaluated(page, firstHit(sought), wanted.page);
  await page.close();
  return ms;
}

async function evaluated(page: Page, expression: string, name: string): Promise<number> {
  const value: unknown = await page.evaluate(expression);
  if (typeof value !== 'number') throw new Error(`${name}: no time was answered`);
  return value;
}
