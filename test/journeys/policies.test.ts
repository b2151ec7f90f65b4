import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { describeCertificate } from '../../src/domain/certificate.ts';
import { loadEndpoints } from '../../src/store/endpoints.ts';
import { noteServiceCertificate } from '../../src/store/parameters.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { itemsOf, members } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createAuthority, keyPair, validNow } from '../support/certificates.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

const PATH = '/v1/entities/9900000001/1';
const NAMES = { organisationName: 'Ajuntament Inventat', departmentName: 'Secretaria' };
const SEALER = new Sealer(Buffer.alloc(32, 7));
const PASSWORD = 'contrasenya inventada <ñ>';

const authority = createAuthority();
const validity = { from: new Date('2026-01-02T03:04:05Z'), to: new Date('2029-01-02T03:04:05Z') };
const own = authority.issue(['segell.example'], validity);
const other = authority.issue(['segell.example'], validNow(), keyPair('RSA-2048'));
/** What a PEM text has of the key: no part of it may come out anywhere. */
const KEY_BODY = own.key.split('\n')[1] ?? '';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [entityRoutes], { sealer: SEALER });
});

beforeEach(async () => {
  await database.db.query('truncate nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio');
  await noteServiceCertificate(database.db, SEALER, null);
});

afterAll(async () => {
  await api.close();
  await database.drop();
});

const withPolicy = (policy: unknown) => ({
  ...NAMES,
  endpoint: { url: 'https://backoffice.example/reports', policy },
});
const put = async (policy: unknown) => api.request(PATH, { method: 'PUT', body: withPolicy(policy) });
const get = async () => api.request(PATH);

async function viewed(): Promise<unknown> {
  return members((await get()).body.endpoint).policy;
}

/** The policy as a worker gets it, secrets opened. */
async function stored(): Promise<unknown> {
  const rows = await database.db.query<{ punt: string }>('select punt from nt30.aoc_nt_punts_recepcio');
  const ids = rows.map(({ punt }) => punt);
  const [found] = await loadEndpoints(database.db, SEALER, ids);
  return found?.endpoint.policy;
}

async function everythingShown(): Promise<string> {
  const answers = [await get(), await api.request('/v1/entities')];
  const rows = await database.db.query(
    `select p::text, encode(p.secrets, 'escape') as s from nt30.aoc_nt_punts_recepcio p`,
  );
  return JSON.stringify([answers.map(({ text }) => text), rows, api.log]);
}

describe('the policy username-token', () => {
  const given = { type: 'username-token', username: 'usuari <inventat>', password: PASSWORD };

  it('has a password that goes in and never comes out', async () => {
    const answer = await put(given);
    expect(answer).toMatchObject({ status: 201, body: { missing: [] } });
    expect(members(answer.body.endpoint).policy).toEqual({
      ...given,
      password: { set: true },
      digest: true,
      mustUnderstand: true,
      timestampSeconds: null,
    });
    expect(await stored()).toMatchObject({ password: PASSWORD });
    expect(answer.text + (await everythingShown())).not.toContain('contrasenya');
  });

  it('keeps it by {"set":true}, clears it by null, and may be put again as it was read', async () => {
    await put({ ...given, digest: false, mustUnderstand: false, timestampSeconds: 60 });
    const read = await get();
    const again = await api.request(PATH, { method: 'PUT', body: read.body });
    expect([again.status, again.body]).toEqual([200, read.body]);
    expect(await stored()).toEqual({
      ...given,
      digest: false,
      mustUnderstand: false,
      timestampSeconds: 60,
    });
    expect((await put({ ...given, password: null })).body.missing).toEqual(['endpoint.policy.password']);
    expect(await viewed()).toMatchObject({ password: null });
  });

  it('lacks what is left out', async () => {
    expect((await put({ type: 'username-token' })).body.missing).toEqual([
      'endpoint.policy.username',
      'endpoint.policy.password',
    ]);
  });

  it('keeps no password of HTTP Basic, nor of another policy', async () => {
    const body = withPolicy({ type: 'none' });
    const authentication = { type: 'basic', username: 'usuari', password: PASSWORD };
    await api.request(PATH, {
      method: 'PUT',
      body: { ...body, endpoint: { ...body.endpoint, authentication } },
    });
    const answer = await put({ ...given, password: { set: true } });
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field: 'endpoint.policy.password' }] } });
  });

  it('stands beside HTTP Basic with a password of its own', async () => {
    const body = withPolicy(given);
    const authentication = { type: 'basic', username: 'usuari', password: 'una altra' };
    await api.request(PATH, {
      method: 'PUT',
      body: { ...body, endpoint: { ...body.endpoint, authentication } },
    });
    expect(await stored()).toMatchObject({ password: PASSWORD });
  });
});

