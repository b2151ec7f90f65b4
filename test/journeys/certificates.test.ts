import type { Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateRoutes } from '../../src/api/routes/certificates.ts';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { describeCertificate } from '../../src/domain/certificate.ts';
import { takeCertificateWarnings } from '../../src/store/certificates.ts';
import { noteServiceCertificate } from '../../src/store/parameters.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { noteServerCertificates } from '../../src/store/server-certificates.ts';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';
import { itemsOf, members } from '../support/answers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createAuthority, endingIn } from '../support/certificates.ts';
import { change, configuration } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { httpAnswer, startHostileServer } from '../support/hostile-server.ts';
import { journeyTest, sorted } from '../support/journey.ts';
import { until } from '../support/watch.ts';

const authority = createAuthority();
const PATH = '/v1/entities/9900000001/1';
const EXPIRING = '/v1/certificates?expiringWithinDays=30';

describe('a server’s certificate that ends in ten days', () => {
  const { started, closing } = journeyTest();
  const ending = authority.issue(['127.0.0.1'], endingIn(10));
  const renewed = authority.issue(['127.0.0.1'], endingIn(90));
  const { expiresAt = '' } = describeCertificate(ending.certificate) ?? {};

  it('is warned of in the API, the metrics and once in the log, until it is renewed', async () => {
    const server = await startHostileServer(acknowledgeOnce, material(ending));
    closing(async () => server.close());
    const t = await started();
    await t.configure(null, { endpoint: { url: server.url, tls: { ca: authority.certificate } } });
    const before = await t.call('GET', PATH);
    expect(before.body).toMatchObject({
      warnings: [],
      endpoint: { tls: { serverCertificateInfo: null, caInfo: { subject: 'CN=Autoritat Inventada' } } },
    });
    await t.finished(await t.deliver(change({ notification: '900000000801' })));

    const warning = { code: 'certificate-expiring', what: 'endpoint.tls.serverCertificate', expiresAt };
    await until(async () => {
      const { body } = await t.call('GET', PATH);
      return itemsOf(body.warnings).length > 0 ? true : null;
    });
    const shown = await t.call('GET', PATH);
    expect(shown.body.warnings).toEqual([warning]);
    expect(members(members(shown.body.endpoint).tls).serverCertificateInfo).toMatchObject({
      subject: 'CN=Servidor Inventat',
      issuer: 'CN=Autoritat Inventada',
      expiresAt,
    });
    expect((await t.call('GET', EXPIRING)).body).toMatchObject({
      items: [
        {
          kind: 'server',
          organisation: null,
          origin: `https://127.0.0.1:${server.port}`,
          endpoints: 1,
          expiresAt,
          warning: 'certificate-expiring',
        },
      ],
      next: null,
    });
    expect(await gauge(t.url, 'enotum_certificates_expiring{kind="server"}')).toBe(1);
    const soonest = await gauge(t.url, 'enotum_certificate_soonest_end_seconds{kind="server"}');
    expect(soonest / 86_400).toBeCloseTo(10, 1);

    // What was merely seen makes another representation, but no other version.
    expect(shown.headers.get('etag')).not.toBe(before.headers.get('etag'));
    const conditional = async (method: string, headers: Record<string, string>, body?: string) =>
      fetch(t.url + PATH, {
        method,
        headers: { authorization: `Bearer ${t.settings.adminKey}`, ...headers },
        ...(body === undefined ? {} : { body }),
      });
    const known = { 'if-none-match': before.headers.get('etag') ?? '' };
    expect((await conditional('GET', known)).status).toBe(200);
    const current = { 'if-none-match': shown.headers.get('etag') ?? '' };
    expect((await conditional('GET', current)).status).toBe(304);
    const matching = { 'if-match': before.headers.get('etag') ?? '', 'content-type': 'application/json' };
    const put = await conditional('PUT', matching, JSON.stringify(shown.body));
    expect(put.status).toBe(200);
    expect(members(await put.json()).warnings).toEqual([warning]);

    // Two more processes look when they start; a stop waits until they have.
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const others = await Promise.all([1, 2].map(async () => started({ beside: t, logger })));
    for (const other of others) await other.stop();
    expect(lines.map((line) => members(JSON.parse(line)))).toEqual([
      expect.objectContaining({
        msg: 'a certificate ends soon',
        code: 'certificate-expiring',
        kind: 'server',
        origin: `https://127.0.0.1:${server.port}`,
        endpoints: 1,
        expiresAt,
      }),
    ]);
    expect(lines.join('')).not.toContain('Inventa');

    server.renew(material(renewed));
    await t.finished(await t.deliver(change({ notification: '900000000802' })));
    await until(async () =>
      (await gauge(t.url, 'enotum_certificates_expiring{kind="server"}')) === 0 ? true : null,
    );
    expect((await t.call('GET', PATH)).body.warnings).toEqual([]);
    expect((await t.call('GET', EXPIRING)).body).toEqual({ items: [], next: null });
  });

  it('counts no more once no endpoint has its server', async () => {
    const server = await startHostileServer(acknowledgeOnce, material(ending));
    closing(async () => server.close());
    const t = await started();
    await t.configure(null, { endpoint: { url: server.url, tls: { ca: authority.certificate } } });
    await t.finished(await t.deliver(change({ notification: '900000000803' })));
    await until(async () => (itemsOf((await t.call('GET', EXPIRING)).body.items).length === 1 ? true : null));
    await t.configure('https://elsewhere.example/reports');
    expect((await t.call('GET', EXPIRING)).body.items).toEqual([]);
    expect((await t.call('GET', PATH)).body).toMatchObject({
      warnings: [],
      endpoint: { tls: { serverCertificateInfo: null } },
    });
  });
});

