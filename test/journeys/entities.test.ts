import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { loadEndpoints } from '../../src/store/endpoints.ts';
import { startApi, type ApiRequest, type TestApi } from '../support/api.ts';
import { createAuthority } from '../support/certificates.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { itemsOf } from '../support/answers.ts';

const PATH = '/v1/entities/9900000001/1';
const NAMES = { organisationName: 'Ajuntament Inventat', departmentName: 'Secretaria' };
const URL_A = 'https://backoffice.example/reports';
const URL_B = 'https://other.example:8443/reports';
const SEALER = new Sealer(Buffer.alloc(32, 7));

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

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [entityRoutes], { sealer: SEALER });
});

beforeEach(async () => {
  await database.db.query('truncate nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio');
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const put = async (body: unknown, headers: ApiRequest['headers'] = {}, path = PATH) =>
  api.request(path, { method: 'PUT', body, headers });
const get = async (path = PATH, headers: ApiRequest['headers'] = {}) => api.request(path, { headers });
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
    await api.request(PATH, { method: 'DELETE' });
    await put(FULL);
    expect(await etag()).not.toBe(before);
  });
});

const withAuthentication = (authentication: unknown) => ({
  ...NAMES,
  endpoint: { url: URL_A, authentication },
});
const basic = (password: unknown) => withAuthentication({ type: 'basic', username: 'usuari', password });

describe('a secret', () => {
  const PASSWORD = 'contrasenya inventada ñ';

  async function stored(): Promise<unknown> {
    const rows = await database.db.query<{ punt: string }>('select punt from nt30.aoc_nt_punts_recepcio');
    const [found] = await loadEndpoints(
      database.db,
      SEALER,
      rows.map(({ punt }) => punt),
    );
    return found?.endpoint.authentication;
  }

  it('goes in and never comes out', async () => {
    const answers = [await put(basic(PASSWORD)), await get(), await get('/v1/entities')];
    for (const { text } of answers) {
      expect(text).not.toContain(PASSWORD);
      expect(text).toContain('"password":{"set":true}');
    }
    const rows = await database.db.query(`select p::text, encode(p.secrets, 'escape') as s
      from nt30.aoc_nt_punts_recepcio p`);
    expect(JSON.stringify(rows)).not.toContain('contrasenya');
    expect(await stored()).toEqual({ type: 'basic', username: 'usuari', password: PASSWORD });
  });

  it('is kept by {"set":true} and cleared by null', async () => {
    await put(basic(PASSWORD));
    expect((await put(basic({ set: true }))).status).toBe(200);
    expect(await stored()).toMatchObject({ password: PASSWORD });
    expect((await put(basic(null))).body.missing).toEqual(['endpoint.authentication.password']);
    expect(await stored()).toMatchObject({ password: '' });
    expect((await get()).body).toMatchObject({ endpoint: { authentication: { password: null } } });
  });

  it.each([
    ['there is none', basic(null), basic({ set: true }), 'endpoint.authentication.password'],
    [
      'it is another’s',
      basic(PASSWORD),
      withAuthentication({ type: 'bearer', token: { set: true } }),
      'endpoint.authentication.token',
    ],
    [
      'it is the entity’s and not the back office’s',
      basic(PASSWORD),
      { ...basic(PASSWORD), backOffices: { GESTEXP: { endpoint: basic({ set: true }).endpoint } } },
      'backOffices.GESTEXP.endpoint.authentication.password',
    ],
  ])('cannot be kept where %s', async (_why, before, after, field) => {
    await put(before);
    const answer = await put(after);
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field }] } });
    expect(answer.text).not.toContain(PASSWORD);
  });

  it('cannot be kept at first, nor said not to be set', async () => {
    expect((await put(basic({ set: true }))).status).toBe(400);
    expect((await put(basic({ set: false }))).status).toBe(400);
  });

  it('does not open in another row: there it reads as not set, and lacks', async () => {
    await put({ ...basic(PASSWORD), backOffices: { X: { endpoint: { url: URL_B } } } });
    await database.db.query(`update nt30.aoc_nt_punts_recepcio set
      configuracio = (select configuracio from nt30.aoc_nt_punts_recepcio where backoffice = ''),
      secrets = (select secrets from nt30.aoc_nt_punts_recepcio where backoffice = '')
      where backoffice = 'X'`);
    expect(await get()).toMatchObject({
      status: 200,
      body: {
        missing: ['backOffices.X.endpoint.authentication.password'],
        endpoint: { authentication: { password: { set: true } } },
        backOffices: { X: { endpoint: { authentication: { password: null } } } },
      },
    });
  });
});

