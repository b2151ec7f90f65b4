import { get as requestSecurely } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConsoleFiles, type ConsoleFiles } from '../../src/api/console/files.ts';
import { healthRoutes } from '../../src/api/routes/health.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createAuthority } from '../support/certificates.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

/** The most bytes, compressed, of what a first visit loads before it shows something. */
const FIRST_LOAD_BYTES = 150_000;
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const yes = () => Promise.resolve('ok' as const);

let database: TestDatabase;
let api: TestApi;
let files: ConsoleFiles;

beforeAll(async () => {
  const built = await readConsoleFiles(fileURLToPath(new URL('../../dist/console/', import.meta.url)));
  if (built === null) throw new Error('the console is not built: npm run build');
  files = built;
  database = await createDatabase();
  api = await startApi(database.db, [healthRoutes({ database: yes, queue: yes })], { console: files });
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(api.url + path, { method, headers, redirect: 'manual' });

/** What the page itself names, which a browser loads before anything shows. */
const firstLoad = (): string[] =>
  [...files.index.matchAll(/\.\/assets\/([^"]+)"/g)].map(([, name = '']) => name);

describe('the console’s page', () => {
  it('is at /, asked for again each time, under a policy that allows nothing inline and nothing from elsewhere', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|https?:\/\//);
  });

  it('is at every address that a browser goes to and no call has, relative to where it is', async () => {
    expect(await (await get('/', HTML)).text()).toContain('<base href="./" />');
    expect(await (await get('/entities', HTML)).text()).toContain('<base href="./" />');
    expect(await (await get('/entities/9900000001/1?a=b', HTML)).text()).toContain('<base href="../../" />');
    const head = await get('/entities', HTML, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is no answer to programs, nor below the paths of the API', async () => {
    for (const [path, headers] of [
      ['/no-such', {}],
      ['/v1/no-such', HTML],
      ['/health/no-such', HTML],
      ['/assets/no-such.js', HTML],
    ] as const) {
      const answer = await get(path, headers);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect((await get('/entities', HTML, 'POST')).status).toBe(404);
  });
});

describe('the console’s files', () => {
  it('are kept for ever by whoever has them, and compressed as they are asked for', async () => {
    const [script = ''] = firstLoad();
    const path = `/assets/${script}`;
    for (const [accept, coding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get(path, { 'accept-encoding': accept });
      expect(answer.headers.get('content-encoding')).toBe(coding);
      expect(answer.headers.get('vary')).toBe('accept-encoding');
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect((await answer.text()).length).toBe(files.assets.get(script)?.bytes.toString('utf8').length);
    }
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, {}, 'HEAD')).status).toBe(200);
    expect((await get('/icon.svg')).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('are small: what a first visit loads is under 150 kB', () => {
    const names = firstLoad();
    expect(names.length).toBeGreaterThan(1);
    const bytes = names.map((name) => files.assets.get(name)?.coded.gzip?.length ?? FIRST_LOAD_BYTES);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(FIRST_LOAD_BYTES);
  });
});

describe('over TLS of the service’s own', () => {
  it('the page tells browsers to come by HTTPS alone; over HTTP, and behind a proxy, it does not', async () => {
    const authority = createAuthority();
    const { certificate, key } = authority.issue(['127.0.0.1']);
    const secure = await startApi(database.db, [], { console: files, tls: { cert: certificate, key } });
    const header = await new Promise<unknown>((resolve, reject) => {
      requestSecurely(secure.url, { ca: authority.certificate, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.headers['strict-transport-security']);
      }).on('error', reject);
    });
    await secure.close();
    expect(header).toBe('max-age=31536000');
    for (const headers of [{}, { 'x-forwarded-proto': 'https' }]) {
      expect((await get('/', headers)).headers.get('strict-transport-security')).toBeNull();
    }
  });
});
