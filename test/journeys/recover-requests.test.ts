import { createClientAsync } from 'soap';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import { OTHER, PATH, recoverJourney } from '../support/recover-journey.ts';

const { journey, keys, send, pull, live } = recoverJourney();

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
    expect((await errorOf({ notification: mine, ...OTHER }, keys.both)).error).toBe('1015');
    expect((await errorOf({ notification: theirs }, keys.both)).error).toBe('1015');
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
    const as = { authorization: `Bearer ${keys.own}` };
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
      expect((await send(message, basic(user, keys.own))).report).not.toBeNull();
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
    expect((await send(message, { authorization: `Bearer ${keys.operator}` })).error).toBe('502');
    const elsewhere = await fetch(`${journey.t.url}/v1/deliveries`, { headers: basic('user', keys.own) });
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
    const integrator = await journey.t.as('integrator', [ENTITY]);
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
          headers.Authorization = `Basic ${Buffer.from(`integrador:${keys.own}`).toString('base64')}`;
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
