import { describe, expect, it } from 'vitest';
import { DEFAULT_ALERTS } from '../../src/alert-settings.ts';
import type { TroublePolicy } from '../../src/domain/health.ts';
import { listTroubledEndpoints } from '../../src/store/troubled-endpoints.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change, configuration, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, fault, held, httpStatus, inTurn, refuse } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving } = journeyTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}`;
const OTHER = { organisation: '9900000002', department: '1' };
const NEVER: TroublePolicy = { stagesMs: [], suspendAfterMs: null };
const SOON: TroublePolicy = { stagesMs: [], suspendAfterMs: 1 };

/** A service that judges endpoints by a policy; its retries come quickly. */
async function judging(
  policy: TroublePolicy,
  more: Parameters<typeof started>[0] = {},
): Promise<TestService> {
  return started({ ...more, settings: { ...more.settings, alerts: { ...DEFAULT_ALERTS, policy } } });
}

const troubled = async (t: TestService, query = '') =>
  itemsOf((await t.call('GET', `/v1/endpoints${query}`)).body.items);

async function waitsFor(t: TestService, delivery: string, reason: string): Promise<void> {
  await until(async () => ((await t.delivery(delivery)).waitingFor === reason ? true : null));
}

async function suspended(t: TestService, count = 1): Promise<void> {
  await until(async () => {
    const items = await troubled(t);
    return items.filter(({ suspendedSince }) => suspendedSince !== null).length === count ? true : null;
  });
}

