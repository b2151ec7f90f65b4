import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadEndpoints } from '../../src/store/endpoints.ts';
import { createAuthority } from '../support/certificates.ts';
import { itemsOf } from '../support/answers.ts';
import { entityApi, NAMES, SEALER, URL_A, URL_B } from '../support/entity-api.ts';

const entities = entityApi();
const { put, get } = entities;

const withAuthentication = (authentication: unknown) => ({
  ...NAMES,
  endpoint: { url: URL_A, authentication },
});
const basic = (password: unknown) => withAuthentication({ type: 'basic', username: 'usuari', password });

describe('a secret', () => {
  const PASSWORD = 'contrasenya inventada ñ';

  async function stored(): Promise<unknown> {
    const rows = await entities.database.db.query<{ punt: string }>(
      'select punt from nt30.aoc_nt_punts_recepcio',
    );
    const [found] = await loadEndpoints(
      entities.database.db,
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
    const rows = await entities.database.db.query(`select p::text, encode(p.secrets, 'escape') as s
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
    await entities.database.db.query(`update nt30.aoc_nt_punts_recepcio set
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
