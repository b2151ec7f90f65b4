import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { LANGUAGES, type Language } from '../../../src/console/i18n/language.ts';

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1_280, height: 800 };
const TEXTS = new URL('../../../src/console/texts/', import.meta.url);

/** The small one: a page has to read it each time. */
const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Of axe’s rules those that a theme changes something for; everything else is the same element in either. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds against WCAG 2.2 A and AA, in both themes: rule, element. */
export async function axeFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const rules = scheme === 'light' ? {} : { runOnly: { type: 'rule', values: OF_COLOURS } };
    const options = JSON.stringify({ resultTypes: ['violations'], preload: false, ...rules });
    const found: unknown = await page.evaluate(
      `axe.run(document, ${options}).then(({ violations }) =>
         violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
    );
    if (!Array.isArray(found)) throw new Error('axe did not run');
    faults.push(...found.map((fault) => `${scheme}: ${String(fault)}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return faults;
}

/** By how many pixels the page is wider than a screen of 360. */
export async function overflowAt360(page: Page): Promise<number> {
  await page.setViewportSize(NARROW);
  const excess = await overflow(page);
  await page.setViewportSize(WIDE);
  return excess;
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Texts on the page that are another language’s, or that were not put together. */
export async function untranslated(page: Page, language: Language): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode() !== null) {
      const { parentElement: parent, textContent } = walker.currentNode;
      if (parent?.closest('code, noscript, [lang]:not(html)') === null)
        texts.push((textContent ?? '').trim());
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
      texts.push(element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? '');
    }
    return texts.filter((text) => text !== '');
  });
  const foreign = new Set<string>();
  const own = new Set<string>();
  for (const text of await allTexts()) {
    own.add(text[language]);
    for (const other of LANGUAGES) if (other !== language) foreign.add(text[other]);
  }
  return shown.filter((text) => (foreign.has(text) && !own.has(text)) || /\{\w+[,}]/.test(text));
}

/** Holds a part of a page, shown in Catalan, to what every page must be. */
export async function expectSound(page: Page): Promise<void> {
  await expectTold(page, 'ca');
  expect(await overflowAt360(page)).toBeLessThanOrEqual(0);
  expect(await axeFaults(page)).toEqual([]);
}

/**
 * Holds a page to what every page must be, in each language one after the other; it is left in Catalan. What axe finds
 * does not hang on the language, as each text has all of them: it looks once.
 *
 * @param said a text that the page shows in each language, such as one that the service itself words
 */
export async function expectSoundInAll(page: Page, said?: Readonly<Record<Language, string>>): Promise<void> {
  const choice = page.locator('.header-choices select').first();
  await page.setViewportSize(NARROW);
  for (const language of LANGUAGES.toReversed()) {
    await choice.selectOption(language);
    if (said !== undefined) await page.getByText(said[language]).filter({ visible: true }).first().waitFor();
    await expectTold(page, language);
    expect(await overflow(page), language).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(WIDE);
  expect(await axeFaults(page)).toEqual([]);
}

async function expectTold(page: Page, language: Language): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  expect(await untranslated(page, language)).toEqual([]);
}

type Text = Readonly<Record<Language, string>>;

let texts: Promise<Text[]> | null = null;

/** Every text of the console, read once. */
async function allTexts(): Promise<Text[]> {
  texts ??= readTexts();
  return texts;
}

async function readTexts(): Promise<Text[]> {
  const found: Text[] = [];
  for (const file of await readdir(TEXTS)) {
    const module: unknown = await import(new URL(file, TEXTS).href);
    for (const area of valuesOf(module)) found.push(...valuesOf(area).filter(isText));
  }
  if (found.length === 0) throw new Error('the texts were not found');
  return found;
}

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && LANGUAGES.every((language) => language in value);
}
