import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueUrlCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Scenario } from './scenario.ts';
import { startOutside } from './outside.ts';

/** The queue that the service makes for itself. */
const QUEUE_NAME = 'enotum-callbacks';

/** How long messages pile up unread before they are lost, in milliseconds. */
const PILE_MS = 1_000;

/** Messages that nobody has read are lost: the queue is purged, then its server dies and comes back empty. */
export const queueEmptied: Scenario = {
  name: 'queue-emptied',
  // What was lost is hinted at again after 60 s.
  isPatient: true,
  async run(trial) {
    const { env, queue, queueServer } = await startOutside(trial);
    const service = trial.start(env);
    await trial.untilFirstReady(service);
    await trial.beginLoad();

    await delay(1_500);
    queue.state.deaf = true;
    await delay(PILE_MS);
    await purge(`http://127.0.0.1:${queueServer.port}`);
    queue.state.deaf = false;

    await delay(1_500);
    queue.state.deaf = true;
    await delay(PILE_MS);
    await queueServer.kill();
    await queueServer.restart();
    queue.state.deaf = false;
    await trial.untilReadyAgain(service);

    await delay(1_000);
    await trial.settle();
  },
};

async function purge(endpoint: string): Promise<void> {
  const client = new SQSClient({
    endpoint,
    region: 'us-east-1',
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: QUEUE_NAME }));
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  client.destroy();
}