describe('the health of an endpoint', () => {
  it('has no row while all is well', async () => {
    const t = await judging(NEVER);
    const receiver = await receiving();
    await t.configure(receiver.url);
    await t.finished(await t.deliver(change({ notification: fresh() })));
    expect(await t.rows('select from nt30.aoc_nt_salut_punts')).toEqual([]);
    expect(await troubled(t)).toEqual([]);
  });

  it.each([
    ['refused', refuse('No'), { lastErrorCode: 'error-element', lastHttpStatus: 200 }],
    ['faulted', fault('No'), { lastErrorCode: 'soap-fault', lastHttpStatus: 500 }],
    ['http-error', httpStatus(401), { lastErrorCode: 'http-401', lastHttpStatus: 401 }],
    ['http-error', httpStatus(403), { lastErrorCode: 'http-403', lastHttpStatus: 403 }],
    ['http-error', httpStatus(503), { lastErrorCode: 'http-503', lastHttpStatus: 503 }],
  ] as const)('goes by what is %s (%#), until one is acknowledged', async (lastOutcome, reply, last) => {
    const t = await judging(NEVER, { settings: { retrySchedule: [1, 60_000] } });
    const receiver = await receiving(reply);
    await t.configure(receiver.url);
    const before = Date.now();
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery && event.attempt === 2);
    const [endpoint, ...others] = await troubled(t);
    expect(others).toEqual([]);
    expect(endpoint).toMatchObject({
      ...ENTITY,
      backOffice: null,
      origin: new URL(receiver.url).origin,
      failures: 2,
      lastOutcome,
      ...last,
      suspendedSince: null,
      waiting: 1,
    });
    const since = Date.parse(String(endpoint?.failingSince));
    expect(since).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(String(endpoint?.lastFailureAt))).toBeGreaterThanOrEqual(since);

    receiver.reply = acknowledge;
    await t.finished(await t.deliver(change({ notification: fresh() })));
    expect(await troubled(t)).toEqual([]);
  });

  it('goes by unreachability, and shows the window of the server with its next probe', async () => {
    const t = await judging(NEVER, { settings: { retrySchedule: [1, 1, 1, 1, 1, 1] } });
    await t.configure('http://127.0.0.1:9/reports');
    await t.take(...Array.from({ length: 4 }, () => change({ notification: fresh() })));
    const endpoint = await until(async () => {
      const [found] = await troubled(t);
      return found?.window === 1 ? found : null;
    });
    expect(endpoint).toMatchObject({ lastOutcome: 'unreachable', lastErrorCode: 'connect-refused' });
    const probed = Date.parse(String(endpoint.probedSince));
    expect(Date.parse(String(endpoint.nextProbeAt)) - probed).toBeGreaterThanOrEqual(29_000);
    const { text } = await t.call('GET', '/metrics');
    expect(text).toMatch(/^enotum_endpoints_failing 1$/m);
    expect(text).toMatch(/^enotum_endpoints_suspended 0$/m);
    expect(text).toMatch(/^enotum_origins_probed 1$/m);
    expect(
      text
        .split('\n')
        .filter((line) => /endpoints_|origins_/.test(line))
        .join(),
    ).not.toMatch(/9900|127/);
  });

  it('is each endpoint’s own: those of back offices apart, the worst first, page by page', async () => {
    const t = await judging(NEVER, { settings: { retrySchedule: [60_000] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url, { backOffices: { GEST: { endpoint: { url: `${receiver.url}/gest` } } } });
    await t.configure(receiver.url, {}, OTHER);
    const fail = async (options: Parameters<typeof change>[0]) => {
      const delivery = await t.deliver(change({ notification: fresh(), ...options }));
      await t.attempted((event) => event.delivery === delivery);
    };
    await fail({ backOffice: 'GEST' });
    await fail({ entity: OTHER });
    await fail({});
    const all = await troubled(t);
    expect(all.map(({ organisation, backOffice }) => [organisation, backOffice])).toEqual([
      [ENTITY.organisation, 'GEST'],
      [OTHER.organisation, null],
      [ENTITY.organisation, null],
    ]);
    const { body: first } = await t.call('GET', '/v1/endpoints?limit=2');
    const { body: second } = await t.call('GET', `/v1/endpoints?limit=2&after=${String(first.next)}`);
    expect([...itemsOf(first.items), ...itemsOf(second.items)]).toEqual(all);
    expect(second.next).toBeNull();
    expect(await troubled(t, `?organisation=${OTHER.organisation}`)).toEqual([all[1]]);
    expect((await t.call('GET', '/v1/endpoints?after=x')).status).toBe(400);

    // An integrator sees its own.
    const integrator = await t.as('integrator', [OTHER]);
    expect((await integrator('GET', '/v1/endpoints')).body).toEqual({ items: [all[1]], next: null });
    expect(await listTroubledEndpoints(t.database.db, NOBODY, 10)).toEqual([]);
  });

  it('ends with its endpoint', async () => {
    const t = await judging(NEVER, { settings: { retrySchedule: [60_000] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url, { backOffices: { GEST: { endpoint: { url: receiver.url } } } });
    const delivery = await t.deliver(change({ notification: fresh(), backOffice: 'GEST' }));
    await t.attempted((event) => event.delivery === delivery);
    await t.configure(receiver.url);
    expect(await troubled(t)).toEqual([]);
  });
});

const NOBODY = { scope: [], organisation: null, department: null, after: null };

describe('an endpoint that does nothing but fail', () => {
  it('is suspended: what waits and what comes is held, spends nothing, and goes out in order when resumed', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 60_000] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    const notification = fresh();
    const first = await t.deliver(change({ notification }));
    const second = await t.deliver(change({ notification, minute: 1, state: 'ACCEPTADA' }));
    await waitsFor(t, first, 'suspended');
    const later = await t.deliver(change({ notification: fresh(), minute: 2 }));
    expect(await t.delivery(first)).toMatchObject({ status: 'retrying', attempts: 2, nextAttemptAt: null });
    expect(await t.delivery(second)).toMatchObject({ waitingFor: 'earlier', attempts: 0 });
    expect(await t.delivery(later)).toMatchObject({ waitingFor: 'suspended', attempts: 0 });
    expect(await troubled(t)).toMatchObject([{ failures: 2, waiting: 3, lastOutcome: 'refused' }]);
    const [endpoint] = await troubled(t);
    expect(endpoint?.suspendedSince).not.toBeNull();
    const entity = await t.call('GET', PATH);
    expect(entity.body.suspended).toEqual([{ backOffice: null, since: endpoint?.suspendedSince }]);
    // What GET answers may be put again, and leaves the suspension as it is.
    const put = await t.call('PUT', PATH, entity.body);
    expect(put.body).toEqual(entity.body);
    expect((await t.call('GET', '/metrics')).text).toMatch(/^enotum_endpoints_suspended 1$/m);

    // Another entity's deliveries go by over the same server.
    await t.configure(receiver.url, {}, OTHER);
    receiver.reply = acknowledge;
    await t.finished(await t.deliver(change({ notification: fresh(), entity: OTHER })));
    expect(receiver.requests).toHaveLength(3);

    expect(await t.call('POST', `${PATH}/resume`)).toMatchObject({ status: 200, body: { suspended: [] } });
    // The first one's next attempt keeps its time, as after a pause; the later one was due.
    await t.finished(later);
    expect(await troubled(t)).toEqual([]);
    const { body } = await t.call('GET', '/v1/audit?limit=10');
    const actions = itemsOf(body.items).map(({ action, by }) => [action, members(by).name]);
    expect(actions).toContainEqual(['endpoint-suspended', 'enotum-callbacks']);
    expect(actions).toContainEqual(['entity-resumed', 'ADMIN_KEY']);
  });

  it('goes on after a test that is acknowledged, in the order of what became due', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 5, 5, 5, 5, 5] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    const first = await t.deliver(change({ notification: fresh() }));
    await waitsFor(t, first, 'suspended');
    const others: string[] = [];
    for (let count = 0; count < 3; count += 1)
      others.push(await t.deliver(change({ notification: fresh() })));
    const { attempts } = await t.delivery(first);

    expect((await t.call('POST', `${PATH}/test`)).body).toMatchObject({ outcome: 'refused', retrying: 0 });
    expect(await t.delivery(first)).toMatchObject({ waitingFor: 'suspended', attempts });
    receiver.reply = acknowledge;
    const before = receiver.requests.length;
    expect((await t.call('POST', `${PATH}/test`)).body).toMatchObject({ outcome: 'acknowledged' });
    for (const id of [first, ...others]) await t.finished(id);
    const sent = receiver.requests.slice(before + 1).map(({ delivery }) => delivery);
    expect(new Set(sent)).toEqual(new Set([first, ...others]));
    expect(await troubled(t)).toEqual([]);
    const audit = itemsOf((await t.call('GET', '/v1/audit')).body.items);
    expect(audit).toContainEqual(
      expect.objectContaining({ action: 'endpoint-resumed', ...ENTITY, detail: { backOffice: null } }),
    );
  });

  it('is one endpoint: a back office’s own is suspended apart from the entity’s, and resumed apart', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 60_000] } });
    const receiver = await receiving(refuse('No'));
    const good = await receiving();
    await t.configure(good.url, { backOffices: { GEST: { endpoint: { url: receiver.url } } } });
    const failing = await t.deliver(change({ notification: fresh(), backOffice: 'GEST' }));
    await waitsFor(t, failing, 'suspended');
    // The entity's own, and a back office without an endpoint of its own, go there as before.
    await t.finished(await t.deliver(change({ notification: fresh() })));
    await t.finished(await t.deliver(change({ notification: fresh(), backOffice: 'ALTRE' })));
    expect(await troubled(t)).toMatchObject([{ backOffice: 'GEST' }]);
    // A test of the entity's own endpoint says nothing of the back office's.
    await t.call('POST', `${PATH}/test`);
    expect(await t.delivery(failing)).toMatchObject({ waitingFor: 'suspended' });
    receiver.reply = acknowledge;
    // Its retry is far off: it may be asked for, which the test says.
    expect((await t.call('POST', `${PATH}/test`, { backOffice: 'GEST' })).body).toMatchObject({
      outcome: 'acknowledged',
      retrying: 1,
    });
    expect(await t.delivery(failing)).toMatchObject({ waitingFor: 'retry' });
  });

  it('leaves its deliveries to what holds the endpoint that they go to once its own is taken away', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 5, 5] } });
    const receiver = await receiving(refuse('No'));
    const good = await receiving();
    await t.configure(good.url, { backOffices: { GEST: { endpoint: { url: receiver.url } } } });
    const delivery = await t.deliver(change({ notification: fresh(), backOffice: 'GEST' }));
    await waitsFor(t, delivery, 'suspended');
    await t.configure(good.url);
    expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged' });
  });

  it('stays suspended under another configuration, and paused when only a test lifts it', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 60_000] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await waitsFor(t, delivery, 'suspended');
    const good = await receiving();
    await t.configure(good.url);
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'suspended' });
    await t.call('POST', `${PATH}/pause`);
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'paused' });
    await t.call('POST', `${PATH}/test`);
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'paused' });
    expect(await troubled(t)).toEqual([]);
    await t.call('POST', `${PATH}/resume`);
    expect(await t.delivery(delivery)).toMatchObject({ waitingFor: 'retry' });
  });

  it('is resumed by an attempt under way that is acknowledged after all', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 60_000] } });
    const slow = held(acknowledge);
    const receiver = await receiving(slow.reply);
    await t.configure(receiver.url);
    const late = await t.deliver(change({ notification: fresh() }));
    await receiver.first(({ delivery }) => delivery === late);
    receiver.reply = refuse('No');
    const failing = await t.deliver(change({ notification: fresh() }));
    await suspended(t);
    slow.release();
    await t.finished(late);
    await until(async () => ((await troubled(t)).length === 0 ? true : null));
    expect(await t.delivery(failing)).toMatchObject({ waitingFor: 'retry' });
  });

  it('is left alone where that is off, and while its failures do not span the time', async () => {
    const t = await judging(
      { stagesMs: [], suspendAfterMs: 600_000 },
      { settings: { retrySchedule: [1, 1] } },
    );
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    expect(await t.finished(await t.deliver(change({ notification: fresh() })))).toMatchObject({
      status: 'exhausted',
    });
    expect(await troubled(t)).toMatchObject([{ failures: 3, suspendedSince: null }]);
    receiver.reply = inTurn(acknowledge);
    await t.finished(await t.deliver(change({ notification: fresh() })));
  });

  it('can be deleted and configured anew, without what was held against it', async () => {
    const t = await judging(SOON, { settings: { retrySchedule: [5, 60_000] } });
    const receiver = await receiving(refuse('No'));
    await t.configure(receiver.url);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await waitsFor(t, delivery, 'suspended');
    await t.call('POST', `/v1/deliveries/${delivery}/cancel`);
    expect((await t.call('DELETE', PATH)).status).toBe(204);
    expect((await t.call('PUT', PATH, configuration(receiver.url))).status).toBe(201);
    receiver.reply = acknowledge;
    await t.finished(await t.deliver(change({ notification: fresh() })));
  });
});

describe('the policy', () => {
  it('is printed by the API', async () => {
    const t = await judging({ stagesMs: [60_000, 3_600_000], suspendAfterMs: null });
    expect(await t.call('GET', '/v1/policy')).toMatchObject({
      status: 200,
      body: {
        retryDelays: ['20ms', '20ms', '20ms', '20ms', '20ms', '20ms'],
        window: { start: 8, most: 64, recovered: 4, firstProbeAfter: '30s', lastProbeAfter: '5m' },
        endpoints: { warnAfter: ['1m', '1h'], suspendAfter: 'off' },
      },
    });
  });
});
