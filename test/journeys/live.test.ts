import { describe, expect, it } from 'vitest';
import { MAX_STREAMS_OF_KEY } from '../../src/api/live/streams.ts';
import { change, ENTITY } from '../support/changes.ts';
import { listen, looked, type EventStream } from '../support/events.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import { TEST_KEY, type TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();
const OTHER = { organisation: '9900000002', department: '7' };

async function open(
  t: TestService,
  key = TEST_KEY,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const stream = await listen(`${t.url}/v1/live`, key, headers);
  closing(() => stream.close());
  return stream;
}

const isChange = ({ event }: { readonly event: string }): boolean => event === 'change';

describe('a stream', () => {
  it('tells what may have changed', async () => {
    const receiver = await receiving();
    const t = await started();
    await t.configure(receiver.url);
    const stream = await open(t);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const first = await stream.events.first(() => true);
    expect(first.id).not.toBe('');
    await looked(t);
    await t.finished(await t.deliver(change({ notification: fresh() })));
    const told = await stream.events.first(({ data }) => data.includes('communications'));
    expect(JSON.parse(told.data)).toMatchObject({
      sections: expect.arrayContaining(['now', 'deliveries', 'communications', 'entity:9900000001/1']),
    });
    expect(told.id).not.toBe(first.id);
  });

  it('that was lost has its client fetch all again, unless nothing was missed', async () => {
    const t = await started();
    const stream = await open(t);
    const { id } = await stream.events.first(() => true);
    const same = await open(t, TEST_KEY, { 'last-event-id': id });
    await same.events.first(() => true);
    const stale = await open(t, TEST_KEY, { 'last-event-id': 'of-another-process' });
    const told = await stale.events.first(isChange);
    expect(JSON.parse(told.data)).toEqual({
      sections: ['now', 'deliveries', 'communications', 'entities', 'events', 'resends', 'audit'],
    });
    expect(same.events.items.some(isChange)).toBe(false);
  });

  it('that was lost while nobody else listened has its client fetch all again: nothing was looked at meanwhile', async () => {
    const receiver = await receiving();
    const t = await started();
    await t.configure(receiver.url);
    const stream = await open(t);
    const { id } = await stream.events.first(() => true);
    await looked(t);
    stream.close();
    await stream.ended;
    await t.finished(await t.deliver(change({ notification: fresh() })));
    const again = await open(t, TEST_KEY, { 'last-event-id': id });
    expect((await again.events.first(isChange)).data).toContain('deliveries');
  });

  it('ends when its key is revoked', async () => {
    const t = await started();
    const { id, text } = await makeKey(t.database.db, 'operator', {});
    const stream = await open(t, text);
    expect(stream.status).toBe(200);
    expect((await t.call('DELETE', `/v1/keys/${id}`)).status).toBeLessThan(300);
    await stream.ended;
    expect((await open(t, text)).status).toBe(401);
  });

  it('ends when the service stops, at once', async () => {
    const t = await started();
    const stream = await open(t);
    await stream.events.first(() => true);
    const begun = performance.now();
    await Promise.all([t.stop(), stream.ended]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('is refused where a key has as many as it may have', async () => {
    const t = await started();
    const { text } = await makeKey(t.database.db, 'operator', {});
    const streams = await Promise.all(Array.from({ length: MAX_STREAMS_OF_KEY }, async () => open(t, text)));
    expect(streams.every(({ status }) => status === 200)).toBe(true);
    const refused = await open(t, text);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    streams[0]?.close();
    await until(async () => ((await open(t, text)).status === 200 ? true : null));
  });

  it('reads nothing once nobody listens', async () => {
    const t = await started();
    const stream = await open(t);
    await looked(t);
    stream.close();
    await stream.ended;
    const seen = async (): Promise<number> => {
      const [row] = await t.rows<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database()
           and query like '%order by log desc limit 500%' and query_start > now() - interval '500 milliseconds'
           and pid <> pg_backend_pid()`,
      );
      return row?.n ?? 0;
    };
    await until(async () => ((await seen()) === 0 ? true : null));
  });
});

it('an integrator is told of its own entities alone', async () => {
  const receiver = await receiving();
  const t = await started();
  await t.configure(receiver.url);
  await t.configure(receiver.url, {}, OTHER);
  const { text } = await makeKey(t.database.db, 'integrator', { entities: [ENTITY] });
  const own = await open(t, text);
  const all = await open(t);
  await looked(t);
  await t.finished(await t.deliver(change({ notification: fresh(), entity: OTHER })));
  await all.events.first(({ data }) => data.includes('entity:9900000002/7'));
  expect(own.events.items.filter(isChange)).toEqual([]);
  await t.finished(await t.deliver(change({ notification: fresh() })));
  const told = await own.events.first(isChange);
  expect(told.data).toContain('entity:9900000001/1');
  expect(told.data).not.toContain('9900000002');
});
