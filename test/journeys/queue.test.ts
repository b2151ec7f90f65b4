import { describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { encodeMessage } from '../../src/queue/message.ts';
import { MAX_RECEIVE_COUNT } from '../../src/queue/queue.ts';
import { change } from '../support/changes.ts';
import { fresh, journeyTest, sorted } from '../support/journey.ts';
import type { TestReceiver } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { createSqsOperator, queueUrl, type SqsOperator } from '../support/sqs.ts';
import { until } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();

function operator(t: TestService, url = t.settings.sqsQueueUrl ?? ''): SqsOperator {
  const made = createSqsOperator(t.settings.sqsEndpoint ?? '', url);
  closing(() => made.close());
  return made;
}

async function originId(t: TestService, receiver: TestReceiver): Promise<string> {
  const [row] = await t.rows<{ id: string }>(
    'select origen as id from nt30.aoc_nt_origens where adreca like $1',
    [`%:${receiver.port}`],
  );
  return row?.id ?? '';
}

const changes = (count: number) => Array.from({ length: count }, () => change({ notification: fresh() }));

describe('a queue that is purged', () => {
  it('loses no delivery: what stays queued gets another hint', async () => {
    const receiver = await receiving();
    const t = await started({ roles: ['api', 'relay', 'scheduler'] });
    const queue = operator(t);
    await t.configure(receiver.url);
    const deliveries = await t.take(...changes(5));
    await until(async () => ((await queue.count()) > 0 ? true : null));
    await until(async () => {
      const { body } = await t.call('GET', '/v1/deliveries?status=queued');
      return Array.isArray(body.items) && body.items.length === 5 ? true : null;
    });
    await queue.purge();
    const worker = await started({ roles: ['worker'], beside: t });
    expect(receiver.requests).toEqual([]);
    // As if the time of the next hint had come.
    await t.rows(`update nt30.aoc_nt_enviaments set proper_avis = now() where situacio = 'queued'`);
    await worker.attemptedTimes(5, ({ status }) => status === 'acknowledged');
    expect(sorted(receiver.requests.map(({ delivery, attempt }) => [delivery, attempt]))).toEqual(
      sorted(deliveries.map((delivery) => [delivery, 1])),
    );
  });
});

describe('messages', () => {
  it('that come again, late, or for what is finished or unknown change nothing and are taken away', async () => {
    const receiver = await receiving();
    const t = await started();
    const queue = operator(t);
    await t.configure(receiver.url);
    const deliveries = (await t.take(...changes(3))).map(String);
    const origin = await originId(t, receiver);
    const unknown = '019a0000-0000-7000-8000-000000000000';
    for (let n = 0; n < 10; n += 1) {
      await queue.send(encodeMessage({ origin, deliveries: [...deliveries, unknown] }));
    }
    await t.attemptedTimes(3, ({ status }) => status === 'acknowledged');
    await queue.send(encodeMessage({ origin: '999999', deliveries }));
    await until(async () => ((await queue.count()) === 0 ? true : null));
    expect(receiver.requests).toHaveLength(3);
    expect(t.attempts).toHaveLength(3);
  });

  it('for what waits for its retry do not bring it forward', async () => {
    const receiver = await receiving();
    receiver.reply = (_request, response) => response.writeHead(400).end();
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    const queue = operator(t);
    await t.configure(receiver.url);
    const deliveries = (await t.take(...changes(1))).map(String);
    await t.attemptedTimes(1, () => true);
    await queue.send(encodeMessage({ origin: await originId(t, receiver), deliveries }));
    await until(async () => ((await queue.count()) === 0 ? true : null));
    expect(receiver.requests).toHaveLength(1);
  });

  it('that nobody can read hold up nothing, are told, and stay for the dead-letter queue', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const receiver = await receiving();
    const t = await started({ logger });
    const queue = operator(t);
    await t.configure(receiver.url);
    const personal = 'Persona Inventada, 00000000T';
    await queue.send(personal);
    await queue.send(JSON.stringify({ v: 2, origin: '1', deliveries: [] }));
    await queue.send(`{"v":1,"origin":"1","deliveries":["${personal}"]}`);
    await t.take(...changes(3));
    await t.attemptedTimes(3, ({ status }) => status === 'acknowledged');
    await until(async () =>
      lines.filter((line) => line.includes('cannot be parsed')).length === 3 ? true : null,
    );
    expect(lines.join('\n')).not.toContain('Inventada');
    await until(async () => ((await queue.count()) === 3 ? true : null));
  });

  it('that were received too often go to the dead-letter queue', async () => {
    const t = await started({ roles: ['api'] });
    const queue = operator(t);
    const name = (t.settings.sqsQueueUrl ?? '').split('/').at(-1) ?? '';
    const deadLetters = operator(t, await queueUrl(t.settings.sqsEndpoint ?? '', `${name}-dlq`));
    await queue.send('not ours');
    for (let n = 0; n < MAX_RECEIVE_COUNT; n += 1) expect(await queue.glance()).toBe(1);
    expect(await queue.glance()).toBe(0);
    expect(await deadLetters.count()).toBe(1);
  });
});

describe('a queue that is deleted', () => {
  it('is made again where it is the service’s own, and deliveries go on', async () => {
    const receiver = await receiving();
    const t = await started({ settings: { sqsQueueUrl: null } });
    await t.configure(receiver.url);
    await t.take(...changes(2));
    await t.attemptedTimes(2, ({ status }) => status === 'acknowledged');
    const endpoint = t.settings.sqsEndpoint ?? '';
    await operator(t, await queueUrl(endpoint, 'enotum-callbacks')).remove();
    await t.take(...changes(2));
    // Hints that were lost with the old queue come again at once, not after their minute.
    await t.attemptedTimes(4, ({ status }) => status === 'acknowledged');
    expect((await t.call('GET', '/health/ready')).status).toBe(200);
  });

  it('is reported where it is another’s, and nothing is lost', async () => {
    const receiver = await receiving();
    const t = await started();
    await t.configure(receiver.url);
    await operator(t).remove();
    const [delivery] = await t.take(...changes(1));
    expect((await t.call('GET', '/health/ready')).status).toBe(503);
    expect((await t.call('GET', '/health/live')).status).toBe(200);
    expect(['waiting', 'queued']).toContain((await t.delivery(delivery ?? '')).status);
  });
});
