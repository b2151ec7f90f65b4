import { describe, expect, it } from 'vitest';
import { countActivity } from '../../src/store/activity-counting.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, httpStatus, inTurn, refuse } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { TEST_KEY } from '../support/service.ts';

const { started, receiving } = journeyTest();
const OTHER = { organisation: '9900000002', department: '7' };

const PATHS = { now: '/v1/now', week: '/v1/activity?span=week', hour: '/v1/activity?span=hour' };

async function deliver(t: TestService, entity: typeof ENTITY): Promise<void> {
  await t.finished(await t.deliver(change({ notification: fresh(), entity })));
}

describe('whether everything goes out', () => {
  it('is said in the language that is asked for, Catalan by default', async () => {
    const receiver = await receiving();
    const t = await started();
    await t.configure(receiver.url);
    await deliver(t, ENTITY);
    const { body, status } = await t.call('GET', PATHS.now);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      sentence: 'Tot surt: no hi ha res que esperi.',
      level: 'ok',
      waiting: 0,
      inFlight: 0,
      oldestWaitingAt: null,
      oldestOverdueAt: null,
      lastHour: { acknowledged: 1, failed: 0, exhausted: 0 },
      database: { state: 'ok' },
      queue: { state: 'ok' },
      trouble: [],
      troubleTotal: 0,
    });
    expect((await t.call('GET', `${PATHS.now}?lang=en`)).body.sentence).toBe(
      'Everything goes out: nothing waits.',
    );
    const spanish = await fetch(t.url + PATHS.now, {
      headers: { authorization: `Bearer ${TEST_KEY}`, 'accept-language': 'es-ES, en;q=0.5' },
    });
    expect(spanish.headers.get('content-language')).toBe('es');
    expect(members(await spanish.json()).sentence).toBe('Todo sale: no hay nada que espere.');
    expect((await t.call('GET', `${PATHS.now}?lang=fr`)).status).toBe(400);
  });

  it('names what does not, the worst first, and whose side it is', async () => {
    const failing = await receiving(httpStatus(503));
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await t.configure(failing.url);
    await t.configure('https://backoffice.example/reports', {}, OTHER);
    await t.call('POST', '/v1/entities/9900000002/7/pause', { reason: 'obres' });
    const held = await t.deliver(change({ notification: fresh(), entity: OTHER }));
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery);
    const { body } = await t.call('GET', `${PATHS.now}?lang=en`);
    expect(body).toMatchObject({
      level: 'warning',
      sentence: 'Not everything goes out: 2 endpoints are in trouble. Waiting in all: 2 deliveries.',
      waiting: 2,
      inFlight: 0,
      oldestOverdueAt: null,
      lastHour: { acknowledged: 0, failed: 1, exhausted: 0 },
      trouble: [
        {
          cause: 'failing',
          ...ENTITY,
          entityName: 'Ajuntament Inventat, Secretaria',
          origin: new URL(failing.url).origin,
          code: 'http-503',
          httpStatus: 503,
          failures: 1,
          waiting: 1,
          stage: null,
          suspended: null,
        },
        { cause: 'paused', ...OTHER, pauseReason: 'obres', waiting: 1, nextAttemptAt: null },
      ],
      troubleTotal: 2,
    });
    const [first, second] = itemsOf(body.trouble);
    expect(String(first?.sentence)).toMatch(
      /^The web service of Ajuntament Inventat has been failing since \S+ at \S+: 1 attempt without an acknowledgement; it answered 503\. It is the integrator’s to mend\.$/,
    );
    expect(String(second?.sentence)).toContain('The reason: obres.');
    expect(Date.parse(String(first?.nextAttemptAt))).toBeGreaterThan(Date.now());
    const oldest = await t.delivery(held);
    expect(body.oldestWaitingAt).toBe(oldest.createdAt);
  });

  it('counts what was exhausted in the last hour, the same once the log is counted', async () => {
    const receiver = await receiving(refuse('no'));
    const t = await started({ settings: { retrySchedule: [1] } });
    await t.configure(receiver.url);
    await deliver(t, ENTITY);
    const before = (await t.call('GET', PATHS.now)).body;
    expect(before).toMatchObject({ lastHour: { acknowledged: 0, failed: 2, exhausted: 1 } });
    await countActivity(t.database.db);
    expect((await t.call('GET', PATHS.now)).body.lastHour).toEqual(before.lastHour);
  });
});

