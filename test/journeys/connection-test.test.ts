import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { itemsOf, members } from '../support/answers.ts';
import { createAuthority } from '../support/certificates.ts';
import { change, ENTITY } from '../support/changes.ts';
import { httpAnswer, startHostileServer } from '../support/hostile-server.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, fault, hang, held, httpStatus, refuse, textOf } from '../support/receiver.ts';
import { signingPair } from '../support/secured.ts';
import type { TestService } from '../support/service.ts';
import { signedByXmlCrypto } from '../support/ws-security.ts';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';

const { started, receiving, closing } = journeyTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}/test`;
const test = async (t: TestService, body?: unknown) => t.call('POST', PATH, body);

const number: unknown = expect.any(Number);

/** What stands in the tables that a delivery would be in. */
async function written(t: TestService): Promise<unknown> {
  return t.rows(
    `select (select count(*)::int from nt30.aoc_nt_enviaments) as deliveries,
       (select count(*)::int from nt30.aoc_nt_notificacions) as notifications,
       (select count(*)::int from nt30.aoc_nt_logs_comunicacio) as logged,
       (select count(*)::int from nt30.aoc_nt_proves) as tests,
       (select array_agg(finestra) from nt30.aoc_nt_origens) as windows`,
  );
}

describe('a test of an entity', () => {
  it('sends an invented report that says so, and answers what went out and what came back', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(null, {
      endpoint: {
        url: receiver.url,
        authentication: { type: 'basic', username: 'usuari', password: 'contrasenya' },
      },
    });
    const before = await written(t);
    const { status, body } = await test(t);
    expect(status).toBe(200);
    const [request, ...others] = receiver.requests;
    expect(others).toEqual([]);
    expect(body).toMatchObject({
      ...ENTITY,
      backOffice: null,
      outcome: 'acknowledged',
      httpStatus: 200,
      errorCode: null,
      errorText: null,
      advice: null,
      phases: { dns: null, connect: number, tls: null, firstByte: number, whole: number },
      request: {
        url: receiver.url,
        method: 'POST',
        headers: { Authorization: 'Basic ***', 'Enotum-Attempt': '1', 'Idempotency-Key': request?.delivery },
        body: request?.body.toString('utf8'),
      },
      response: { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: writeAcknowledgement() },
    });
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from('usuari:contrasenya').toString('base64')}`,
    );
    const report = request?.report ?? '';
    expect(textOf(report, 'Referencia')).toMatch(/^PROVA: informe inventat/);
    expect(textOf(report, 'IdNotificacio')).toBe('999999999999');
    expect(textOf(report, 'CodiOrganisme')).toBe(ENTITY.organisation);
    expect(report).not.toContain('DadesSignador');
    expect(await written(t)).toEqual(before);
    expect(t.attempts).toEqual([]);
  });

  it('goes out while the entity is paused and its callbacks are off, and moves no delivery', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    await t.call('POST', `/v1/entities/${ENTITY.organisation}/${ENTITY.department}/pause`);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.configure(receiver.url, { online: false });
    expect((await test(t)).body).toMatchObject({ outcome: 'acknowledged' });
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'paused', attempts: 0 });
    expect(receiver.requests.map((request) => request.delivery)).not.toContain(delivery);
  });

  it('names an actor where message version 3.2 wants one', async () => {
    const t = await started();
    const receiver = await receiving((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(writeAcknowledgement().replace('v4.0', 'v3.2'));
    });
    await t.configure(null, { endpoint: { url: receiver.url, messageVersion: '3.2' } });
    expect((await test(t)).body).toMatchObject({ outcome: 'acknowledged' });
    expect(receiver.requests[0]?.report).toContain('<DadesActor><PersonaFisica>');
  });

  it('goes to a back office’s own endpoint where it has one, and names it', async () => {
    const t = await started();
    const own = await receiving();
    const entity = await receiving();
    await t.configure(entity.url, { backOffices: { GESTEXP: { endpoint: { url: own.url } } } });
    expect((await test(t, { backOffice: 'GESTEXP' })).body).toMatchObject({
      backOffice: 'GESTEXP',
      request: { url: own.url },
    });
    expect(textOf(own.requests[0]?.report ?? '', 'BackOffice')).toBe('GESTEXP');
    expect((await test(t, { backOffice: 'ALTRE' })).body).toMatchObject({ request: { url: entity.url } });
    expect(textOf(entity.requests[0]?.report ?? '', 'BackOffice')).toBe('ALTRE');
  });

  it('is made by the entity’s policy, over its TLS, with the time of each phase', async () => {
    const t = await started();
    const authority = createAuthority();
    const issued = authority.issue(['localhost']);
    const server = await startHostileServer(
      (socket) => socket.write(httpAnswer(200, writeAcknowledgement())),
      { key: issued.key, cert: issued.certificate },
    );
    closing(async () => server.close());
    const { certificate, key } = signingPair('RSA-2048');
    await t.configure(null, {
      endpoint: {
        url: `https://localhost:${server.port}/reports`,
        tls: { ca: authority.certificate },
        policy: { type: 'signature', certificate, privateKey: key },
      },
    });
    const { body } = await test(t);
    expect(body).toMatchObject({
      outcome: 'acknowledged',
      phases: { dns: number, connect: number, tls: number, firstByte: number, whole: number },
    });
    const { dns, connect, tls, firstByte, whole } = members(body.phases);
    const parts = [dns, connect, tls, firstByte].map(Number).reduce((sum, ms) => sum + ms, 0);
    expect(parts).toBeLessThanOrEqual(Number(whole) + 0.5);
    expect(signedByXmlCrypto(server.requests[0]?.body ?? Buffer.alloc(0))).toHaveLength(2);
    // Each test makes its own connection: what a kept one would hide is told again.
    expect((await test(t)).body).toMatchObject({ phases: { dns: number, tls: number } });
    expect(server.connections()).toBe(2);
  });

  it.each([
    ['an Error', refuse('No el conec'), 'refused', 'error-element', 'No el conec', 'ha rebutjat'],
    ['a Fault', fault('Trencat'), 'faulted', 'soap-fault', 'Trencat', 'SOAP Fault'],
    ['401', httpStatus(401), 'http-error', 'http-401', 'HTTP status 401', 'credencials'],
    ['503', httpStatus(503), 'http-error', 'http-503', 'HTTP status 503', 'ha fallat'],
  ] as const)(
    'that fails says why and what to mend: %s',
    async (_what, reply, outcome, code, part, advice) => {
      const t = await started();
      const receiver = await receiving(reply);
      await t.configure(receiver.url);
      const { status, body } = await test(t);
      expect(status).toBe(200);
      expect(body).toMatchObject({ outcome, errorCode: code });
      expect(body.errorText).toContain(part);
      expect(members(body.advice).ca).toContain(advice);
      expect(Object.keys(members(body.advice))).toEqual(['ca', 'es', 'en']);
      expect(await written(t)).toMatchObject([{ logged: 0, tests: 0, windows: [8] }]);
    },
  );

  it('that has no answer says how far it came', async () => {
    const t = await started();
    const receiver = await receiving(hang);
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 1_000 } });
    expect((await test(t)).body).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'answer-timeout',
      phases: { connect: number, firstByte: null, whole: number },
      response: null,
    });
    await receiver.close();
    expect((await test(t)).body).toMatchObject({
      errorCode: 'connect-refused',
      phases: { connect: null, firstByte: null },
    });
  });

  it('keeps to the addresses that callbacks may be sent to', async () => {
    const t = await started({ settings: { allowPrivateEndpoints: false } });
    const receiver = await receiving();
    await t.configure(receiver.url);
    expect((await test(t)).body).toMatchObject({ outcome: 'blocked', errorCode: 'address-not-allowed' });
    expect(receiver.requests).toEqual([]);
  });

  it('tells each phase as it ends to who asks for events', async () => {
    const t = await started();
    const answers = held(acknowledge);
    const receiver = await receiving(answers.reply);
    await t.configure(receiver.url);
    const response = await fetch(t.url + PATH, {
      method: 'POST',
      headers: { authorization: `Bearer ${t.settings.adminKey ?? ''}`, accept: 'application/x-ndjson' },
    });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    if (response.body === null) throw new Error('no body');
    const events: Readonly<Record<string, unknown>>[] = [];
    for await (const line of createInterface(Readable.fromWeb(response.body))) {
      const event: unknown = JSON.parse(line);
      events.push(members(event));
      // The answer is held back until the first phase is known here.
      answers.release();
    }
    expect(events.map(({ event, phase }) => phase ?? event)).toEqual([
      'connect',
      'firstByte',
      'whole',
      'result',
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'acknowledged', phases: { connect: events[0]?.ms } });
  });
});

