import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueNameExists,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { MAX_RECEIVE_COUNT, VISIBILITY_SECONDS } from './queue.ts';

/** The longest that SQS keeps a message: what nobody could parse waits for an operator. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 86_400;

/**
 * Creates the queue `name` and `<name>-dlq`, its dead-letter queue, or finds those that exist: one with other
 * attributes is used as it is.
 *
 * @returns the queue's URL
 * @throws the SDK's errors
 */
export async function createQueues(client: SQSClient, name: string): Promise<string> {
  const deadLetters = await createOrFind(client, `${name}-dlq`, {
    MessageRetentionPeriod: String(DEAD_LETTER_RETENTION_SECONDS),
  });
  return createOrFind(client, name, {
    VisibilityTimeout: String(VISIBILITY_SECONDS),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: await arnOf(client, deadLetters),
      maxReceiveCount: MAX_RECEIVE_COUNT,
    }),
  });
}

async function createOrFind(
  client: SQSClient,
  QueueName: string,
  Attributes: Record<string, string>,
): Promise<string> {
  try {
    const created = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
    return present(created.QueueUrl, 'QueueUrl');
  } catch (error) {
    if (!(error instanceof QueueNameExists)) throw error;
    const found = await client.send(new GetQueueUrlCommand({ QueueName }));
    return present(found.QueueUrl, 'QueueUrl');
  }
}

async function arnOf(client: SQSClient, QueueUrl: string): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return present(Attributes?.['QueueArn'], 'QueueArn');
}

function present(value: string | undefined, member: string): string {
  if (value === undefined) throw new Error(`the server's answer lacks ${member}`);
  return value;
}