describe('the activity', () => {
  it.each(['hour', 'day', 'week'])('of a %s has all its buckets, and every attempt in one', async (span) => {
    const receiver = await receiving(inTurn(refuse('no'), httpStatus(500), acknowledge));
    const t = await started();
    await t.configure(receiver.url);
    await deliver(t, ENTITY);
    const read = async () => (await t.call('GET', `/v1/activity?span=${span}`)).body;
    const live = await read();
    expect(itemsOf(live.buckets)).toHaveLength({ hour: 60, day: 24, week: 7 }[span] ?? 0);
    expect(live.totals).toMatchObject({
      acknowledged: 1,
      refused: 1,
      'http-error': 1,
      faulted: 0,
      answered: 0,
    });
    const own = await t.as('integrator', [ENTITY, OTHER]);
    expect((await own('GET', `/v1/activity?span=${span}`)).body).toEqual(live);
    const ofOne = `/v1/activity?span=${span}&organisation=9900000001&department=1`;
    expect((await t.call('GET', ofOne)).body).toEqual(live);
  });

  it('counts again what comes late, and nothing twice', async () => {
    const t = await started({ roles: ['api', 'relay', 'worker'] });
    await t.rows(
      `insert into nt30.aoc_nt_logs_comunicacio (log, enviament, organisme, departament, fase, intent, inici,
         durada_ms, resultat)
       select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
         gen_random_uuid(), '9900000001', '1', 'FASE_REPORT_ONLINE', 1, at, 12, 'acknowledged'
       from (select n, now() - n * interval '37 minutes' as at, lpad(to_hex(
           floor(extract(epoch from now() - n * interval '37 minutes') * 1000)::bigint), 12, '0') as h
         from generate_series(0, 199) n) r`,
    );
    const read = async (query: string) => (await t.call('GET', `/v1/activity?span=${query}`)).body;
    const entity = '&organisation=9900000001&department=1';
    const live = { day: await read('day'), week: await read('week'), own: await read(`week${entity}`) };
    expect(members(live.week.totals).acknowledged).toBeGreaterThan(180);
    while (await countActivity(t.database.db));
    const counted = { day: await read('day'), week: await read('week'), own: await read(`week${entity}`) };
    expect(counted).toEqual(live);
    expect(live.own).toEqual(live.week);
  });

  it('needs both codes of an entity', async () => {
    const t = await started();
    expect(await t.call('GET', '/v1/activity?organisation=9900000001')).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', fields: [{ field: 'department' }] },
    });
  });
});

it('an integrator is told of its own entities alone', async () => {
  const failing = await receiving(httpStatus(503));
  const t = await started({ settings: { retrySchedule: [3_600_000] } });
  await t.configure(failing.url, {}, OTHER);
  const delivery = await t.deliver(change({ notification: fresh(), entity: OTHER }));
  await t.attempted((event) => event.delivery === delivery);
  const foreign = await t.as('integrator', [ENTITY]);
  expect((await foreign('GET', PATHS.now)).body).toMatchObject({
    level: 'ok',
    waiting: 0,
    oldestWaitingAt: null,
    lastHour: { failed: 0 },
    trouble: [],
    troubleTotal: 0,
  });
  for (const path of [PATHS.hour, PATHS.week, `${PATHS.week}&organisation=9900000002&department=7`]) {
    expect(members((await foreign('GET', path)).body.totals)['http-error'], path).toBe(0);
  }
  const own = await t.as('integrator', [OTHER]);
  expect((await own('GET', PATHS.now)).body).toMatchObject({
    level: 'warning',
    waiting: 1,
    lastHour: { failed: 1 },
    trouble: [{ cause: 'failing', ...OTHER }],
    troubleTotal: 1,
  });
  expect(members((await own('GET', PATHS.hour)).body.totals)['http-error']).toBe(1);
});
