import { expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { createDatabase } from '../support/database.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, held } from '../support/receiver.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();

async function serviceBehindProxy() {
  const receiver = await receiving();
  const database = await createDatabase();
  const url = new URL(database.url);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${proxy.port}`;
  closing(async () => proxy.close());
  const t = await started({ database, settings: { databaseUrl: url.href } });
  await t.configure(receiver.url);
  return { receiver, proxy, t };
}

it('while the database is away, the service says so, takes nothing, and loses nothing', async () => {
  const { receiver, proxy, t } = await serviceBehindProxy();
  const answers = held(acknowledge);
  receiver.reply = answers.reply;
  const under = await t.deliver(change({ notification: '900000000801' }));
  await receiver.first(({ delivery }) => delivery === under);
  const behind = await t.deliver(change({ notification: '900000000801', minute: 1, state: 'ACCEPTADA' }));
  const sent = change({ notification: '900000000802' });

  await proxy.cut();
  const refused = await t.submit([sent]);
  expect(refused.status).toBe(503);
  expect(refused.body.code).toBe('unavailable');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await t.call('GET', '/health/ready')).status).toBe(503);
  expect((await t.call('GET', '/health/live')).status).toBe(200);
  expect((await t.call('GET', '/v1/deliveries')).status).toBe(503);
  // The attempt under way ends meanwhile: the worker holds what it has to tell.
  answers.release();
  await until(async () => (receiver.of(under)[0]?.ended() === true ? true : null));
  expect(t.attempts).toEqual([]);

  await proxy.mend();
  expect(await t.finished(under)).toMatchObject({ status: 'acknowledged', attempt: 1 });
  expect(await t.finished(behind)).toMatchObject({ status: 'acknowledged', attempt: 1 });
  await until(async () => ((await t.call('GET', '/health/ready')).status === 200 ? true : null));
  const again = await t.deliver(sent);
  expect(await t.finished(again)).toMatchObject({ status: 'acknowledged', attempt: 1 });
  expect(receiver.requests.map(({ delivery }) => delivery)).toEqual([under, behind, again]);
});

it('a request whose connection breaks in the middle is taken wholly or not at all, and can be repeated', async () => {
  const { receiver, proxy, t } = await serviceBehindProxy();
  const batches = Array.from({ length: 12 }, (_, batch) =>
    Array.from({ length: 50 }, (_item, n) =>
      change({ notification: String(900_000_100_000 + batch * 100 + n) }),
    ),
  );
  const first = batches.map(async (batch) => t.submit(batch));
  await Promise.race(first);
  await proxy.cut();
  const answers = await Promise.all(first);
  expect(answers.every(({ status }) => status === 202 || status === 503)).toBe(true);
  await proxy.mend();
  for (const [n, batch] of batches.entries()) {
    const again = await until(async () => {
      const answer = await t.submit(batch);
      return answer.status === 202 ? answer : null;
    });
    expect([0, 50]).toContain(again.body.duplicates);
    if (answers[n]?.status === 202) expect(again.body.results).toEqual(answers[n].body.results);
  }
  await receiver.times(600);
  await t.attemptedTimes(600, ({ status }) => status === 'acknowledged');
  const [row] = await t.rows(
    `select count(*)::int as all, count(*) filter (where situacio = 'acknowledged')::int as acknowledged
     from nt30.aoc_nt_enviaments`,
  );
  expect(row).toEqual({ all: 600, acknowledged: 600 });
});
