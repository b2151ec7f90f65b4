import { readdir } from 'node:fs/promises';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { LANGUAGES, type Language } from '../../../src/console/i18n/language.ts';

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1_280, height: 800 };
const TEXTS = new URL('../../../src/console/texts/', import.meta.url);

/** What axe finds against WCAG 2.2 A and AA, in both themes: rule, element. */
export async function axeFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(axe.source);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const found: unknown = await page.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
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
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewportSize(WIDE);
  return excess;
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

/** Holds a page to what every page must be; it is left in its language. */
export async function expectSound(page: Page, language: Language): Promise<void> {
  await expectTold(page, language);
  expect(await axeFaults(page)).toEqual([]);
}

/** The part of it that hangs on the language: its texts, and the room that they take. */
async function expectTold(page: Page, language: Language): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  expect(await untranslated(page, language)).toEqual([]);
  expect(await overflowAt360(page)).toBeLessThanOrEqual(0);
}

/** Holds a page to what every page must be, in each language one after the other; it is left in Catalan. */
export async function expectSoundInAll(page: Page): Promise<void> {
  const choice = page.locator('.header-choices select').first();
  for (const language of LANGUAGES.toReversed()) {
    await choice.selectOption(language);
    await expectTold(page, language);
  }
  expect(await axeFaults(page)).toEqual([]);
}

type Text = Readonly<Record<Language, string>>;

async function allTexts(): Promise<Text[]> {
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
