import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { encodeMessage } from '../../src/queue/message.ts';
import { createSqsClient } from '../../src/queue/sqs-client.ts';

/** What an operator, or anybody else, does to a queue beside the service. */
export interface SqsOperator {
  send(body: string): Promise<void>;
  purge(): Promise<void>;
  remove(): Promise<void>;
  /** Messages in the queue, those that are hidden included. */
  count(): Promise<number>;
  /** Receives up to ten messages without hiding them; answers their number. */
  glance(): Promise<number>;
  /**
   * Ends the long polls of services that have stopped: the server of these tests does not see that nobody
   * waits any more, and would give them, and thereby hide, the next messages.
   */
  endAbandonedPolls(): Promise<void>;
  close(): void;
}

/** Works on the queue at `url`, with a client of its own. */
export function createSqsOperator(endpoint: string, url: string): SqsOperator {
  const client = createSqsClient(endpoint);
  return {
    async send(body) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    },
    async purge() {
      await client.send(new PurgeQueueCommand({ QueueUrl: url }));
    },
    async remove() {
      await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    },
    async count() {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return (
        Number(Attributes?.['ApproximateNumberOfMessages']) +
        Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'])
      );
    },
    async glance() {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      );
      return Messages?.length ?? 0;
    },
    async endAbandonedPolls() {
      const deliveries = ['00000000-0000-7000-8000-000000000000'];
      const MessageBody = encodeMessage({ origin: '0', deliveries });
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    },
    close: () => client.destroy(),
  };
}

/** The URL of a queue by its name. */
export async function queueUrl(endpoint: string, name: string): Promise<string> {
  const client = createSqsClient(endpoint);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
  client.destroy();
  return QueueUrl ?? '';
}
