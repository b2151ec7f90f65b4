import type { BrowserContextOptions, Page } from 'playwright-core';
import type { KeyRole } from '../../../src/domain/key.ts';
import type { EntityKey } from '../../../src/domain/notification.ts';
import type { Language } from '../../../src/console/i18n/language.ts';
import { makeKey } from '../../support/keys.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import type { TestBrowser } from '../../support/chromium.ts';
import { hasCome } from './going.ts';
import { createPages, type Pages } from './pages.ts';

/** Who looks at the console, and how. */
interface Visit {
  /** Null: nobody is signed in. */
  readonly role?: KeyRole | null;
  readonly entities?: readonly EntityKey[];
  readonly language?: Language;
  readonly path?: string;
  /** Given for what changes its context for good, too, such as its clock: the context is then the visit’s own. */
  readonly context?: BrowserContextOptions;
}

/** A page of the console that shares nothing with another one, and what went wrong in it. */
interface Visited {
  readonly page: Page;
  /** The id of the key that is signed in; empty where none is. */
  readonly key: string;
  /** Errors in the browser’s console, exceptions, and violations of the content security policy. */
  readonly faults: string[];
}

/** One service and one browser for all tests of the console. */
export interface Stage {
  readonly t: TestService;
  /** Opens a page, signed in, until the stage is cleared. */
  visit(visit?: Visit): Promise<Visited>;
  /** The address of a path of the console. */
  at(path: string): string;
  /** Ends the pages of a test. */
  readonly clear: Pages['clear'];
  close(): Promise<void>;
}

/** Sets the stage. */
export async function openStage(chromium: TestBrowser): Promise<Stage> {
  const { browser } = chromium;
  const t = await startTestService();
  const at = (path: string): string => t.url + path;
  const pages = createPages(browser, at('/'));

  async function visit(wanted: Visit = {}): Promise<Visited> {
    const { role = 'admin', entities = [], language = 'ca', path = '/', context } = wanted;
    const page = await pages.open(language, context);
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    if (role === null) {
      await page.goto(at(path));
      return { page, key: '', faults };
    }
    const { id, text } = await makeKey(t.database.db, role, { entities });
    await page
      .context()
      .addCookies([{ ...(await sessionOf(at('/v1/session'), text)), url: t.url, sameSite: 'Strict' }]);
    await page.goto(at(path));
    await hasCome(page);
    return { page, key: id, faults };
  }

  return {
    t,
    visit,
    at,
    clear: async (isSpoilt) => pages.clear(isSpoilt),
    async close() {
      await pages.clear(true);
      await chromium.close();
      await t.close();
    },
  };
}

/** Begins a session of the key, as the sign-in page does; the page is then loaded once, where it is looked at. */
async function sessionOf(url: string, key: string): Promise<{ name: string; value: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'enotum-console': '1' },
    body: JSON.stringify({ key }),
  });
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? '') ?? [];
  if (name === undefined || value === undefined) throw new Error(`no session began: ${response.status}`);
  return { name, value };
}
