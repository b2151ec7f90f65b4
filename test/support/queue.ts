import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { inject } from 'vitest';

import { openSqsQueue, type SqsQueue } from '../../src/queue/sqs.ts';

/** A queue of its own on the run's SQS-compatible server. */
export interface TestQueue {
  readonly queue: SqsQueue;
  readonly url: string;
  readonly endpoint: string;
}

/** Makes a queue with its dead-letter queue. Close it with `queue.close()`. */
export async function createQueue(): Promise<TestQueue> {
  const endpoint = inject('sqsEndpoint');
  const queueName = `test-${randomBytes(8).toString('hex')}`;
  const queue = await openSqsQueue({
    queueUrl: null,
    endpoint,
    queueName,
    logger: pino({ level: 'silent' }),
  });
  return { queue, url: queue.url, endpoint };
}