describe('TLS material', () => {
  const authority = createAuthority();
  const { certificate, key } = authority.issue(['client.example']);
  const withTls = (tls: unknown) => ({ ...NAMES, endpoint: { url: URL_A, tls } });

  it('is taken as PEM, chains and bundles too', async () => {
    const answer = await put(
      withTls({
        ca: `# invented\n${authority.certificate}${createAuthority().certificate}`,
        clientCertificate: certificate + authority.certificate,
        clientKey: key,
      }),
    );
    expect(answer).toMatchObject({
      status: 201,
      body: {
        endpoint: {
          tls: {
            clientKey: { set: true },
            clientCertificateInfo: { subject: 'CN=Servidor Inventat', issuer: 'CN=Autoritat Inventada' },
          },
        },
      },
    });
    expect(answer.text).not.toContain('PRIVATE');
  });

  it('may be incomplete: the other half is missing then', async () => {
    expect((await put(withTls({ clientCertificate: certificate }))).body.missing).toEqual([
      'endpoint.tls.clientKey',
    ]);
    expect((await put(withTls({ clientKey: key }))).body.missing).toEqual(['endpoint.tls.clientCertificate']);
  });

  it.each([
    ['a CA that is no PEM', { ca: 'nonsense' }, 'endpoint.tls.ca'],
    ['a CA that was cut off', { ca: authority.certificate.slice(0, 200) }, 'endpoint.tls.ca'],
    [
      'a CA that is garbage',
      { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' },
      'endpoint.tls.ca',
    ],
    ['a key as a CA', { ca: key }, 'endpoint.tls.ca'],
    ['a certificate as a key', { clientKey: certificate }, 'endpoint.tls.clientKey'],
    [
      'a key of another certificate',
      { clientCertificate: certificate, clientKey: authority.key },
      'endpoint.tls.clientKey',
    ],
    ['a key with a passphrase', { clientKey: encryptedKey() }, 'endpoint.tls.clientKey'],
  ])('is refused: %s', async (_what, tls, field) => {
    const answer = await put(withTls(tls));
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field }] } });
  });

  it('keeps a key only for its own certificate', async () => {
    await put(withTls({ clientCertificate: certificate, clientKey: key }));
    const other = authority.issue(['client.example']).certificate;
    expect((await put(withTls({ clientCertificate: other, clientKey: { set: true } }))).status).toBe(400);
    expect((await put(withTls({ clientCertificate: certificate, clientKey: { set: true } }))).status).toBe(
      200,
    );
  });
});

function encryptedKey(): string {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'inventada' },
  });
  return privateKey;
}

describe('a configuration that is refused', () => {
  const endpoint = (more: unknown) => ({ ...NAMES, endpoint: more });
  const url = (text: string) => endpoint({ url: text });

  it.each<[string, unknown, string]>([
    ['no names', {}, 'organisationName'],
    ['an empty name', { ...NAMES, organisationName: '' }, 'organisationName'],
    ['a name that XML cannot carry', { ...NAMES, departmentName: '\u0001' }, 'departmentName'],
    ['an unknown member', { ...NAMES, colour: 'red' }, 'colour'],
    ['an unknown member inside', endpoint({ url: URL_A, port: 1 }), 'endpoint.port'],
    ['another entity’s code', { ...NAMES, organisation: '9900000002' }, 'organisation'],
    ['a text for a truth', { ...NAMES, online: 'true' }, 'online'],
    ['no delays', { ...NAMES, retryDelays: [] }, 'retryDelays'],
    ['seven delays', { ...NAMES, retryDelays: Array.from({ length: 7 }, () => '1m') }, 'retryDelays'],
    ['a delay over 7 days', { ...NAMES, retryDelays: ['169h'] }, 'retryDelays'],
    ['a delay that is none', { ...NAMES, retryDelays: ['soon'] }, 'retryDelays'],
    ['another scheme', url('ftp://backoffice.example/'), 'endpoint.url'],
    ['a user in the URL', url('https://user@backoffice.example/'), 'endpoint.url'],
    ['a password in the URL', url('https://:secret@backoffice.example/'), 'endpoint.url'],
    ['a fragment', url('https://backoffice.example/#x'), 'endpoint.url'],
    ['white space in the URL', url('https://backoffice.example/a b'), 'endpoint.url'],
    ['no URL at all', url('backoffice'), 'endpoint.url'],
    ['an empty URL', url(''), 'endpoint.url'],
    ['a long URL', url(`https://backoffice.example/${'x'.repeat(2_048)}`), 'endpoint.url'],
    ['too little time', endpoint({ timeoutMs: 999 }), 'endpoint.timeoutMs'],
    ['too much time', endpoint({ timeoutMs: 120_001 }), 'endpoint.timeoutMs'],
    [
      'an unknown SOAP version',
      endpoint({ envelope: { soapVersion: '1.3' } }),
      'endpoint.envelope.soapVersion',
    ],
    [
      'a quote in the SOAPAction',
      endpoint({ envelope: { soapAction: 'a"b' } }),
      'endpoint.envelope.soapAction',
    ],
    [
      'unknown authentication',
      endpoint({ authentication: { type: 'digest' } }),
      'endpoint.authentication.type',
    ],
    [
      'a colon in the user',
      endpoint({ authentication: { type: 'basic', username: 'a:b' } }),
      'endpoint.authentication.username',
    ],
    [
      'a line feed in the token',
      endpoint({ authentication: { type: 'bearer', token: 'a\nb' } }),
      'endpoint.authentication.token',
    ],
    ['an empty back office code', { ...NAMES, backOffices: { '': { endpoint: {} } } }, 'backOffices'],
    ['a long one', { ...NAMES, backOffices: { ['x'.repeat(256)]: { endpoint: {} } } }, 'backOffices'],
    ['a back office without endpoint', { ...NAMES, backOffices: { A: {} } }, 'backOffices.A.endpoint'],
    [
      'too many back offices',
      {
        ...NAMES,
        backOffices: Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`B${n}`, { endpoint: {} }])),
      },
      'backOffices',
    ],
  ])('has %s', async (_what, body, field) => {
    const answer = await put(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(itemsOf(answer.body.fields)[0]?.field).toBe(field);
    expect((await get()).status).toBe(404);
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
