import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEY_ROLES, type KeyRole } from '../../src/domain/key.ts';
import { itemsOf, type Answer } from '../support/answers.ts';
import { change, configuration, ENTITY } from '../support/changes.ts';
import { listen } from '../support/events.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import { acknowledge, refuse } from '../support/receiver.ts';
import type { CallApi } from '../support/service.ts';

const OTHER = { organisation: '9900000002', department: '7' };
const SIGNER = {
  type: 'interested',
  party: { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } },
};
const NOWHERE = '00000000-0000-7000-8000-000000000000';

const journey = sharedJourney();
const as = new Map<KeyRole, CallApi>();

beforeAll(async () => {
  for (const role of KEY_ROLES) {
    as.set(role, await journey.t.as(role, role === 'integrator' ? [ENTITY] : []));
  }
  await journey.t.configure('http://127.0.0.1:1/other', {}, OTHER);
});

async function call(role: KeyRole, ...request: Parameters<CallApi>): ReturnType<CallApi> {
  const caller = as.get(role);
  if (caller === undefined) throw new Error(`no key of ${role}`);
  return caller(...request);
}

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Null where no key is needed. */
  readonly roles: readonly string[] | null;
}

const OpenApi = Type.Object({
  paths: Type.Record(
    Type.String(),
    Type.Record(Type.String(), Type.Object({ 'x-roles': Type.Optional(Type.Array(Type.String())) })),
  ),
});

async function describedCalls(): Promise<Described[]> {
  const { paths } = Value.Parse(OpenApi, await (await fetch(`${journey.t.url}/openapi.json`)).json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([name, operation]) => {
      const method = (['GET', 'POST', 'PUT', 'DELETE'] as const).find((m) => m === name.toUpperCase());
      if (method === undefined) throw new Error(`an operation ${name}`);
      return { method, path, roles: operation['x-roles'] ?? null };
    }),
  );
}

