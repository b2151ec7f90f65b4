import { createClientAsync } from 'soap';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { NT_40 } from '../../src/soap/namespaces.ts';
import { readReport40 } from '../../src/soap/read-report-40.ts';
import { readXml, type XmlElement } from '../../src/soap/read-xml.ts';
import {
  bodyError,
  officialExists,
  officialRecoverContract,
  ourRecoverContract,
} from '../contracts/schema.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY, SIGNER } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import { refuse } from '../support/receiver.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import type { CallApi } from '../support/service.ts';

const OTHER = { organisation: '9900000002', department: '7' };
const PATH = '/soap/reports/4.0';

const journey = sharedJourney();
/** Keys: of the entity, of both entities, and of an operator. */
let own = '';
let both = '';
let operator = '';
let integrator: CallApi;

const contracts = [ourRecoverContract(), ...(officialExists ? [officialRecoverContract()] : [])];

beforeAll(async () => {
  const { database } = journey.t;
  own = (await makeKey(database.db, 'integrator', { entities: [ENTITY] })).text;
  both = (await makeKey(database.db, 'integrator', { entities: [ENTITY, OTHER] })).text;
  operator = (await makeKey(database.db, 'operator')).text;
  integrator = await journey.t.as('integrator', [ENTITY]);
  await journey.t.configure('http://127.0.0.1:1/other', { online: false }, OTHER);
});

interface Pulled {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where there is none, or of a day that readers of reports do not know. */
  readonly report: Report | null;
  readonly error: string | null;
}

/** Sends a message to the pull operation; what it answers must be the contract's. */
async function send(message: string, headers: Record<string, string>): Promise<Pulled> {
  const response = await fetch(journey.t.url + PATH, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
    body: message,
  });
  const text = await response.text();
  const read = readXml(Buffer.from(text), response.headers.get('content-type'));
  if (!('root' in read)) throw new Error(`no XML: ${text}`);
  if (text.includes('RespostaRecuperarReport')) {
    for (const { answers } of contracts) expect(bodyError(answers, text)).toBeNull();
  }
  const report = find(read.root, 'Report');
  return {
    status: response.status,
    headers: response.headers,
    text,
    report: report === null || /DataInforme>(?:-|\d{5})/.test(text) ? null : readReport40(report),
    error: find(read.root, 'CodiError')?.text ?? null,
  };
}

function find(element: XmlElement, name: string): XmlElement | null {
  if (element.name === name && element.namespace === NT_40) return element;
  for (const child of element.children) {
    const found = find(child, name);
    if (found !== null) return found;
  }
  return null;
}

async function pull(asked: Parameters<typeof recoverRequest>[0], key = own): Promise<Pulled> {
  return send(recoverMessage(recoverRequest(asked)), { authorization: `Bearer ${key}` });
}

/** Changes of a notification at instants, of which no callbacks need be awaited. */
async function live(
  notification: string,
  ...states: readonly (readonly [state: string, at: string, more?: object])[]
): Promise<void> {
  await journey.t.take(
    ...states.map(([state, occurredAt, more = {}]) => ({
      ...change({ notification, state }),
      occurredAt,
      ...more,
    })),
  );
}

