import { describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { startService } from '../../src/compose.ts';
import { listenForWake } from '../../src/store/wake-channel.ts';
import { change } from '../support/changes.ts';
import { fresh, journeyTest, sorted } from '../support/journey.ts';
import { createWatched, until } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();

const changes = (count: number) => Array.from({ length: count }, () => change({ notification: fresh() }));

const entity = (n: number) => ({ organisation: String(9_900_000_001 + n), department: '1' });

function at(made: ReturnType<typeof change>, n: number) {
  return { ...made, notification: { ...made.notification, entity: entity(n) } };
}

describe('roles in processes of their own', () => {
  it('make one service together', async () => {
    const receiver = await receiving();
    const api = await started({ roles: ['api'] });
    await api.configure(receiver.url);
    const deliveries = await api.take(...changes(20));
    const relay = await started({ roles: ['relay'], beside: api });
    const worker = await started({ roles: ['worker'], beside: api });
    const scheduler = await started({ roles: ['scheduler'], beside: api });
    const later = await api.take(...changes(20));
    await worker.attemptedTimes(40, ({ status }) => status === 'acknowledged');
    expect(sorted(receiver.requests.map(({ delivery }) => delivery))).toEqual(
      sorted([...deliveries, ...later]),
    );
    for (const idle of [api, relay, scheduler]) expect(idle.attempts).toEqual([]);
  });

  it('that have no API answer for their health where the API would listen', async () => {
    const api = await started({ roles: ['api'] });
    const worker = await started({ roles: ['worker'], beside: api });
    const { metrics } = worker.service.addresses;
    expect(worker.service.url).toBeNull();
    expect((await fetch(`${metrics}/health/ready`)).status).toBe(200);
    expect((await fetch(`${metrics}/v1/deliveries`)).status).toBe(404);
  });

  it('need a queue that they share', async () => {
    const api = await started({ roles: ['api'] });
    const start = startService({
      settings: { ...api.settings, sqsQueueUrl: null, sqsEndpoint: null },
      roles: ['worker'],
      migrate: false,
      logger: pino({ level: 'silent' }),
    });
    await expect(start).rejects.toMatchObject({ code: 'queue-shared-required' });
  });

  it('tell each other at once of what has become due', async () => {
    const receiver = await receiving();
    const api = await started({ roles: ['api'] });
    await api.configure(receiver.url);
    const woken = createWatched<readonly string[]>();
    const listener = listenForWake(api.database.url, (origins) => woken.note(origins));
    closing(async () => listener.stop());
    await until(async () => {
      const rows = await api.rows(
        `select from pg_stat_activity where datname = current_database() and query like 'listen %'`,
      );
      return rows.length > 0 ? true : null;
    });
    await api.take(...changes(1));
    const [origin] = await api.rows<{ id: string }>('select origen as id from nt30.aoc_nt_origens');
    expect(await woken.first(() => true)).toEqual([origin?.id]);
  });
});

describe('two whole services on one database and queue', () => {
  it('send each delivery once, and both take part', async () => {
    // One message names deliveries of one server: with many servers there is something for both.
    const receivers = await Promise.all(Array.from({ length: 25 }, async () => receiving()));
    const one = await started();
    const two = await started({ beside: one });
    for (const [n, receiver] of receivers.entries()) await one.configure(receiver.url, {}, entity(n));
    const deliveries: (string | null)[] = [];
    const sent = (): string[] =>
      receivers.flatMap(({ requests }) => requests.map(({ delivery }) => delivery));
    for (let round = 0; round < 20; round += 1) {
      const batches = [one, two].map(async (t) =>
        t.take(...receivers.flatMap((_, n) => changes(2).map((made) => at(made, n)))),
      );
      deliveries.push(...(await Promise.all(batches)).flat());
      await until(async () => (one.attempts.length + two.attempts.length >= deliveries.length ? true : null));
      if (one.attempts.length > 0 && two.attempts.length > 0) break;
    }
    expect(one.attempts.length).toBeGreaterThan(0);
    expect(two.attempts.length).toBeGreaterThan(0);
    expect(sorted(sent())).toEqual(sorted(deliveries));
  });

  it('give one result for requests that both get at the same time', async () => {
    const receiver = await receiving();
    const one = await started();
    const two = await started({ beside: one });
    await one.configure(receiver.url);
    for (const sent of changes(10)) {
      const answers = await Promise.all(
        [one, two, one, two].map(async (t) => t.call('POST', '/v1/state-changes', sent)),
      );
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body.results))).size).toBe(1);
      expect(answers.filter(({ body }) => body.accepted === 1)).toHaveLength(1);
    }
    await receiver.times(10);
    await until(async () => (one.attempts.length + two.attempts.length === 10 ? true : null));
    expect(receiver.requests).toHaveLength(10);
  });

  it('leave what one of them held to the other when it stops', async () => {
    const receiver = await receiving();
    const one = await started();
    await one.configure(receiver.url);
    const two = await started({ beside: one });
    await one.take(...changes(30));
    await two.stop();
    await one.take(...changes(30));
    await receiver.times(60);
    await until(async () => (one.attempts.length + two.attempts.length >= 60 ? true : null));
    expect(new Set(receiver.requests.map(({ delivery }) => delivery)).size).toBe(60);
  });
});
