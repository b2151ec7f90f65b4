import { describe, expect, it } from 'vitest';
import type { KeyRole } from '../../src/domain/key.ts';
import { itemsOf } from '../support/answers.ts';
import { change, ENTITY } from '../support/changes.ts';
import { listen, looked, type EventStream } from '../support/events.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import type { TestService } from '../support/service.ts';

const { started, receiving, closing } = journeyTest();
const OWN = { 'enotum-console': '1' };
const OTHER = { organisation: '9900000002', department: '7' };

/** Signs in to the console; answers the cookie of the session. */
async function signIn(t: TestService, role: KeyRole, entities = role === 'integrator' ? [ENTITY] : []) {
  const { text } = await makeKey(t.database.db, role, { entities });
  const response = await fetch(`${t.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OWN },
    body: JSON.stringify({ key: text }),
  });
  expect(response.status).toBe(204);
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

async function open(
  t: TestService,
  cookie: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const own = cookie === null ? {} : { cookie };
  const stream = await listen(`${t.url}/v1/live`, null, { ...OWN, ...own, ...headers });
  closing(() => stream.close());
  return stream;
}

describe('a stream by a session', () => {
  it('needs one that there is', async () => {
    const t = await started();
    expect((await open(t, null)).status).toBe(401);
    expect((await open(t, `enotum-session=${'x'.repeat(43)}`)).status).toBe(401);
    expect((await open(t, await signIn(t, 'operator'))).status).toBe(200);
  });

  it('ends when it is signed out of, and is then refused', async () => {
    const t = await started();
    const cookie = await signIn(t, 'operator');
    const stream = await open(t, cookie);
    const other = await open(t, await signIn(t, 'operator'));
    await fetch(`${t.url}/v1/session`, { method: 'DELETE', headers: { cookie, ...OWN } });
    await stream.ended;
    expect((await open(t, cookie)).status).toBe(401);
    // Another's session goes on.
    await looked(t);
    expect(
      (await t.call('PUT', '/v1/entities/9900000001/1', { organisationName: 'A', departmentName: 'B' }))
        .status,
    ).toBe(201);
    await other.events.first(({ event }) => event === 'change');
  });

  it('ends when an administrator ends its session; another’s goes on', async () => {
    const t = await started();
    const kept = await open(t, await signIn(t, 'operator'));
    const cookie = await signIn(t, 'operator');
    const stream = await open(t, cookie);
    const [newest] = itemsOf((await t.call('GET', '/v1/sessions')).body.items);
    expect((await t.call('DELETE', `/v1/sessions/${String(newest?.id)}`)).status).toBe(204);
    await stream.ended;
    expect((await open(t, cookie)).status).toBe(401);
    await looked(t);
    await t.call('PUT', '/v1/entities/9900000001/1', { organisationName: 'A', departmentName: 'B' });
    await kept.events.first(({ event }) => event === 'change');
  });

  it('keeps no session alive, and ends when nobody was at it for too long', async () => {
    const t = await started();
    const cookie = await signIn(t, 'operator');
    const stream = await open(t, cookie, { 'enotum-unattended': '1' });
    expect(stream.status).toBe(200);
    await t.rows(`update nt30.aoc_nt_sessions set vista = clock_timestamp() - interval '13 hours'`);
    await stream.ended;
    expect((await open(t, cookie)).status).toBe(401);
  });

  it('tells an integrator of its own entities alone', async () => {
    const receiver = await receiving();
    const t = await started();
    await t.configure(receiver.url);
    await t.configure(receiver.url, {}, OTHER);
    const own = await open(t, await signIn(t, 'integrator'));
    const all = await open(t, await signIn(t, 'operator'));
    await looked(t);
    await t.finished(await t.deliver(change({ notification: fresh(), entity: OTHER })));
    await all.events.first(({ data }) => data.includes('entity:9900000002/7'));
    await t.finished(await t.deliver(change({ notification: fresh() })));
    const told = await own.events.first(({ event }) => event === 'change');
    expect(told.data).toContain('entity:9900000001/1');
    expect(own.events.items.some(({ data }) => data.includes('9900000002'))).toBe(false);
  });

  it.each([
    ['auditor', ['now', 'deliveries', 'communications', 'entities', 'events', 'resends', 'audit']],
    ['operator', ['now', 'deliveries', 'communications', 'entities', 'events', 'resends']],
    ['integrator', ['now', 'deliveries', 'communications', 'entities']],
  ] as const)('tells an %s of what its role may fetch alone', async (role, sections) => {
    const t = await started();
    const stream = await open(t, await signIn(t, role), { 'last-event-id': 'of-another-process' });
    const { data } = await stream.events.first(({ event }) => event === 'change');
    expect(JSON.parse(data)).toEqual({ sections });
  });
});
