import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { entityCheckRoutes } from '../../src/api/routes/entity-checks.ts';
import { createAddressCheck } from '../../src/delivery/probe/address-check.ts';
import { DEFAULT_ADDRESS_RULES } from '../../src/domain/address-rules.ts';
import { itemsOf } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createAuthority } from '../support/certificates.ts';
import { configuration, ENTITY } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { makeKey } from '../support/keys.ts';

const PATH = '/v1/entities/9900000001/1';
const RESERVED = '192.0.2.7';
const NAMES: Readonly<Record<string, string>> = {
  'backoffice.example': '93.184.215.14',
  'inside.example': '10.0.0.7',
};

/** Names of the test alone. */
const check = createAddressCheck(DEFAULT_ADDRESS_RULES, (hostname, resolved) => {
  const address = NAMES[hostname];
  if (address !== undefined) resolved(null, [{ address, family: 4 }]);
  else resolved(Object.assign(new Error('no such name'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), []);
});

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.db, [entityRoutes, entityCheckRoutes(check)]);
});
beforeEach(async () => {
  await database.db.query('truncate nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio');
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const ask = async (body: unknown, headers: Record<string, string> = {}) =>
  api.request(`${PATH}/check`, { method: 'POST', body, headers });
const addresses = async (url: string) =>
  itemsOf((await ask(configuration(url))).body.addresses).map(({ code, text }) => ({ code, text }));

describe('the check of a configuration', () => {
  it('answers what would be stored, and stores nothing', async () => {
    const answer = await ask(configuration('https://backoffice.example/r'));
    expect(answer).toMatchObject({
      status: 200,
      body: { addresses: [], entity: { missing: [], endpoint: { url: 'https://backoffice.example/r' } } },
    });
    expect((await api.request(PATH)).status).toBe(404);
  });

  it('says what a certificate says of itself, and what would be missing', async () => {
    const { certificate } = createAuthority('Autoritat Comprovada');
    const tls = { ca: certificate, clientCertificate: certificate };
    const { body } = await ask({ organisationName: 'A', departmentName: 'B', endpoint: { tls } });
    expect(body.entity).toMatchObject({
      missing: ['endpoint.url', 'endpoint.tls.clientKey'],
      endpoint: { tls: { caInfo: { subject: expect.stringContaining('Autoritat Comprovada') } } },
    });
  });

  it('keeps secrets that stay, and says of them only that they are set', async () => {
    const authentication = { type: 'bearer', token: 'secret-token' };
    await api.request(PATH, {
      method: 'PUT',
      body: configuration(null, { endpoint: { authentication } }),
    });
    const answer = await ask(
      configuration(null, { endpoint: { authentication: { ...authentication, token: { set: true } } } }),
    );
    expect(answer.body.entity).toMatchObject({ endpoint: { authentication: { token: { set: true } } } });
    expect(JSON.stringify(answer.body)).not.toContain('secret-token');
  });

  it('refuses what PUT refuses, in the same words', async () => {
    const body = configuration('ftp://backoffice.example');
    const put = await api.request(PATH, { method: 'PUT', body });
    const checked = await ask(body);
    expect([checked.status, checked.body.fields]).toEqual([400, put.body.fields]);
  });

  it('says of addresses why nothing can be sent there', async () => {
    expect(await addresses('https://nowhere.example/r')).toEqual([
      { code: 'dns', text: expect.stringContaining('could not be resolved') },
    ]);
    expect(await addresses('https://inside.example/r')).toEqual([
      { code: 'address-not-allowed', text: 'The host name stands for private or reserved addresses.' },
    ]);
    expect(await addresses(`https://${RESERVED}/r`)).toEqual([
      { code: 'address-not-allowed', text: 'The address is private or reserved.' },
    ]);
  });

  it('is an integrator’s for its own endpoints alone', async () => {
    await api.request(PATH, { method: 'PUT', body: configuration('https://backoffice.example/r') });
    const own = await makeKey(database.db, 'integrator', { entities: [ENTITY] });
    const other = await makeKey(database.db, 'integrator', {
      entities: [{ organisation: '9900000002', department: '7' }],
    });
    const as = (text: string) => ({ authorization: `Bearer ${text}` });
    const stored = (await api.request(PATH)).body;
    expect((await ask(stored, as(own.text))).status).toBe(200);
    expect((await ask({ ...stored, online: false }, as(own.text))).body.code).toBe('forbidden');
    expect((await ask(stored, as(other.text))).body.code).toBe('not-found');
  });
});