describe('a test by an integrator', () => {
  it('is of its own entities alone, and who tested is noted', async () => {
    const t = await started();
    const receiver = await receiving();
    await t.configure(receiver.url);
    const own = await t.as('integrator', [ENTITY]);
    expect((await own('POST', PATH)).body).toMatchObject({ outcome: 'acknowledged' });
    const stranger = await t.as('integrator', [{ organisation: '9900000002', department: '1' }]);
    expect(await stranger('POST', PATH)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await (await t.as('auditor'))('POST', PATH)).status).toBe(403);
    const { body } = await t.call('GET', '/v1/audit?action=entity-tested');
    expect(itemsOf(body.items)).toMatchObject([
      { ...ENTITY, by: { name: expect.stringContaining('integrator') } },
    ]);
  });
});

describe('tests at once', () => {
  it('are one of each entity, whichever process is asked, and some of all', async () => {
    const t = await started();
    const beside = await started({ beside: t });
    const answers = held(acknowledge);
    const receiver = await receiving(answers.reply);
    const entities = Array.from({ length: 9 }, (_, n) => ({
      organisation: String(9_900_000_001 + n),
      department: '1',
    }));
    const pathOf = ({ organisation }: { organisation: string }) => `/v1/entities/${organisation}/1/test`;
    for (const entity of entities) await t.configure(receiver.url, {}, entity);
    const [first, ...others] = entities;
    if (first === undefined) throw new Error('no entity');

    const running = [t.call('POST', pathOf(first))];
    await receiver.times(1);
    for (const service of [t, beside]) {
      expect(await service.call('POST', pathOf(first))).toMatchObject({
        status: 409,
        body: { code: 'test-under-way' },
      });
    }
    for (const entity of others.slice(0, 7)) running.push(t.call('POST', pathOf(entity)));
    await receiver.times(8);
    const last = others[7];
    expect(await t.call('POST', pathOf(last ?? first))).toMatchObject({
      status: 503,
      body: { code: 'busy' },
    });
    answers.release();
    for (const answer of await Promise.all(running)) {
      expect(answer.body).toMatchObject({ outcome: 'acknowledged' });
    }
    expect((await beside.call('POST', pathOf(first))).status).toBe(200);
    expect(await written(t)).toMatchObject([{ tests: 0 }]);
  });

  it('are ended when the service stops, and one whose process died is over after its time', async () => {
    const t = await started();
    const receiver = await receiving(hang);
    await t.configure(receiver.url);
    await t.rows(
      `insert into nt30.aoc_nt_proves (entitat, prova, fins)
       select entitat, gen_random_uuid(), now() - interval '1 second' from nt30.aoc_nt_configuracio_callbacks`,
    );
    const running = test(t);
    await receiver.times(1);
    await t.stop();
    expect((await running).body).toMatchObject({ outcome: 'interrupted', errorCode: 'stopped' });
    expect(await written(t)).toMatchObject([{ tests: 0 }]);
  });
});

describe('no test', () => {
  it('is made of what is not there, not complete, or not asked for rightly', async () => {
    const t = await started();
    expect(await test(t)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    await t.configure(null);
    expect(await test(t)).toMatchObject({
      status: 409,
      body: { code: 'configuration-incomplete', missing: ['endpoint.url'] },
    });
    for (const body of [{ backOffice: '' }, { backOffice: 'x'.repeat(256) }, { url: 'http://a.example/' }]) {
      expect(await test(t, body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    }
    expect(await written(t)).toMatchObject([{ tests: 0 }]);
  });
});