describe('the list of certificates', () => {
  const sealer = new Sealer(Buffer.alloc(32, 7));
  const days = (end: number) => authority.issue(['client.example'], endingIn(end));
  const client = days(-2);
  const signing = days(5);
  const own = days(20);
  const far = days(200);
  let database: TestDatabase;
  let api: TestApi;

  beforeAll(async () => {
    database = await createDatabase();
    api = await startApi(database.db, [entityRoutes, certificateRoutes], { sealer });
    const { certificate } = own;
    const info = describeCertificate(certificate);
    if (info === null) throw new Error('no certificate');
    await noteServiceCertificate(database.db, sealer, { certificate, ...info });
    const url = 'https://backoffice.example/reports';
    await put('9900000001', {
      endpoint: {
        url,
        policy: { type: 'signature' },
        tls: { clientCertificate: client.certificate, clientKey: client.key },
      },
      backOffices: {
        GESTEXP: {
          endpoint: {
            url,
            policy: { type: 'signature', certificate: signing.certificate, privateKey: signing.key },
            tls: { ca: far.certificate + days(10).certificate },
          },
        },
      },
    });
    await put('9900000002', { endpoint: { url: 'https://backoffice.example:443/other' } });
    const shown = describeCertificate(days(15).certificate);
    if (shown === null) throw new Error('no certificate');
    await noteServerCertificates(database.db, [{ ...shown, origin: 'https://backoffice.example:443' }]);
  });

  afterAll(async () => {
    await api.close();
    await database.drop();
  });

  const put = async (organisation: string, more: Readonly<Record<string, unknown>>): Promise<void> => {
    const body = { ...configuration(null), ...more };
    const answer = await api.request(`/v1/entities/${organisation}/1`, { method: 'PUT', body });
    if (answer.status !== 201) throw new Error(answer.text);
  };
  const list = async (query = '') => api.request(`/v1/certificates${query}`);
  const kinds = async (query = ''): Promise<unknown[]> =>
    itemsOf((await list(query)).body.items).map(({ kind }) => kind);

  it('has every one in use, the first to end first, with what is to be done', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(
      itemsOf(body.items).map(({ kind, organisation, backOffice, endpoints, warning }) => ({
        kind,
        organisation,
        backOffice,
        endpoints,
        warning,
      })),
    ).toEqual([
      {
        kind: 'client',
        organisation: '9900000001',
        backOffice: null,
        endpoints: 1,
        warning: 'certificate-expired',
      },
      {
        kind: 'signing',
        organisation: '9900000001',
        backOffice: 'GESTEXP',
        endpoints: 1,
        warning: 'certificate-expiring',
      },
      {
        kind: 'ca',
        organisation: '9900000001',
        backOffice: 'GESTEXP',
        endpoints: 1,
        warning: 'certificate-expiring',
      },
      { kind: 'server', organisation: null, backOffice: null, endpoints: 3, warning: 'certificate-expiring' },
      {
        kind: 'service-signing',
        organisation: null,
        backOffice: null,
        endpoints: 1,
        warning: 'certificate-expiring',
      },
    ]);
    for (const item of itemsOf(body.items)) {
      expect(item).toMatchObject({ subject: 'CN=Servidor Inventat', issuer: 'CN=Autoritat Inventada' });
      expect(item.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('is the same by pages', async () => {
    const all = itemsOf((await list()).body.items);
    const paged: unknown[] = [];
    let after = '';
    do {
      const { body } = await list(`?limit=2${after}`);
      paged.push(...itemsOf(body.items));
      after = typeof body.next === 'string' ? `&after=${body.next}` : '';
    } while (after !== '');
    expect(paged).toEqual(all);
  });

  it('is filtered by days, kind and entity', async () => {
    expect(await kinds('?expiringWithinDays=0')).toEqual(['client']);
    expect(await kinds('?expiringWithinDays=12')).toEqual(['client', 'signing', 'ca']);
    expect(await kinds('?kind=ca')).toEqual(['ca']);
    expect(await kinds('?organisation=9900000002')).toEqual(['server']);
    expect(await kinds('?organisation=9900000001&department=1&kind=server')).toEqual(['server']);
    expect(await kinds('?organisation=9900000001&department=2')).toEqual([]);
  });

  it.each(['expiringWithinDays=-1', 'expiringWithinDays=x', 'kind=other', 'limit=0', 'after=x', 'within=3'])(
    'refuses what it does not know: %s',
    async (query) => {
      expect(await list(`?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    },
  );

  it('is what the log warns of: each certificate once a day, however many look at once', async () => {
    const take = async () => {
      const taken = await Promise.all([1, 2, 3].map(async () => takeCertificateWarnings(database.db)));
      return taken.flat().map(({ kind }) => kind);
    };
    const all = ['client', 'signing', 'ca', 'server', 'service-signing'];
    expect(sorted(await take())).toEqual(sorted(all));
    expect(await take()).toEqual([]);
    await database.db.query('update nt30.aoc_nt_avisos_certificats set dia = dia - 1');
    expect(sorted(await take())).toEqual(sorted(all));
  });

  it('names in each configuration’s warnings the member that has the certificate', async () => {
    const { body } = await api.request('/v1/entities/9900000001/1');
    expect(itemsOf(body.warnings).map(({ code, what }) => [what, code])).toEqual([
      ['endpoint.tls.clientCertificate', 'certificate-expired'],
      ['backOffices.GESTEXP.endpoint.policy.certificate', 'certificate-expiring'],
      ['backOffices.GESTEXP.endpoint.tls.ca', 'certificate-expiring'],
      ['endpoint.tls.serverCertificate', 'certificate-expiring'],
      ['backOffices.GESTEXP.endpoint.tls.serverCertificate', 'certificate-expiring'],
      ['service.signingCertificate', 'certificate-expiring'],
    ]);
  });
});

/** Acknowledges and ends the connection, so that the next attempt makes a new one. */
function acknowledgeOnce(socket: Socket): void {
  socket.end(httpAnswer(200, writeAcknowledgement(), { Connection: 'close' }));
}

function material(issued: { readonly certificate: string; readonly key: string }) {
  return { cert: issued.certificate, key: issued.key };
}

/** The value of one line of the metrics; NaN where there is none. */
async function gauge(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}
