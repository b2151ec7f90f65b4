import { once } from 'node:events';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fingerprintOf, parseCertificates } from '../../src/domain/certificate.ts';
import { createAuthority, expired } from '../support/certificates.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import { recoverMessage, recoverRequest } from '../support/recover.ts';
import { startTestService, TEST_KEY, type TestService } from '../support/service.ts';

const OTHER = { organisation: '9900000002', department: '7' };
const authority = createAuthority();
const server = authority.issue(['127.0.0.1']);
const own = authority.issue(['integrador.example']);
const stranger = createAuthority('Una Altra Autoritat').issue(['integrador.example']);
const ended = authority.issue(['integrador.example'], expired());
const notification = fresh();

let t: TestService;

beforeAll(async () => {
  t = await startTestService({
    settings: { tlsCertificate: server.certificate, tlsKey: server.key },
  });
  for (const entity of [ENTITY, OTHER]) {
    const { organisation, department } = entity;
    const configuration = {
      organisationName: 'Ajuntament Inventat',
      departmentName: 'Secretaria',
      online: false,
    };
    await call('PUT', `/v1/entities/${organisation}/${department}`, JSON.stringify(configuration));
  }
  await call('POST', '/v1/state-changes', JSON.stringify(change({ notification })));
});

afterAll(() => t.close());

interface Shown {
  readonly certificate: string;
  readonly key: string;
}

/** One request over a connection of its own, which shows a client certificate or none. */
async function send(
  method: string,
  path: string,
  {
    body,
    headers = {},
    shown = null,
  }: { body?: string; headers?: Record<string, string>; shown?: Shown | null },
): Promise<{ status: number; body: string }> {
  const outgoing = request(t.url + path, {
    method,
    headers,
    agent: false,
    ca: authority.certificate,
    ...(shown === null ? {} : { cert: shown.certificate, key: shown.key }),
  });
  outgoing.end(body);
  const [message] = await once(outgoing, 'response');
  return { status: message.statusCode, body: await text(message) };
}

async function call(method: string, path: string, body?: string): Promise<{ status: number; body: string }> {
  const headers = { authorization: `Bearer ${TEST_KEY}` };
  if (body === undefined) return send(method, path, { headers });
  return send(method, path, { body, headers: { ...headers, 'content-type': 'application/json' } });
}

async function pull(shown: Shown | null, entity = ENTITY): Promise<{ status: number; body: string }> {
  return send('POST', '/soap/reports/4.0', {
    body: recoverMessage(recoverRequest({ ...entity, notification })),
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    shown,
  });
}

async function makeKey(certificate: string, more: object = {}): Promise<{ status: number; body: string }> {
  const body = { name: 'GESTEXP', role: 'integrator', entities: [ENTITY], certificate, ...more };
  return call('POST', '/v1/keys', JSON.stringify(body));
}

it('the API listens over HTTPS', async () => {
  expect(t.url).toMatch(/^https:/);
  expect((await send('GET', '/health/live', {})).status).toBe(200);
});

it('reports are pulled with a client certificate in the key’s place, of its own entities alone', async () => {
  expect((await pull(own)).status).toBe(401);
  const made = await makeKey(own.certificate);
  const [certificate] = parseCertificates(own.certificate) ?? [];
  expect(made.status).toBe(201);
  expect(JSON.parse(made.body)).toMatchObject({
    certificate: certificate === undefined ? null : fingerprintOf(certificate),
  });
  const pulled = await pull(own);
  expect(pulled.status).toBe(200);
  expect(pulled.body).toContain(`<IdNotificacio>${notification}</IdNotificacio>`);
  expect((await pull(own, OTHER)).body).toContain('<CodiError>504</CodiError>');
});

it('no other call takes it, and no other certificate opens anything', async () => {
  const path = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
  expect((await send('GET', path, { shown: own })).status).toBe(401);
  expect((await pull(null)).status).toBe(401);
  expect((await pull(stranger)).status).toBe(401);
});

it('its fingerprint, which is public, is no key', async () => {
  const [certificate] = parseCertificates(own.certificate) ?? [];
  const fingerprint = certificate === undefined ? '' : fingerprintOf(certificate);
  for (const secret of [fingerprint, `certificate ${fingerprint}`]) {
    const headers = {
      'content-type': 'text/xml; charset=utf-8',
      authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`,
    };
    const body = recoverMessage(recoverRequest({ ...ENTITY, notification }));
    expect((await send('POST', '/soap/reports/4.0', { body, headers })).status).toBe(401);
  }
});

it('one certificate stands for one key, goes over to its successor, and ends with it', async () => {
  expect(await makeKey(own.certificate)).toMatchObject({ status: 409 });
  const listed: { items: { id: string; certificate: string | null }[] } = JSON.parse(
    (await call('GET', '/v1/keys')).body,
  );
  const old = listed.items.find(({ certificate }) => certificate !== null);
  const rotated: { id: string } = JSON.parse((await call('POST', `/v1/keys/${old?.id}/rotate`, '{}')).body);
  expect((await pull(own)).status).toBe(200);
  expect((await call('DELETE', `/v1/keys/${rotated.id}`)).status).toBe(204);
  expect((await pull(own)).status).toBe(401);
  expect((await makeKey(own.certificate)).status).toBe(201);
  expect((await pull(own)).status).toBe(200);
});

it('a certificate that has expired, a chain, and one for another role are refused', async () => {
  for (const [certificate, more] of [
    [ended.certificate, {}],
    [own.certificate + authority.certificate, {}],
    ['-----BEGIN NOTHING-----', {}],
    [stranger.certificate, { role: 'backend', entities: null }],
  ] as const) {
    expect(await makeKey(certificate, more)).toMatchObject({ status: 400 });
  }
});
