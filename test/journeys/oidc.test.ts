import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readOidc } from '../../src/oidc-settings.ts';
import { freePort } from '../../src/embedded/server-process.ts';
import { itemsOf, members } from '../support/answers.ts';
import { API_KEY, startApi, type TestApi } from '../support/api.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { startIdentityProvider, TWO_FACTORS, type IdentityProvider } from '../support/identity-provider.ts';

let database: TestDatabase;
let provider: IdentityProvider;
let api: TestApi;

/** A browser as far as sign-in needs one: it keeps cookies by host and port, and follows by itself. */
class Browser {
  readonly #cookies = new Map<string, string>();
  /** Every address that it went to. */
  readonly visited: URL[] = [];

  /** Goes where it is led, and stops before an address that `isLast` names; answers that address, or the last. */
  async go(address: string, isLast: (url: URL) => boolean = () => false): Promise<URL> {
    let url = new URL(address);
    for (let steps = 0; steps < 12; steps += 1) {
      if (isLast(url)) return url;
      this.visited.push(url);
      const response = await this.get(url);
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (location === null) return url;
      url = new URL(location, url);
    }
    throw new Error('led from one address to the next without end');
  }

  async get(url: URL): Promise<Response> {
    const mine = [...this.#cookies].filter(([name]) => name.startsWith(`${url.host} `));
    const cookie = mine.map(([name, value]) => `${name.slice(url.host.length + 1)}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(`${url.host} ${name}`);
      else this.#cookies.set(`${url.host} ${name}`, value);
    }
    return response;
  }

  /** Forgets the cookies of an origin. */
  forget(origin: string): void {
    const { host } = new URL(origin);
    for (const name of this.#cookies.keys()) if (name.startsWith(`${host} `)) this.#cookies.delete(name);
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies].find(([key]) => key.endsWith(` ${name}`))?.[1];
  }

  async session(): Promise<unknown> {
    const answer = await this.get(new URL('/v1/session', api.url));
    const body: unknown = await answer.json();
    return members(body)['session'];
  }
}

beforeAll(async () => {
  [database, provider] = await Promise.all([createDatabase(), startIdentityProvider()]);
  api = await startWith({});
});

/** An API of the provider's, with further settings; the provider leads back to the one that was started last. */
async function startWith(more: Readonly<Record<string, string>>): Promise<TestApi> {
  const port = await freePort();
  const env: Readonly<Record<string, string>> = {
    ...more,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
  provider.register(`http://127.0.0.1:${port}/v1/session/oidc/callback`);
  return startApi(database.db, [], { oidc: readOidc((name) => env[name] ?? null) }, port);
}

beforeEach(() => {
  provider.authentication = {};
  provider.claims = { sub: 'u-1', name: 'Persona Inventada', roles: ['operator'] };
});

afterAll(async () => {
  await api.close();
  await provider.close();
  await database.drop();
});

const START = '/v1/session/oidc';

function isProvider(url: URL): boolean {
  return url.origin === provider.issuer;
}

describe('sign-in by a provider of identity', () => {
  it('begins a session with the role that the provider gives', async () => {
    const browser = new Browser();
    await browser.go(api.url + START);
    expect(browser.visited.at(-1)?.search).toBe('');
    expect(await browser.session()).toMatchObject({
      name: 'Persona Inventada',
      role: 'operator',
      entities: null,
    });
    expect(browser.cookie('enotum-sign-in')).toBeUndefined();
  });

  it('has of an integrator its own entities alone', async () => {
    provider.claims = { sub: 'u-2', roles: ['integrator'], entities: ['8000000001/1'] };
    const browser = new Browser();
    await browser.go(api.url + START);
    expect(await browser.session()).toMatchObject({
      name: 'u-2',
      role: 'integrator',
      entities: [{ organisation: '8000000001', department: '1' }],
    });
  });

  it('lets in nobody whom the provider gives no role', async () => {
    provider.claims = { sub: 'u-3', roles: ['gardener'] };
    const browser = new Browser();
    await browser.go(api.url + START);
    expect(browser.visited.at(-1)?.search).toBe('?problem=no-role');
    expect(await browser.session()).toBeNull();
  });

  it('takes no code that another browser began for', async () => {
    const victim = new Browser();
    const attacker = new Browser();
    // The attacker stops before the code is used, and gives the victim the address.
    const callback = await attacker.go(api.url + START, ({ pathname }) => pathname.endsWith('/callback'));
    expect(callback.searchParams.has('code')).toBe(true);

    await victim.go(callback.href);
    expect(victim.visited.at(-1)?.search).toBe('?problem=sign-in-failed');
    expect(await victim.session()).toBeNull();

    await victim.go(api.url + START, isProvider);
    await victim.go(callback.href);
    expect(await victim.session()).toBeNull();
  });

  it('takes a code once', async () => {
    const browser = new Browser();
    await browser.go(api.url + START);
    const callback = browser.visited.find(({ pathname }) => pathname.endsWith('/callback'));
    if (callback === undefined) throw new Error('the provider led back nowhere');
    const again = new Browser();
    await again.go(callback.href);
    expect(await again.session()).toBeNull();
  });

  it('says that somebody refused at the provider', async () => {
    const browser = new Browser();
    const state = (await browser.go(api.url + START, isProvider)).searchParams.get('state');
    await browser.go(`${api.url}/v1/session/oidc/callback?error=access_denied&state=${state}`);
    expect(browser.visited.at(-1)?.search).toBe('?problem=sign-in-failed');
  });
});

describe('signing in again by a provider of identity', () => {
  const AGAIN = `${START}?again=${encodeURIComponent('keys?tab=sessions')}`;
  const ownHeaders = (browser: Browser) => ({
    authorization: '',
    'enotum-console': '1',
    cookie: `enotum-session=${browser.cookie('enotum-session')}`,
  });
  /** Whether the session may end others’: there are none of that holder. */
  const endsOthers = async (browser: Browser) => {
    const headers = ownHeaders(browser);
    const path = '/v1/sessions?holder=4f1b6a52-7c1a-8000-8000-00000000000f';
    const { body } = await api.request(path, { method: 'DELETE', headers });
    return body['code'] ?? body;
  };
  const openOf = async (name: string) =>
    itemsOf((await api.request('/v1/sessions')).body['items']).filter((each) => each['name'] === name);

  it('asks for the factors, whoever the provider knows, and goes on at the page', async () => {
    provider.claims = { sub: 'u-10', name: 'Persona Que Torna', roles: ['operator'] };
    const browser = new Browser();
    await browser.go(api.url + START);
    // The provider does not say since when it knows them.
    expect(await endsOthers(browser)).toBe('sign-in-again');
    const there = await browser.go(api.url + AGAIN, isProvider);
    expect(there.searchParams.get('prompt')).toBe('login');
    expect(there.searchParams.get('max_age')).toBe('0');
    const back = await browser.go(api.url + AGAIN);
    expect(back.href).toBe(`${api.url}/keys?tab=sessions`);
    expect(await endsOthers(browser)).toEqual({ ended: 0 });
    // The session of before has ended.
    expect(await openOf('Persona Que Torna')).toHaveLength(1);
  });

  it('makes no links, which are keys’', async () => {
    const browser = new Browser();
    await browser.go(api.url + START);
    await browser.go(api.url + AGAIN);
    const headers = ownHeaders(browser);
    const { status, body } = await api.request('/v1/session/links', { method: 'POST', headers });
    expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'forbidden' });
  });

  it('is of no use as another person: the session stays whose it was', async () => {
    provider.claims = { sub: 'u-11', name: 'Persona Primera', roles: ['operator'] };
    const browser = new Browser();
    await browser.go(api.url + START);
    browser.forget(provider.issuer);
    provider.claims = { sub: 'u-12', name: 'Persona Segona', roles: ['admin'] };
    const back = await browser.go(api.url + AGAIN);
    expect(back.href).toBe(`${api.url}/keys?tab=sessions&problem=other-holder`);
    expect(await browser.session()).toMatchObject({ name: 'Persona Primera', role: 'operator' });
    expect(await endsOthers(browser)).toBe('sign-in-again');
    expect(await openOf('Persona Segona')).toEqual([]);
  });

  it('is refused where the provider says that it asked for nothing', async () => {
    provider.claims = { sub: 'u-13', name: 'Persona Vella', roles: ['operator'] };
    const browser = new Browser();
    await browser.go(api.url + START);
    provider.authentication = { ts: Math.floor(Date.now() / 1_000) - 3_600 };
    const back = await browser.go(api.url + AGAIN);
    expect(back.search).toBe('?tab=sessions&problem=sign-in-failed');
    expect(await endsOthers(browser)).toBe('sign-in-again');
    expect(api.log.at(-2)).toContain('"code":"sign-in-failed"');
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    String.raw`\\elsewhere.example`,
    'javascript:x',
  ])('goes on at the console where the page is %s', async (page) => {
    const browser = new Browser();
    await browser.go(api.url + START);
    const back = await browser.go(`${api.url}${START}?again=${encodeURIComponent(page)}`);
    expect(back.href).toBe(`${api.url}/`);
  });

  it('is coming in where there is no session', async () => {
    const there = await new Browser().go(api.url + AGAIN, isProvider);
    expect(there.searchParams.has('prompt')).toBe(false);
  });
});

describe('where a second factor is required', () => {
  let before: TestApi;

  beforeEach(() => {
    before = api;
  });

  afterEach(async () => {
    await api.close();
    api = before;
  });

  it.each([
    ['acr', { OIDC_REQUIRED_ACR: TWO_FACTORS }, { acr: TWO_FACTORS }, { acr: 'urn:example:password' }],
    ['amr', { OIDC_REQUIRED_AMR: 'mfa,hwk' }, { amr: ['pwd', 'mfa'] }, { amr: ['pwd'] }],
  ])('by its %s, nobody comes in without', async (_, settings, enough, tooLittle) => {
    api = await startWith(settings);
    for (const authentication of [{}, tooLittle]) {
      provider.authentication = authentication;
      const browser = new Browser();
      await browser.go(api.url + START);
      expect(browser.visited.at(-1)?.search).toBe('?problem=second-factor-required');
      expect(await browser.session()).toBeNull();
    }
    provider.authentication = enough;
    const browser = new Browser();
    await browser.go(api.url + START);
    expect(await browser.session()).toMatchObject({ role: 'operator' });
  });

  it('is asked for as acr', async () => {
    api = await startWith({ OIDC_REQUIRED_ACR: TWO_FACTORS });
    const there = await new Browser().go(api.url + START, isProvider);
    expect(there.searchParams.get('acr_values')).toBe(TWO_FACTORS);
  });

  it('opens no session by a key or a link, though the key works', async () => {
    api = await startWith({ OIDC_REQUIRED_AMR: 'mfa' });
    const link = await api.request('/v1/session/links', { method: 'POST' });
    expect(link.status).toBe(201);
    const code = String(members(link.body)['path']).replace('enter#', '');
    for (const body of [{ key: API_KEY }, { code }]) {
      const refused = await api.request('/v1/session', {
        method: 'POST',
        headers: { 'enotum-console': '1' },
        body,
      });
      expect(refused).toMatchObject({ status: 403, body: { code: 'second-factor-required' } });
      expect(refused.headers.getSetCookie()).toEqual([]);
    }
  });
});
