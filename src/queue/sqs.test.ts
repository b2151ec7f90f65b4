import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, inject, it, onTestFinished } from 'vitest';
import { createQueue } from '../../test/support/queue.ts';
import { startSqs } from '../embedded/sqs.ts';
import type { Hint, ReceivedHint } from './queue.ts';
import { createSqsClient } from './sqs-client.ts';
import { openSqsQueue, type SqsQueue } from './sqs.ts';

const logger = pino({ level: 'silent' });

function hint(deliveries = 1, origin = '12'): Hint {
  return { origin, deliveries: Array.from({ length: deliveries }, () => randomUUID()) };
}

async function open(): Promise<SqsQueue> {
  const { queue } = await createQueue();
  onTestFinished(() => queue.close());
  return queue;
}

function sdk() {
  const client = createSqsClient(inject('sqsEndpoint'));
  onTestFinished(() => client.destroy());
  return client;
}

/** Receives until `count` hints came. */
async function receive(queue: SqsQueue, count: number): Promise<ReceivedHint[]> {
  const received: ReceivedHint[] = [];
  while (received.length < count) {
    received.push(...(await queue.receive(1, AbortSignal.timeout(10_000))));
  }
  return received;
}

function idsOf(hints: readonly Hint[]): string[] {
  return hints.flatMap((each) => each.deliveries).sort();
}

async function attributes(queueUrl: string): Promise<Record<string, string>> {
  const answer = await sdk().send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  return answer.Attributes ?? {};
}

it('brings every hint that was sent, ten messages a call', async () => {
  const queue = await open();
  const hints = Array.from({ length: 25 }, (_, index) => hint(50, String(index + 1)));
  expect(await queue.send(hints)).toEqual([]);
  const received = await receive(queue, 25);
  expect(idsOf(received)).toEqual(idsOf(hints));
  expect(new Set(received.map((each) => each.origin)).size).toBe(25);
  await queue.delete(received.map((each) => each.handle));
  expect(queue.calls).toMatchObject({ send: 3, delete: 3 });
  expect(await attributes(queue.url)).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
  });
});

it('makes no call for nothing', async () => {
  const queue = await open();
  expect(await queue.send([])).toEqual([]);
  await queue.delete([]);
  expect(queue.calls).toEqual({ send: 0, receive: 0, delete: 0 });
});

it('brings a hint that was sent twice twice, and a second deletion does no harm', async () => {
  const queue = await open();
  const repeated = hint();
  await queue.send([repeated, repeated]);
  const handles = (await receive(queue, 2)).map((each) => each.handle);
  await queue.delete(handles);
  await expect(queue.delete(handles)).resolves.toBeUndefined();
});

it('hides a received message, and keeps it until it is deleted', async () => {
  const queue = await open();
  await queue.send([hint()]);
  await receive(queue, 1);
  expect(await attributes(queue.url)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
});

it('gives back the hints that the queue did not take', async () => {
  const { QueueUrl } = await sdk().send(
    new CreateQueueCommand({
      QueueName: `small-${randomUUID()}`,
      Attributes: { MaximumMessageSize: '1024' },
    }),
  );
  const queue = await openSqsQueue({ queueUrl: QueueUrl ?? '', endpoint: inject('sqsEndpoint'), logger });
  onTestFinished(() => queue.close());
  const [small, large] = [hint(1), hint(50)];
  expect(await queue.send([small, large])).toEqual([large]);
  expect(await queue.send([large])).toEqual([large]);
});

it('leaves what it cannot parse for the dead-letter queue, and brings the rest', async () => {
  const queue = await open();
  await sdk().send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'garbage' }));
  await queue.send([hint()]);
  const received = await receive(queue, 1);
  await queue.delete(received.map((each) => each.handle));
  const state = await attributes(queue.url);
  expect(state).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1', VisibilityTimeout: '30' });
  expect(JSON.parse(state['RedrivePolicy'] ?? '')).toMatchObject({
    maxReceiveCount: 20,
    deadLetterTargetArn: expect.stringMatching(/-dlq$/),
  });
});

