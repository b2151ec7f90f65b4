import { describe, expect, it } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { entityApi, NAMES, PATH, URL_A, URL_B } from '../support/entity-api.ts';

const entities = entityApi();
const { put, get } = entities;

const FULL = {
  ...NAMES,
  online: true,
  daily: true,
  sendCancelled: false,
  retryDelays: ['1m', '90m'],
  endpoint: {
    url: URL_A,
    messageVersion: '4.0',
    timeoutMs: 5_000,
    policy: { type: 'none' },
    authentication: { type: 'none' },
    tls: {
      ca: null,
      clientCertificate: null,
      clientKey: null,
      caInfo: null,
      clientCertificateInfo: null,
      serverCertificateInfo: null,
    },
    envelope: { soapVersion: '1.2', wrapper: false, soapAction: '' },
  },
  backOffices: {},
};

const etag = async (): Promise<string> => (await get()).headers.get('etag') ?? '';

describe('an entity’s configuration', () => {
  it('is answered as it was put, with what it lacks and whether it is paused', async () => {
    const created = await put(FULL);
    const expected = {
      organisation: '9900000001',
      department: '1',
      ...FULL,
      paused: null,
      missing: [],
      suspended: [],
      warnings: [],
    };
    expect([created.status, created.body]).toEqual([201, expected]);
    const read = await get();
    expect([read.status, read.body]).toEqual([200, expected]);
    expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
  });

  it('has the documented defaults', async () => {
    await put({ ...NAMES, endpoint: { url: URL_A } });
    expect((await get()).body).toMatchObject({
      online: true,
      daily: false,
      sendCancelled: true,
      retryDelays: null,
      backOffices: {},
      endpoint: {
        messageVersion: '4.0',
        timeoutMs: 30_000,
        policy: { type: 'none' },
        authentication: { type: 'none' },
        tls: { ca: null, clientCertificate: null, clientKey: null },
        envelope: {
          soapVersion: '1.1',
          wrapper: true,
          soapAction: 'http://www.openuri.org/clientRequestwithReturn',
        },
      },
    });
  });

  it('tells that a message version is being retired, wherever it is used', async () => {
    const old = { url: URL_A, messageVersion: '3.2' };
    const put32 = await put({ ...NAMES, endpoint: old, backOffices: { A: { endpoint: old } } });
    expect(put32).toMatchObject({ status: 201, body: { missing: [], endpoint: { messageVersion: '3.2' } } });
    const { body } = await get();
    // The end of 15 December in Europe/Madrid.
    const retired = { code: 'message-version-retired', expiresAt: '2026-12-15T23:00:00.000Z' };
    expect(body.warnings).toEqual([
      { ...retired, what: 'endpoint.messageVersion' },
      { ...retired, what: 'backOffices.A.endpoint.messageVersion' },
    ]);
    expect((await put(body)).body).toMatchObject({ endpoint: { messageVersion: '3.2' } });
    expect((await put({ ...NAMES, endpoint: { url: URL_A } })).body).toMatchObject({ warnings: [] });
  });

  it('is replaced wholly: what is left out has its default again', async () => {
    await put(FULL);
    const replaced = await put({ ...NAMES, departmentName: 'Intervenció' });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({
      departmentName: 'Intervenció',
      sendCancelled: true,
      retryDelays: null,
      endpoint: { url: null },
      missing: ['endpoint.url'],
    });
  });

  it('may be put again as it was read', async () => {
    await put({
      ...FULL,
      endpoint: { ...FULL.endpoint, authentication: { type: 'bearer', token: 'secret-token' } },
    });
    const read = await get();
    const again = await put(read.body, { 'if-match': read.headers.get('etag') ?? '' });
    expect([again.status, again.body]).toEqual([200, read.body]);
  });

  it('says by path what is missing', async () => {
    const answer = await put({
      ...NAMES,
      endpoint: { url: URL_A, authentication: { type: 'basic' } },
      backOffices: { GESTEXP: { endpoint: { authentication: { type: 'bearer', token: null } } } },
    });
    expect(answer.body.missing).toEqual([
      'endpoint.authentication.username',
      'endpoint.authentication.password',
      'backOffices.GESTEXP.endpoint.url',
      'backOffices.GESTEXP.endpoint.authentication.token',
    ]);
  });

  it.each(['__proto__', 'constructor', 'a/b c', 'línia 1\nlínia 2', '😀'.repeat(255)])(
    'takes the back office code %j',
    async (code) => {
      const body = { ...NAMES, backOffices: Object.fromEntries([[code, { endpoint: { url: URL_B } }]]) };
      expect((await put(body)).status).toBe(201);
      const read = await get();
      expect(Object.keys(Object(read.body.backOffices))).toEqual([code]);
      expect((await put(read.body)).body).toEqual(read.body);
    },
  );

  it('has codes that are percent-encoded in the path', async () => {
    const path = `/v1/entities/${encodeURIComponent('A/9 ç')}/${encodeURIComponent('1?')}`;
    expect((await put(FULL, {}, path)).body).toMatchObject({ organisation: 'A/9 ç', department: '1?' });
    expect((await get(path)).status).toBe(200);
  });

  it('is not there until it is put', async () => {
    expect(await get()).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('is created by one of two requests that come together', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(async () => put(FULL)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  });
});

describe('a version', () => {
  it('is required by If-Match', async () => {
    await put(FULL);
    const first = await etag();
    expect((await put(FULL, { 'if-match': first })).status).toBe(200);
    const stale = await put({ ...FULL, online: false }, { 'if-match': first });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    expect((await get()).body.online).toBe(true);
    expect((await put(FULL, { 'if-match': `"x", ${await etag()}` })).status).toBe(200);
    expect((await put(FULL, { 'if-match': `W/${await etag()}` })).status).toBe(412);
    expect((await put(FULL, { 'if-match': '*' })).status).toBe(200);
  });

  it('cannot match where there is nothing', async () => {
    expect((await put(FULL, { 'if-match': '*' })).status).toBe(412);
    expect((await get()).status).toBe(404);
  });

  it('is kept from being overwritten by If-None-Match', async () => {
    expect((await put(FULL, { 'if-none-match': '*' })).status).toBe(201);
    expect((await put(FULL, { 'if-none-match': '*' })).status).toBe(412);
  });

  it('is not sent again to who has it', async () => {
    await put(FULL);
    const answer = await get(PATH, { 'if-none-match': await etag() });
    expect([answer.status, answer.text]).toEqual([304, '']);
    expect((await get(PATH, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is another one after deletion and creation', async () => {
    await put(FULL);
    const before = await etag();
    await entities.api.request(PATH, { method: 'DELETE' });
    await put(FULL);
    expect(await etag()).not.toBe(before);
  });
});

describe('the list', () => {
  it('is newest first and paged', async () => {
    for (const department of ['1', '2', '3', '4', '5']) {
      await put(
        { ...NAMES, endpoint: { url: URL_A }, backOffices: { A: { endpoint: { url: URL_B } } } },
        {},
        `/v1/entities/9900000001/${department}`,
      );
    }
    const seen: unknown[] = [];
    let next: string | null = '';
    for (let page = 0; next !== null; page += 1) {
      const { body } = await get(`/v1/entities?limit=2${next === '' ? '' : `&after=${next}`}`);
      seen.push(...itemsOf(body.items).map(({ department }) => department));
      next = typeof body.next === 'string' ? body.next : null;
      expect(page).toBeLessThan(3);
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
    expect((await get('/v1/entities?after=x')).status).toBe(400);
  });

  it('is of those that have a text in their codes, names or an address', async () => {
    await put({ ...NAMES, endpoint: { url: URL_A } });
    await put(
      {
        organisationName: 'Consell Inventat',
        departmentName: 'Àrea 100%',
        backOffices: { A: { endpoint: { url: URL_B } } },
      },
      {},
      '/v1/entities/9900000002/7',
    );
    const found = async (q: string) =>
      itemsOf((await get(`/v1/entities?q=${encodeURIComponent(q)}`)).body.items).map(
        ({ organisation, department }) => `${String(organisation)}/${String(department)}`,
      );
    expect(await found('AJUNTAMENT')).toEqual(['9900000001/1']);
    expect(await found('0002/7')).toEqual(['9900000002/7']);
    expect(await found('other.example')).toEqual(['9900000002/7']);
    expect(await found('99000')).toEqual(['9900000002/7', '9900000001/1']);
    // What means something in a pattern is a letter as others are.
    expect(await found('100%')).toEqual(['9900000002/7']);
    expect(await found('1__%')).toEqual([]);
    expect((await get('/v1/entities?q=')).status).toBe(400);
  });
});
