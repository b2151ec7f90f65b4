import { describe, expect, it } from 'vitest';
import { countActivity } from '../../src/store/activity-counting.ts';
import { describeSettings } from '../../src/describe-settings.ts';
import { itemsOf, members } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { acknowledge, httpStatus, inTurn, refuse } from '../support/receiver.ts';

const { started, receiving } = journeyTest();
const OTHER = { organisation: '9900000002', department: '7' };
const PATH = '/v1/entities/9900000001/1';

describe('the health of an entity', () => {
  it('has every day, today’s last, with what was acknowledged, when, and how long it took', async () => {
    const receiver = await receiving();
    const t = await started({ settings: { retrySchedule: [1, 1] } });
    await t.configure(receiver.url);
    await t.finished(await t.deliver(change({ notification: fresh() })));
    receiver.reply = inTurn(httpStatus(503), acknowledge);
    await t.finished(await t.deliver(change({ notification: fresh() })));
    receiver.reply = refuse('no');
    await t.finished(await t.deliver(change({ notification: fresh() })));
    const read = async () => (await t.call('GET', `${PATH}/health?days=3&lang=en`)).body;
    const live = await read();
    const days = itemsOf(live.days);
    expect(days).toHaveLength(3);
    expect(days.at(-1)).toMatchObject({
      firstTime: 1,
      afterRetries: 1,
      exhausted: 1,
      outcomes: { acknowledged: 2, 'http-error': 1, refused: 3 },
      medianMs: expect.any(Number),
      p95Ms: expect.any(Number),
    });
    expect(days[0]).toMatchObject({
      firstTime: 0,
      afterRetries: 0,
      exhausted: 0,
      outcomes: {},
      medianMs: null,
    });
    expect(members(live.now)).toMatchObject({ paused: null, suspended: [], missing: [] });
    expect(itemsOf(members(live.now).trouble)).toMatchObject([{ cause: 'failing' }]);
    await countActivity(t.database.db);
    expect((await read()).days).toEqual(live.days);
  });

  it('is read back from hours that are counted as from the log', async () => {
    const t = await started({ roles: ['api'] });
    await t.configure('https://backoffice.example/');
    await t.rows(
      `insert into nt30.aoc_nt_logs_comunicacio (log, enviament, organisme, departament, fase, intent, inici,
         durada_ms, resultat)
       select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
         gen_random_uuid(), '9900000001', '1', 'FASE_REPORT_ONLINE', 1 + n % 2, at, n * 10, 'acknowledged'
       from (select n, now() - n * interval '1 hour' as at, lpad(to_hex(
           floor(extract(epoch from now() - n * interval '1 hour') * 1000)::bigint), 12, '0') as h
         from generate_series(1, 100) n) r`,
    );
    const read = async () => (await t.call('GET', `${PATH}/health`)).body.days;
    const live = await read();
    while (await countActivity(t.database.db));
    expect(await read()).toEqual(live);
    const sums = itemsOf(live).map(({ firstTime, afterRetries }) => Number(firstTime) + Number(afterRetries));
    expect(sums.reduce((a, b) => a + b, 0)).toBe(100);
  });

  it.each(['days=0', 'days=91', 'days=x'])('is not answered for %s', async (query) => {
    const t = await started({ roles: ['api'] });
    expect((await t.call('GET', `${PATH}/health?${query}`)).status).toBe(400);
  });
});

describe('the history of an entity', () => {
  it('says who changed what, with values of what can hold no secret', async () => {
    const t = await started();
    await t.configure('https://backoffice.example/secret-path');
    await t.configure('https://backoffice.example/other', {
      online: false,
      endpoint: {
        url: 'https://backoffice.example/other',
        timeoutMs: 9_000,
        authentication: { type: 'bearer', token: 'a-very-secret-token' },
      },
    });
    await t.call('POST', `${PATH}/pause`, { reason: 'obres' });
    const { body, text } = await t.call('GET', `${PATH}/history`);
    expect(itemsOf(body.items)).toMatchObject([
      { action: 'entity-paused', by: { name: 'ADMIN_KEY' } },
      {
        action: 'entity-replaced',
        changed: [
          'online',
          'endpoint.url',
          'endpoint.timeoutMs',
          'endpoint.authentication.type',
          'endpoint.authentication.token',
        ],
        values: [
          { member: 'online', before: true, after: false },
          { member: 'endpoint.timeoutMs', before: 5_000, after: 9_000 },
          { member: 'endpoint.authentication.type', before: 'none', after: 'bearer' },
        ],
      },
      { action: 'entity-created', changed: [], values: [] },
    ]);
    expect(text).not.toMatch(/a-very-secret-token|secret-path/);
    const page = await t.call('GET', `${PATH}/history?limit=2`);
    const rest = await t.call('GET', `${PATH}/history?limit=2&after=${String(page.body.next)}`);
    expect([...itemsOf(page.body.items), ...itemsOf(rest.body.items)]).toEqual(itemsOf(body.items));
  });
});

it('an integrator sees the health and history of its own entities alone, without others’ keys', async () => {
  const t = await started();
  await t.configure('https://backoffice.example/');
  await t.configure('https://backoffice.example/', {}, OTHER);
  const own = await t.as('integrator', [ENTITY]);
  const history = await own('GET', `${PATH}/history`);
  expect(itemsOf(history.body.items)).toMatchObject([
    { action: 'entity-created', by: { key: null, name: null } },
  ]);
  expect((await own('GET', `${PATH}/health`)).status).toBe(200);
  for (const page of ['health', 'history']) {
    expect((await own('GET', `/v1/entities/9900000002/7/${page}`)).status, page).toBe(404);
  }
});

describe('the settings', () => {
  it('are shown without secrets', async () => {
    const t = await started();
    const { body, text, status } = await t.call('GET', '/v1/settings');
    expect({ status, ...body }).toMatchObject({
      status: 200,
      node: process.version,
      roles: ['api', 'relay', 'worker', 'scheduler'],
      window: { most: 64 },
    });
    const settings = itemsOf(body.settings);
    const named = (name: string) => settings.find((setting) => setting.name === name);
    expect(named('ADMIN_KEY')).toMatchObject({
      value: null,
      isSet: true,
      isSecret: true,
      source: 'environment',
    });
    expect(named('BODY_RETENTION')).toMatchObject({ value: '90d', source: 'default' });
    expect(named('RETRY_DELAYS')).toMatchObject({
      value: '20ms,20ms,20ms,20ms,20ms,20ms',
      source: 'environment',
    });
    const { databaseUrl, adminKey, secretsKey } = t.settings;
    for (const secret of [databaseUrl, adminKey, secretsKey?.toString('base64')]) {
      expect(text).not.toContain(secret);
    }
    expect(settings).toHaveLength(describeSettings(t.settings).length);
  });
});

it('a row of the log leads to the attempts before and after it', async () => {
  const receiver = await receiving(inTurn(refuse('no'), httpStatus(500), acknowledge));
  const t = await started();
  await t.configure(receiver.url);
  const delivery = await t.deliver(change({ notification: fresh() }));
  await t.finished(delivery);
  const ids = itemsOf((await t.delivery(delivery)).attemptList).map(({ id }) => id);
  const rows = await Promise.all(
    ids.map(async (id) => (await t.call('GET', `/v1/communications/${String(id)}`)).body),
  );
  expect(rows.map(({ previous, next }) => [previous, next])).toEqual([
    [null, ids[1]],
    [ids[0], ids[2]],
    [ids[1], null],
  ]);
});