it('stops waiting as soon as its signal aborts', async () => {
  const queue = await open();
  const stop = new AbortController();
  const waiting = queue.receive(20, stop.signal);
  const begun = performance.now();
  stop.abort();
  await expect(waiting).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(1_000);
});

it('makes its own queue again when it was deleted', async () => {
  const queue = await open();
  await sdk().send(new DeleteQueueCommand({ QueueUrl: queue.url }));
  const lost = hint();
  expect(await queue.send([lost])).toEqual([]);
  expect(idsOf(await receive(queue, 1))).toEqual(idsOf([lost]));
});

it('finds the queue that is there, and leaves a queue that was given to its owner when it is lost', async () => {
  const endpoint = inject('sqsEndpoint');
  const own = await open();
  const name = own.url.split('/').at(-1) ?? '';
  const again = await openSqsQueue({ queueUrl: null, endpoint, queueName: name, logger });
  const given = await openSqsQueue({ queueUrl: own.url, endpoint, logger });
  onTestFinished(() => {
    again.close();
    given.close();
  });
  expect(again.url).toBe(own.url);
  await sdk().send(new DeleteQueueCommand({ QueueUrl: own.url }));
  const refused = hint();
  expect(await given.send([refused])).toEqual([refused]);
  expect(await given.isReachable()).toBe(false);
});

it('gives all hints back, and is not reachable, while the server is away', async () => {
  const server = await startSqs();
  const queue = await openSqsQueue({ queueUrl: null, endpoint: server.endpoint, logger });
  onTestFinished(() => queue.close());
  expect(await queue.isReachable()).toBe(true);
  await server.stop();
  const hints = [hint(), hint()];
  expect(await queue.send(hints)).toEqual(hints);
  expect(await queue.isReachable()).toBe(false);
  await expect(queue.receive(0, AbortSignal.timeout(10_000))).rejects.toThrow();
  await expect(queue.delete(['handle'])).resolves.toBeUndefined();
});

it('says which queue cannot be used and why', async () => {
  const server = await startSqs();
  await server.stop();
  await expect(openSqsQueue({ queueUrl: null, endpoint: server.endpoint, logger })).rejects.toMatchObject({
    code: 'queue-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  await expect(
    openSqsQueue({
      queueUrl: `${inject('sqsEndpoint')}/000000000000/none`,
      endpoint: inject('sqsEndpoint'),
      logger,
    }),
  ).rejects.toMatchObject({
    code: 'queue-unreachable',
    message: expect.stringContaining('QueueDoesNotExist'),
  });
});

/** A server before the run's own that notes each send's groups, and may refuse them as ElasticMQ does. */
async function startGroupGate(isRefusing: boolean): Promise<{ endpoint: string; groups: boolean[] }> {
  const groups: boolean[] = [];
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method, headers } = incoming;
    const body = await text(incoming);
    const hasGroups = body.includes('MessageGroupId');
    if (headers['x-amz-target'] === 'AmazonSQS.SendMessageBatch') {
      groups.push(hasGroups);
      if (hasGroups && isRefusing) {
        outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        outgoing.end(JSON.stringify({ __type: 'com.amazonaws.sqs#InvalidParameterValue', message: 'no' }));
        return;
      }
    }
    request(inject('sqsEndpoint'), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }).end(body);
  };
  const gate = createServer((incoming, outgoing) => void pass(incoming, outgoing)).listen(0, '127.0.0.1');
  await once(gate, 'listening');
  onTestFinished(() => {
    gate.closeAllConnections();
    gate.close();
  });
  const address = gate.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, groups };
}

it.each([
  { isRefusing: false, expected: [true, true] },
  { isRefusing: true, expected: [true, false, false] },
])('sends by groups as the server takes them: refused $isRefusing', async ({ isRefusing, expected }) => {
  const { endpoint, groups } = await startGroupGate(isRefusing);
  const queue = await openSqsQueue({ queueUrl: null, endpoint, queueName: `groups-${randomUUID()}`, logger });
  onTestFinished(() => queue.close());
  expect(await queue.send([hint()])).toEqual([]);
  expect(await queue.send([hint()])).toEqual([]);
  expect(groups).toEqual(expected);
  expect(await receive(queue, 2)).toHaveLength(2);
});