/** The table of docs/security.md: who may make each call. */
async function documentedCalls(): Promise<Described[]> {
  const document = await readFile(new URL('../../docs/security.md', import.meta.url), 'utf8');
  return document
    .split('\n')
    .filter((line) => /^\| `(GET|POST|PUT|DELETE) /.test(line))
    .map((line) => {
      const [request = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const [, method, path = ''] = /^`(GET|POST|PUT|DELETE) (\S+)`$/.exec(request) ?? [];
      return {
        method: Value.Parse(Type.Enum(['GET', 'POST', 'PUT', 'DELETE']), method),
        path,
        roles: KEY_ROLES.filter((_, column) => cells[column] !== '–'),
      };
    });
}

/** What a role's request with a wrong body is answered; SOAP tells of a role in its own way. */
async function statusOf(role: KeyRole, method: Described['method'], path: string): Promise<number> {
  if (path === '/v1/live') return statusOfStream(role, path);
  const { status, text } = await call(role, method, path, method === 'GET' ? undefined : { wrong: true });
  return text.includes('<CodiError>502</CodiError>') ? 403 : status;
}

/** The status of a call whose answer has no end. */
async function statusOfStream(role: KeyRole, path: string): Promise<number> {
  const { text } = await makeKey(journey.t.database.db, role, {
    entities: role === 'integrator' ? [ENTITY] : [],
  });
  const stream = await listen(journey.t.url + path, text);
  stream.close();
  await stream.ended;
  return stream.status;
}

describe('each call', () => {
  it('is open to the roles that it says, and closed to the others', async () => {
    for (const { method, path, roles } of await describedCalls()) {
      const target = path
        .replace('{organisation}', 'none')
        .replace('{department}', 'none')
        .replace('{id}', NOWHERE);
      if (roles === null) continue;
      for (const role of KEY_ROLES) {
        const status = await statusOf(role, method, target);
        const isOpen = roles.includes(role);
        expect([401, 403].includes(status), `${role}: ${method} ${path} answers ${status}`).toBe(!isOpen);
        expect(status, `${role}: ${method} ${path}`).toBeLessThan(500);
      }
    }
  });

  it('needs a key, but for those of monitoring and of signing in', async () => {
    const open = (await describedCalls()).filter(({ roles }) => roles === null);
    const session = ['/v1/session', '/v1/session', '/v1/session'];
    const paths = open.map(({ path }) => path).sort();
    expect(paths).toEqual(['/health/live', '/health/ready', '/metrics', ...session]);
  });

  it.each(['OnLine', 'Diari'])(
    'that lists %s deliveries has none of others’ for an integrator',
    async (kind) => {
      const path = `/v1/deliveries?organisation=another&department=1&kind=${kind}`;
      expect(await call('integrator', 'GET', path)).toMatchObject({ status: 200, body: { items: [] } });
    },
  );

  it('stands in docs/security.md with its roles', async () => {
    const text = ({ method, path, roles }: Described): string =>
      `${method} ${path}: ${KEY_ROLES.filter((role) => roles?.includes(role)).join(', ')}`;
    const described = (await describedCalls()).filter(({ roles }) => roles !== null);
    expect((await documentedCalls()).map(text).sort()).toEqual(described.map(text).sort());
  });
});

/** One refused and then acknowledged delivery of each entity, and an address of everything about it. */
async function deliverToBoth() {
  const { t, receiver } = journey;
  receiver.reply = (request, response) =>
    request.attempt === 1
      ? refuse('quotes Persona Inventada')(request, response)
      : acknowledge(request, response);
  await t.configure(receiver.url, {}, OTHER);
  const about = async (entity: typeof ENTITY) => {
    const notification = fresh();
    const delivery = await t.deliver(change({ notification, entity, state: 'ACCEPTADA', signer: SIGNER }));
    await t.finished(delivery);
    const log = await t.call('GET', `/v1/communications?notification=${notification}`);
    const communication = itemsOf(log.body.items).at(-1)?.id;
    return { notification, delivery, communication: String(communication) };
  };
  return { own: await about(ENTITY), other: await about(OTHER) };
}

const ids = ({ body }: Answer): unknown[] => itemsOf(body.items).map(({ id }) => id);

describe('an integrator', () => {
  it('sees in every list its own entities alone', async () => {
    const { own, other } = await deliverToBoth();
    const lists = {
      deliveries: ids(await call('integrator', 'GET', '/v1/deliveries?limit=200')),
      communications: ids(await call('integrator', 'GET', '/v1/communications?limit=200')),
    };
    expect(lists.deliveries).toContain(own.delivery);
    expect(lists.deliveries).not.toContain(other.delivery);
    expect(lists.communications).toContain(own.communication);
    expect(lists.communications).not.toContain(other.communication);
    const entities = await call('integrator', 'GET', '/v1/entities');
    expect(itemsOf(entities.body.items)).toMatchObject([ENTITY]);
    for (const query of [
      'organisation=9900000002',
      'department=7',
      'organisation=9900000002&department=7',
      `notification=${other.notification}`,
    ]) {
      for (const list of ['deliveries', 'communications']) {
        const answer = await call('integrator', 'GET', `/v1/${list}?${query}`);
        expect(answer, `${list} ${query}`).toMatchObject({ status: 200, body: { items: [], next: null } });
      }
    }
  });

  it('sees its own whole, and what is another’s as if it did not exist', async () => {
    const { own, other } = await deliverToBoth();
    const seen = await call('integrator', 'GET', `/v1/communications/${own.communication}`);
    expect(JSON.stringify(seen.body)).toContain('Persona Inventada');
    for (const [path, absent] of [
      [`/v1/deliveries/${other.delivery}`, `/v1/deliveries/${NOWHERE}`],
      [`/v1/communications/${other.communication}`, `/v1/communications/${NOWHERE}`],
      [`/v1/notifications/${other.notification}`, '/v1/notifications/1'],
      ['/v1/entities/9900000002/7', '/v1/entities/9900000099/1'],
    ] as const) {
      expect((await journey.t.call('GET', path)).status, path).toBe(200);
      const refused = await call('integrator', 'GET', path);
      const missing = await call('integrator', 'GET', absent);
      expect([refused.status, refused.body], path).toEqual([404, missing.body]);
    }
  });

  it('puts the endpoints of its own entities, and nothing else', async () => {
    const { t } = journey;
    const path = '/v1/entities/9900000001/1';
    const before = (await t.call('GET', path)).body;
    const url = 'https://backoffice.example/new';
    const put = await call('integrator', 'PUT', path, { ...before, endpoint: { url } });
    expect(put).toMatchObject({ status: 200, body: { endpoint: { url }, online: before.online } });
    for (const [member, value] of Object.entries({
      organisationName: 'Una altra',
      online: false,
      sendCancelled: false,
      retryDelays: ['1m'],
    })) {
      const refused = await call('integrator', 'PUT', path, { ...before, [member]: value });
      expect(refused).toMatchObject({
        status: 403,
        body: { code: 'forbidden', fields: [{ field: member }] },
      });
    }
    expect((await t.call('GET', path)).body).toEqual(put.body);
  });

  it('makes no configuration: its own that is not there and another’s are answered alike', async () => {
    const call2 = await journey.t.as('integrator', [{ organisation: '9900000003', department: '1' }]);
    const body = configuration('https://backoffice.example/');
    const own = await call2('PUT', '/v1/entities/9900000003/1', body);
    const other = await call2('PUT', '/v1/entities/9900000001/1', body);
    expect([own.status, own.body]).toEqual([404, other.body]);
    expect(other.status).toBe(404);
  });

  it('of several entities sees them all, and asks for a delivery’s status by entity', async () => {
    const { own, other } = await deliverToBoth();
    const both = await journey.t.as('integrator', [ENTITY, OTHER, { organisation: '1', department: '1' }]);
    for (const [list, wanted] of [
      ['deliveries', [own.delivery, other.delivery]],
      ['communications', [own.communication, other.communication]],
    ] as const) {
      expect(ids(await both('GET', `/v1/${list}?limit=200`))).toEqual(expect.arrayContaining([...wanted]));
      const one = ids(await both('GET', `/v1/${list}?organisation=9900000002`));
      expect(one).toContain(wanted[1]);
      expect(one).not.toContain(wanted[0]);
    }
    expect(await both('GET', '/v1/communications?status=acknowledged')).toMatchObject({
      status: 400,
      body: { fields: [{ field: 'status' }] },
    });
    const narrow = await both('GET', '/v1/communications?status=acknowledged&organisation=9900000001');
    expect(ids(narrow)).toContain(own.communication);
    const found = await both(
      'GET',
      `/v1/communications?status=acknowledged&notification=${own.notification}`,
    );
    expect(ids(found)).toContain(own.communication);
  });
});

describe('an auditor', () => {
  it('sees all entities, and nothing of what messages say', async () => {
    const { own, other } = await deliverToBoth();
    for (const path of [
      `/v1/communications?notification=${own.notification}`,
      `/v1/communications/${other.communication}`,
      `/v1/deliveries/${own.delivery}`,
      `/v1/notifications/${other.notification}`,
    ]) {
      const seen = await call('auditor', 'GET', path);
      expect(seen.status).toBe(200);
      expect(JSON.stringify(seen.body), path).not.toMatch(/Persona|00000000T/);
      const operator = await call('operator', 'GET', path);
      expect(JSON.stringify(operator.body), path).toMatch(/Persona|00000000T/);
    }
    const row = await call('auditor', 'GET', `/v1/communications/${own.communication}`);
    expect(row.body).toMatchObject({ request: null, response: null, errorText: null, outcome: 'refused' });
  });
});

describe('the audit trail', () => {
  it('says who did what to which entity, delivery and key, and no secret', async () => {
    const { t } = journey;
    const entity = { organisation: '9900000009', department: '1' };
    const path = '/v1/entities/9900000009/1';
    const secret = 'secret-of-an-endpoint';
    const body = configuration('https://backoffice.example/');
    await t.call('PUT', path, body);
    const endpoint = {
      url: 'https://backoffice.example/',
      authentication: { type: 'bearer', token: secret },
    };
    await t.call('PUT', path, { ...body, endpoint });
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.finished(delivery);
    const { body: resent } = await call('operator', 'POST', `/v1/deliveries/${delivery}/resend`, {});
    await t.configure(null, {}, entity);
    const waiting = await t.deliver(change({ notification: fresh(), entity }));
    await call('operator', 'POST', `/v1/deliveries/${waiting}/cancel`, {
      reason: 'quotes Persona Inventada',
    });
    await t.call('DELETE', path);
    const { body: key } = await t.call('POST', '/v1/keys', { name: 'nova', role: 'auditor' });
    await t.call('DELETE', `/v1/keys/${String(key.id)}`);

    const trail = await call('auditor', 'GET', '/v1/audit?limit=8');
    const rows = itemsOf(trail.body.items).toReversed();
    const { organisation, department } = entity;
    expect(rows).toMatchObject([
      { action: 'entity-created', organisation, department, by: { name: 'ADMIN_KEY' } },
      {
        action: 'entity-replaced',
        organisation,
        detail: {
          changed: ['endpoint.timeoutMs', 'endpoint.authentication.type', 'endpoint.authentication.token'],
        },
      },
      {
        action: 'delivery-resent',
        ...ENTITY,
        delivery,
        by: { name: 'operator’s' },
        detail: { resentAs: resent.id },
      },
      { action: 'entity-replaced', organisation },
      { action: 'delivery-cancelled', organisation, delivery: waiting },
      { action: 'entity-deleted', organisation },
      { action: 'key-created', key: key.id, organisation: null, detail: { name: 'nova', role: 'auditor' } },
      { action: 'key-revoked', key: key.id },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${secret}|Persona|${String(key.key)}`));

    const list = async (query: string): Promise<unknown[]> =>
      itemsOf((await call('auditor', 'GET', `/v1/audit?${query}`)).body.items).map(({ action }) => action);
    expect(await list('organisation=9900000009&department=1')).toEqual([
      'entity-deleted',
      'delivery-cancelled',
      'entity-replaced',
      'entity-replaced',
      'entity-created',
    ]);
    expect(await list(`organisation=9900000009&action=entity-deleted`)).toEqual(['entity-deleted']);
    const by = itemsOf(trail.body.items).find(({ action }) => action === 'delivery-resent')?.by;
    const { key: operator } = Value.Parse(Type.Object({ key: Type.String() }), by);
    expect(new Set(await list(`by=${operator}`))).toEqual(new Set(['delivery-cancelled', 'delivery-resent']));
    expect(await list('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await call('auditor', 'GET', '/v1/audit?by=x')).status).toBe(400);
  });

  it('is read page by page, and takes new rows alone', async () => {
    const whole = ids(await call('auditor', 'GET', '/v1/audit?limit=200'));
    const paged: unknown[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await call('auditor', 'GET', `/v1/audit?limit=3${next === '' ? '' : `&after=${next}`}`);
      paged.push(...ids(page));
      next = Value.Parse(Type.Union([Type.String(), Type.Null()]), page.body.next);
    }
    expect(paged).toEqual(whole);
    for (const statement of ['update', 'delete', 'truncate'] as const) {
      const sql = {
        update: `update nt30.aoc_nt_auditoria set nom_autor = 'nobody'`,
        delete: 'delete from nt30.aoc_nt_auditoria',
        truncate: 'truncate nt30.aoc_nt_auditoria',
      }[statement];
      await expect(journey.t.rows(sql)).rejects.toThrow('new rows alone');
    }
  });
});
