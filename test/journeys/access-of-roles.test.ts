import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { itemsOf, type Answer } from '../support/answers.ts';
import { change, configuration, ENTITY } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import { acknowledge, refuse } from '../support/receiver.ts';
import { OTHER, roleJourney } from '../support/roles.ts';

const { journey, call } = roleJourney();

const SIGNER = {
  type: 'interested',
  party: { person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' } },
};
const NOWHERE = '00000000-0000-7000-8000-000000000000';

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