describe('the policy signature', () => {
  const given = { type: 'signature', certificate: own.certificate, privateKey: own.key };
  const info = {
    subject: 'CN=Servidor Inventat',
    issuer: 'CN=Autoritat Inventada',
    fingerprint: describeCertificate(own.certificate)?.fingerprint,
    expiresAt: '2029-01-02T03:04:05.000Z',
  };

  it('has a key that goes in and never comes out, and tells of its certificate', async () => {
    const answer = await put(given);
    expect(answer).toMatchObject({ status: 201, body: { missing: [] } });
    expect(members(answer.body.endpoint).policy).toEqual({
      ...given,
      privateKey: { set: true },
      mustUnderstand: true,
      timestampSeconds: 300,
      certificateInfo: info,
    });
    expect(await stored()).toMatchObject({ privateKey: own.key });
    const shown = answer.text + (await everythingShown());
    expect(KEY_BODY.length).toBeGreaterThan(60);
    expect(shown).not.toContain(KEY_BODY);
    expect(shown).not.toContain('PRIVATE');
  });

  it('keeps its key by {"set":true}, for its own certificate alone', async () => {
    await put(given);
    const read = await get();
    const again = await api.request(PATH, { method: 'PUT', body: read.body });
    expect([again.status, again.body]).toEqual([200, read.body]);
    const changed = await put({ ...given, certificate: other.certificate, privateKey: { set: true } });
    expect(changed).toMatchObject({
      status: 400,
      body: { fields: [{ field: 'endpoint.policy.privateKey' }] },
    });
    expect(await viewed()).toEqual(members(read.body.endpoint).policy);
  });

  it('lacks what is left out, where the service has nothing of its own', async () => {
    expect((await put({ type: 'signature' })).body.missing).toEqual([
      'endpoint.policy.certificate',
      'endpoint.policy.privateKey',
    ]);
    expect((await put({ ...given, privateKey: null })).body.missing).toEqual(['endpoint.policy.privateKey']);
    expect((await put({ ...given, certificate: null })).body.missing).toEqual([
      'endpoint.policy.certificate',
    ]);
  });

  it('may leave both to the service, and tells of the service’s certificate then', async () => {
    const certificate = { certificate: own.certificate, expiresAt: info.expiresAt };
    await noteServiceCertificate(database.db, SEALER, certificate);
    expect((await put({ type: 'signature' })).body.missing).toEqual([]);
    expect(await viewed()).toMatchObject({
      certificate: null,
      privateKey: null,
      certificateInfo: { subject: info.subject, expiresAt: info.expiresAt },
    });
    const half = await put({ ...given, privateKey: null });
    expect(half.body.missing).toEqual(['endpoint.policy.privateKey']);
  });

  it('comes to lack them, and to lack nothing, as the service is started with or without its own', async () => {
    const certificate = { certificate: own.certificate, expiresAt: info.expiresAt };
    await put({ type: 'signature' });
    const without = await get();
    await noteServiceCertificate(database.db, SEALER, certificate);
    const having = await get();
    expect(having.body.missing).toEqual([]);
    expect(having.headers.get('etag')).not.toBe(without.headers.get('etag'));
    // The same start again changes nothing.
    await noteServiceCertificate(database.db, SEALER, certificate);
    expect((await get()).headers.get('etag')).toBe(having.headers.get('etag'));
    await noteServiceCertificate(database.db, SEALER, null);
    expect((await get()).body.missing).toEqual(without.body.missing);
  });

  it('says by SQL when certificates expire', async () => {
    const body = withPolicy(given);
    const tls = { clientCertificate: other.certificate, clientKey: other.key };
    await api.request(PATH, { method: 'PUT', body: { ...body, endpoint: { ...body.endpoint, tls } } });
    const rows = await database.db.query(
      'select signatura_caduca, client_caduca > now() as later from nt30.aoc_nt_punts_recepcio',
    );
    expect(rows).toEqual([{ signatura_caduca: new Date(info.expiresAt), later: true }]);
    await put({ type: 'none' });
    expect(
      await database.db.query('select signatura_caduca, client_caduca from nt30.aoc_nt_punts_recepcio'),
    ).toEqual([{ signatura_caduca: null, client_caduca: null }]);
  });
});

describe('a policy that is refused', () => {
  const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']): string =>
    key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const token = (more: unknown) => ({ type: 'username-token', ...Object(more) });
  const signature = (more: unknown) => ({ type: 'signature', ...Object(more) });

  it.each<[string, unknown, string]>([
    ['an unknown type', { type: 'saml' }, 'policy.type'],
    ['an unknown member', { type: 'none', colour: 'red' }, 'policy.colour'],
    ['a member of another policy', signature({ username: 'u' }), 'policy.username'],
    ['a name that XML cannot carry', token({ username: '\u0001' }), 'policy.username'],
    ['a long password', token({ password: 'x'.repeat(1_025) }), 'policy.password'],
    ['a text for a truth', token({ digest: 'true' }), 'policy.digest'],
    ['too short a life', signature({ timestampSeconds: 9 }), 'policy.timestampSeconds'],
    ['too long a life', token({ timestampSeconds: 86_401 }), 'policy.timestampSeconds'],
    ['a signature without Timestamp', signature({ timestampSeconds: null }), 'policy.timestampSeconds'],
    ['a certificate that is none', signature({ certificate: 'nonsense' }), 'policy.certificate'],
    ['a key that is none', signature({ privateKey: own.certificate }), 'policy.privateKey'],
    [
      'a key of another certificate',
      signature({ certificate: own.certificate, privateKey: other.key }),
      'policy.privateKey',
    ],
    [
      'a key too short',
      signature({ privateKey: pem(generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey) }),
      'policy.privateKey',
    ],
    [
      'a key of another kind',
      signature({ privateKey: pem(generateKeyPairSync('ed25519').privateKey) }),
      'policy.privateKey',
    ],
    ['a key to be kept that is not there', signature({ privateKey: { set: true } }), 'policy.privateKey'],
  ])('has %s', async (_what, policy, field) => {
    const answer = await put(policy);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(itemsOf(answer.body.fields)[0]?.field).toBe(`endpoint.${field}`);
    expect((await get()).status).toBe(404);
    expect(answer.text).not.toContain('PRIVATE');
  });
});