describe('the summary of a notification', () => {
  it('is its state now, with all that is known of it', async () => {
    const notification = fresh();
    const facts = {
      channel: 'DIGITAL',
      registry: { number: 'S-1', registeredAt: '2026-11-02T09:00:00+01:00' },
    };
    await journey.t.take(
      change({ notification, state: 'DIPOSITADA', facts, backOffice: 'GESTEXP', signer: SIGNER }),
      { ...change({ notification, state: 'ACCEPTADA', signer: SIGNER }), occurredAt: '2026-11-05T23:30:00Z' },
    );
    const { status, report, headers } = await pull({ notification });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(report).toEqual({
      kind: 'OnLine',
      issuer: {
        ...ENTITY,
        organisationName: 'Ajuntament Inventat',
        departmentName: 'Secretaria',
        backOffice: 'GESTEXP',
      },
      date: '2026-11-06',
      items: [
        {
          state: 'ACCEPTADA',
          occurredAt: '2026-11-05T23:30:00Z',
          notification: {
            id: notification,
            kind: 'NOTIFICACIO',
            backOffice: 'GESTEXP',
            reference: `EXP-${notification}`,
            issuerReference: null,
            channel: 'DIGITAL',
            expirationDays: null,
            registry: facts.registry,
          },
          signer: {
            type: 'interested',
            party: {
              person: {
                document: { type: 'NIF', number: '00000000T', country: null },
                fullName: 'Persona Inventada',
              },
            },
          },
          channelChange: null,
        },
      ],
    });
  });

  it('is that of the callback, item by item', async () => {
    const delivery = await journey.t.deliver(change({ notification: fresh(), backOffice: 'GESTEXP' }));
    const sent = await journey.reportOf(delivery);
    const { text } = await pull({ notification: /<IdNotificacio>(\d+)/.exec(sent)?.[1] ?? '' });
    expect(text).toContain(/<DadesNotificacio>.*<\/DadesNotificacio>/.exec(sent)?.[0]);
  });

  it('is asked for in SOAP 1.2 as well, and answered in it', async () => {
    const notification = fresh();
    await live(notification, ['DIPOSITADA', '2026-10-01T10:00:00Z']);
    const answer = await send(recoverMessage(recoverRequest({ notification }), '1.2'), {
      authorization: `Bearer ${own}`,
      'content-type': 'application/soap+xml; charset=utf-8; action="any"',
    });
    expect(answer.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(answer.text).toContain('http://www.w3.org/2003/05/soap-envelope');
    expect(answer.report?.items).toHaveLength(1);
  });
});

describe('the report of a day', () => {
  const ids = ({ report }: Pulled): string[] | undefined => report?.items.map((item) => item.notification.id);
  const states = ({ report }: Pulled): string[] | undefined => report?.items.map((item) => item.state);

  it('has each notification in its last state of that day, with what was known then', async () => {
    const notification = fresh();
    await live(
      notification,
      [
        'REGISTRADA',
        '2026-03-01T08:00:00Z',
        { notification: { ...change({ notification }).notification, channel: 'PAPER' } },
      ],
      ['DIPOSITADA', '2026-03-02T08:00:00Z'],
      ['ACCEPTADA', '2026-03-02T09:00:00Z', { signer: SIGNER }],
      ['ANUL·LADA', '2026-03-03T08:00:00Z'],
    );
    const first = await pull({ date: '2026-03-01' });
    expect(first.report).toMatchObject({ kind: 'Diari', date: '2026-03-01', issuer: { backOffice: null } });
    expect(states(first)).toEqual(['REGISTRADA']);
    const second = await pull({ date: '2026-03-02' });
    expect(second.report?.items).toMatchObject([
      { state: 'ACCEPTADA', notification: { channel: 'PAPER' }, signer: { type: 'interested' } },
    ]);
    const third = await pull({ date: '2026-03-03' });
    expect(third.report?.items).toMatchObject([{ state: 'ANUL·LADA', signer: null }]);
  });

  it('is a day of Europe/Madrid, in winter, in summer and when the clocks change', async () => {
    const at = async (instant: string): Promise<string> => {
      const notification = fresh();
      await live(notification, ['DIPOSITADA', instant]);
      return notification;
    };
    const winter = [await at('2026-01-14T23:00:00.000Z'), await at('2026-01-15T22:59:59.999Z')];
    await at('2026-01-14T22:59:59.999Z');
    await at('2026-01-15T23:00:00Z');
    expect(ids(await pull({ date: '2026-01-15' }))).toEqual(winter);
    const summer = [await at('2026-07-14T22:00:00Z'), await at('2026-07-15T21:59:59.999Z')];
    await at('2026-07-14T21:59:59.999Z');
    await at('2026-07-15T22:00:00Z');
    expect(ids(await pull({ date: '2026-07-15' }))).toEqual(summer);
    // 2026-03-29 has 23 hours.
    const short = [await at('2026-03-28T23:00:00Z'), await at('2026-03-29T21:59:59.999Z')];
    await at('2026-03-29T22:00:00Z');
    expect(ids(await pull({ date: '2026-03-29' }))).toEqual(short);
    for (const date of ['2026-01-15Z', '2026-01-15+05:00', '2026-01-15-14:00', ' 2026-01-15 ']) {
      expect(ids(await pull({ date })), date).toEqual(winter);
    }
  });

  it('is one department’s, and one back office’s where it is asked for', async () => {
    const [plain, gest, other] = [fresh(), fresh(), fresh()];
    const occurredAt = '2026-04-10T10:00:00Z';
    await journey.t.take(
      { ...change({ notification: plain }), occurredAt },
      { ...change({ notification: gest, backOffice: 'GEST-2' }), occurredAt },
      { ...change({ notification: other, entity: OTHER }), occurredAt },
      { ...change({ notification: fresh(), entity: { ...ENTITY, department: '2' } }), occurredAt },
    );
    expect(ids(await pull({ date: '2026-04-10' }))).toEqual([plain, gest]);
    const narrow = await pull({ date: '2026-04-10', backOffice: 'GEST-2' });
    expect(ids(narrow)).toEqual([gest]);
    expect(narrow.report?.issuer.backOffice).toBe('GEST-2');
    expect(ids(await pull({ date: '2026-04-11', backOffice: 'GEST-2' }))).toEqual([]);
    expect(ids(await pull({ date: '2026-04-10', ...OTHER }, both))).toEqual([other]);
  });

  it.each(['2020-02-29', '2099-01-01', '12026-01-01', '-0044-03-15'])(
    'is empty where nothing changed: %s',
    async (date) => {
      const { status, text } = await pull({ date });
      expect(status).toBe(200);
      expect(text).toContain(`<DataInforme>${date}</DataInforme><TipusInforme>Diari</TipusInforme></Report>`);
    },
  );
});

describe('what cannot be answered', () => {
  it('is told by the contract’s codes, another’s as if it did not exist', async () => {
    const [mine, theirs] = [fresh(), fresh()];
    await journey.t.take(
      change({ notification: mine, backOffice: 'GESTEXP' }),
      change({ notification: theirs, entity: OTHER }),
    );
    const errorOf = async (asked: Parameters<typeof recoverRequest>[0], key?: string) => {
      const { status, error, text } = await pull(asked, key);
      expect(status).toBe(200);
      return { error, message: /<MissatgeError>(.*)<\/MissatgeError>/.exec(text)?.[1] };
    };
    const unknown = await errorOf({ notification: '1' });
    expect(unknown.error).toBe('1010');
    expect(await errorOf({ notification: theirs })).toEqual(unknown);
    const nobody = await errorOf({ notification: '1', organisation: '9900000099' });
    expect(nobody.error).toBe('504');
    expect(await errorOf({ notification: theirs, ...OTHER })).toEqual(nobody);
    expect(await errorOf({ date: '2026-04-10', ...OTHER })).toEqual(nobody);
    expect((await errorOf({ notification: mine, ...OTHER }, both)).error).toBe('1015');
    expect((await errorOf({ notification: theirs }, both)).error).toBe('1015');
    expect((await errorOf({ date: '2026-04-10', backOffice: 'CAP' })).error).toBe('3021');
    expect((await errorOf({ notification: mine, backOffice: 'CAP' })).error).toBe('3021');
    const plain = fresh();
    await journey.t.take(change({ notification: plain }));
    expect((await errorOf({ notification: plain, backOffice: 'GESTEXP' })).error).toBe('1015');
    expect((await errorOf({})).error).toBe('3015');
    expect((await errorOf({ department: ' ', notification: mine })).error).toBe('627');
    expect((await errorOf({ notification: 'x' })).error).toBe('101');
    const answer = await pull({ notification: '1', backOffice: 'GESTEXP' });
    expect(answer.text).toContain(
      '<DadesNotificacio><IdNotificacio>1</IdNotificacio><Organisme>9900000001</Organisme>' +
        '<Departament>1</Departament><BackOffice>GESTEXP</BackOffice></DadesNotificacio>',
    );
  });

  it('is a fault where it is no SOAP, with the status of its cause', async () => {
    const as = { authorization: `Bearer ${own}` };
    const message = recoverMessage(recoverRequest({ notification: '1' }));
    for (const [sent, headers, status, code] of [
      ['hello', {}, 500, 'soapenv:Client'],
      [message.replace('schemas.xmlsoap.org', 'example.org'), {}, 500, 'soapenv:VersionMismatch'],
      [`<!DOCTYPE x>${message}`, {}, 500, 'soapenv:Client'],
      ['{}', { 'content-type': 'application/json' }, 415, 'soapenv:Client'],
      ['hello', { 'content-type': 'application/soap+xml' }, 500, 'soapenv:Client'],
      [recoverMessage('', '1.2').replaceAll('s:Body', 'x'), {}, 400, 'soapenv:Sender'],
      [message + ' '.repeat(65_536), { 'content-type': 'application/soap+xml' }, 413, 'soapenv:Sender'],
    ] as const) {
      const answer = await send(sent, { ...as, ...headers });
      expect(answer.status, sent.slice(0, 40)).toBe(status);
      expect(answer.text).toContain(code);
    }
  });
});

describe('the key', () => {
  const message = recoverMessage(recoverRequest({ date: '2020-01-01' }));
  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  it.each(['', 'anything', '9900000001'])(
    'is the password of HTTP Basic, whatever the user: "%s"',
    async (user) => {
      expect((await send(message, basic(user, own))).report).not.toBeNull();
    },
  );

  it('that does not work is asked for, as Basic and as bearer', async () => {
    for (const headers of [{}, basic('user', 'wrong'), { authorization: 'Bearer wrong' }]) {
      const answer = await send(message, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^Basic realm="[^"]+", charset="UTF-8", Bearer realm=/,
      );
      expect(answer.text).toContain('Fault');
    }
  });

  it('of another role is told 502; Basic is taken here alone', async () => {
    expect((await send(message, { authorization: `Bearer ${operator}` })).error).toBe('502');
    const elsewhere = await fetch(`${journey.t.url}/v1/deliveries`, { headers: basic('user', own) });
    expect(elsewhere.status).toBe(401);
  });

  it('has a limit of pulls besides its own', async () => {
    const { headers } = await pull({ date: '2020-01-01' });
    expect(headers.get('ratelimit-policy')).toBe('"requests";q=6000;w=60, "pulls";q=600;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+, "pulls";r=\d+;t=\d+$/);
  });

  it('with too many requests is told to wait by a fault', async () => {
    const { text } = await makeKey(journey.t.database.db, 'integrator', {
      entities: [ENTITY],
      requestsPerMinute: 1,
    });
    await pull({ date: '2020-01-01' }, text);
    const answer = await pull({ date: '2020-01-01' }, text);
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(answer.text).toContain('quota-exceeded');
  });
});

describe('the communications log', () => {
  it('has a row of its own phase for each pull of an entity', async () => {
    const [notification, unknown] = [fresh(), fresh()];
    await live(notification, ['DIPOSITADA', '2026-05-05T10:00:00Z']);
    await pull({ notification });
    await pull({ date: '2026-05-05' });
    await pull({ notification: unknown });
    await pull({ notification, organisation: '9900000099' });
    const list = async (outcome: string) =>
      itemsOf((await integrator('GET', `/v1/communications?limit=2&outcome=${outcome}`)).body.items);
    const [day, one] = await list('answered');
    const [last] = await list('refused');
    const common = {
      ...ENTITY,
      delivery: null,
      phase: 'FASE_RECUPERAR_REPORT',
      attempt: null,
      endpoint: null,
      httpStatus: 200,
    };
    expect(one).toMatchObject({
      ...common,
      notification,
      outcome: 'answered',
      errorCode: null,
      pull: { date: null, notifications: 1 },
    });
    expect(day).toMatchObject({
      ...common,
      notification: null,
      outcome: 'answered',
      pull: { date: '2026-05-05', notifications: 1 },
    });
    expect(last).toMatchObject({
      ...common,
      notification: null,
      outcome: 'refused',
      errorCode: 'recover-1010',
      errorText: 'There is no such notification.',
      pull: { date: null, notifications: null },
    });
    const { body: alone } = await integrator('GET', `/v1/communications/${String(one?.id)}`);
    expect(alone).toMatchObject({ ...one, request: null, response: null });
    const filtered = await integrator('GET', '/v1/communications?outcome=answered&state=DIPOSITADA&limit=1');
    expect(itemsOf(filtered.body.items)).toMatchObject([{ id: one?.id }]);
  });
});

describe('an exhausted delivery', () => {
  it('names the request that recovers it, and that request does', async () => {
    journey.receiver.reply = refuse('no');
    const notification = fresh();
    const delivery = await journey.t.deliver(change({ notification }));
    await journey.t.finished(delivery);
    const { status, recovery } = await journey.t.delivery(delivery);
    expect([status, recovery]).toEqual(['exhausted', { ...ENTITY, notification }]);
    const asked = Value.Parse(
      Type.Object({ organisation: Type.String(), department: Type.String(), notification: Type.String() }),
      recovery,
    );
    expect((await pull(asked)).report?.items).toMatchObject([{ notification: { id: notification } }]);
  });
});

describe('the WSDL', () => {
  it('has the address at which it was asked for, needs no key, and what it imports is there', async () => {
    for (const query of ['wsdl', 'WSDL']) {
      const answer = await fetch(`${journey.t.url}${PATH}?${query}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
      const text = await answer.text();
      expect(text.match(/location="[^"]*"/g)).toEqual([
        `location="${journey.t.url}${PATH}"`,
        `location="${journey.t.url}${PATH}"`,
      ]);
      expect(text).toContain('schemaLocation="recuperar-report-4.0.xsd"');
    }
    for (const file of ['recuperar-report-4.0.xsd', 'report-4.0.xsd']) {
      expect((await fetch(`${journey.t.url}/soap/reports/${file}`)).status).toBe(200);
    }
    expect((await fetch(journey.t.url + PATH)).status).toBe(404);
    expect((await fetch(`${journey.t.url}${PATH}?wsdl=x`)).status).toBe(400);
  });

  it.each([false, true])(
    'makes a client that recovers what it asks for, SOAP 1.2: %s',
    async (forceSoap12Headers) => {
      const notification = fresh();
      await live(notification, ['DIPOSITADA', '2026-06-06T10:00:00Z']);
      const client = await createClientAsync(`${journey.t.url}${PATH}?wsdl`, { forceSoap12Headers });
      client.setSecurity({
        addHeaders: (headers: Record<string, string>) => {
          headers.Authorization = `Basic ${Buffer.from(`integrador:${own}`).toString('base64')}`;
        },
        toXML: () => '',
      });
      const Usuari = { Empleat: { CodiOrganisme: ENTITY.organisation, CodiDepartament: ENTITY.department } };
      const ask = async (wanted: object): Promise<unknown> => {
        const [answer] = await client.RecuperarReportAsync({ Usuari, ...wanted });
        return answer;
      };
      const item = {
        DadesEstat: { Estat: 'DIPOSITADA' },
        DadesNotificacio: { IdNotificacio: notification, TipusObjecte: 'NOTIFICACIO' },
      };
      expect(await ask({ IdNotificacio: notification })).toMatchObject({
        Report: {
          Emissor: { NomOrganisme: 'Ajuntament Inventat' },
          TipusInforme: 'OnLine',
          DadesNotificacio: [item],
        },
      });
      expect(await ask({ DataReport: '2026-06-06' })).toMatchObject({
        Report: {
          TipusInforme: 'Diari',
          DadesNotificacio: expect.arrayContaining([expect.objectContaining({})]),
        },
      });
      expect(await ask({ IdNotificacio: '1' })).toMatchObject({ Errors: { Error: [{ CodiError: '1010' }] } });
    },
  );
});
