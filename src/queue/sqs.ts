import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type BatchResultErrorEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Logger } from 'pino';
import { CommandError } from '../domain/errors.ts';
import { decodeMessage, encodeMessage } from './message.ts';
import { VISIBILITY_SECONDS, type Hint, type Queue, type ReceivedHint } from './queue.ts';
import { createSdkHandler } from './sdk-handler.ts';
import { CALL_TIMEOUT_MS, createSqsClient } from './sqs-client.ts';
import { createQueues } from './sqs-create.ts';
import { isRefusal, nameOf } from './sqs-errors.ts';

/** The queue that is made where none is named; its dead-letter queue is `enotum-callbacks-dlq`. */
const DEFAULT_QUEUE_NAME = 'enotum-callbacks';

/** Entries of a batch, and messages of a receive, at the most (SQS's quota). */
const BATCH_SIZE = 10;

/** The longest poll, in seconds (SQS's quota). */
const MAX_WAIT_SECONDS = 20;

/** How long `isReachable` waits. */
const REACHABLE_TIMEOUT_MS = 2_000;

/** Which queue is to be opened. */
export interface SqsQueueOptions {
  /** The queue, used as it is; null: `queueName` is created, or found. */
  readonly queueUrl: string | null;
  /** An SQS-compatible server; null: AWS. */
  readonly endpoint: string | null;
  readonly queueName?: string;
  readonly logger: Logger;
}

/** Calls made so far: they decide what a delivery costs. */
export interface SqsCalls {
  send: number;
  receive: number;
  delete: number;
}

/**
 * Opens the queue over the AWS SDK.
 *
 * @throws CommandError `queue-unreachable`; `invalid-setting` for a FIFO queue
 */
export async function openSqsQueue(options: SqsQueueOptions): Promise<SqsQueue> {
  const name = options.queueName ?? DEFAULT_QUEUE_NAME;
  if (options.queueUrl !== null && options.queueUrl.endsWith('.fifo')) {
    throw new CommandError('invalid-setting', 'SQS_QUEUE_URL names a FIFO queue; a standard one is needed');
  }
  const client = createSqsClient(options.endpoint);
  try {
    if (options.queueUrl === null) {
      return new SqsQueue({ ...options, client, url: await createQueues(client, name), ownName: name });
    }
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: options.queueUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    if (Attributes?.['RedrivePolicy'] === undefined) {
      options.logger.warn('the queue has no dead-letter queue: messages that cannot be parsed come again');
    }
    return new SqsQueue({ ...options, client, url: options.queueUrl, ownName: null });
  } catch (error) {
    client.destroy();
    throw new CommandError(
      'queue-unreachable',
      `the queue ${options.queueUrl ?? name} cannot be used: ${nameOf(error)}`,
      { cause: error },
    );
  }
}

/** The phase's schedule in one SQS queue. */
export class SqsQueue implements Queue {
  readonly calls: SqsCalls = { send: 0, receive: 0, delete: 0 };
  readonly #client: SQSClient;
  /** A client for long polls alone: they have another timeout, and end when the service stops. */
  readonly #poller: SQSClient;
  readonly #polls = createSdkHandler(MAX_WAIT_SECONDS * 1_000 + CALL_TIMEOUT_MS);
  readonly #logger: Logger;
  /** The name that we made the queue by, and make it again when it is lost; null: it is not ours to make. */
  readonly #ownName: string | null;
  #url: string;
  #recreation: Promise<void> | null = null;
  #emptied: (() => void) | null = null;
  /**
   * Whether the server takes a MessageGroupId on a standard queue, which turns on fair queues. Null until
   * the first send has shown it: that send is the probe, so that no message is made for probing alone.
   */
  #groups: boolean | null = null;

  constructor(opened: {
    readonly client: SQSClient;
    readonly endpoint: string | null;
    readonly url: string;
    readonly ownName: string | null;
    readonly logger: Logger;
  }) {
    this.#client = opened.client;
    this.#poller = createSqsClient(opened.endpoint, this.#polls);
    this.#url = opened.url;
    this.#ownName = opened.ownName;
    this.#logger = opened.logger;
  }

  /** The queue's URL, as the server names it. */
  get url(): string {
    return this.#url;
  }

  async send(hints: readonly Hint[]): Promise<Hint[]> {
    const bodies = hints.map((hint) => ({ hint, body: encodeMessage(hint) }));
    const refused = await Promise.all(batches(bodies).map((batch) => this.#sendBatch(batch)));
    return refused.flat();
  }

  async #sendBatch(batch: readonly { hint: Hint; body: string }[]): Promise<Hint[]> {
    try {
      const failed = await this.#withQueue(() => this.#sendEntries(batch));
      if (failed.length > 0) {
        this.#logger.warn({ entries: failed.length, error: failed[0]?.Code }, 'the queue refused messages');
      }
      const ids = new Set(failed.map((entry) => entry.Id));
      return batch.filter((_, index) => ids.has(String(index))).map((entry) => entry.hint);
    } catch (error) {
      this.#logger.warn({ error: nameOf(error) }, 'messages could not be sent');
      return batch.map((entry) => entry.hint);
    }
  }

  async #sendEntries(batch: readonly { hint: Hint; body: string }[]): Promise<BatchResultErrorEntry[]> {
    if (this.#groups === false) return this.#sendOnce(batch, false);
    try {
      const failed = await this.#sendOnce(batch, true);
      if (this.#groups === null && failed.some((entry) => entry.SenderFault)) {
        // Where the server judges entry by entry, none was taken: all are alike.
        if (failed.length === batch.length) return await this.#sendWithoutGroups(batch);
      }
      this.#groups ??= true;
      return failed;
    } catch (error) {
      if (this.#groups !== null || !isRefusal(error)) throw error;
      return this.#sendWithoutGroups(batch);
    }
  }

  async #sendWithoutGroups(batch: readonly { hint: Hint; body: string }[]): Promise<BatchResultErrorEntry[]> {
    const failed = await this.#sendOnce(batch, false);
    if (failed.length < batch.length) {
      this.#groups = false;
      this.#logger.info('the queue takes no MessageGroupId on a standard queue: sending without');
    }
    return failed;
  }

  async #sendOnce(
    batch: readonly { hint: Hint; body: string }[],
    groups: boolean,
  ): Promise<BatchResultErrorEntry[]> {
    this.calls.send += 1;
    const { Failed } = await this.#client.send(
      new SendMessageBatchCommand({
        QueueUrl: this.#url,
        Entries: batch.map(({ hint, body }, index) => ({
          Id: String(index),
          MessageBody: body,
          ...(groups ? { MessageGroupId: hint.origin } : {}),
        })),
      }),
    );
    return Failed ?? [];
  }

  async receive(waitSeconds: number, signal: AbortSignal): Promise<ReceivedHint[]> {
    this.#polls.endWith(signal);
    const { Messages } = await this.#withQueue(() => {
      this.calls.receive += 1;
      return this.#poller.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#url,
          MaxNumberOfMessages: BATCH_SIZE,
          WaitTimeSeconds: Math.min(waitSeconds, MAX_WAIT_SECONDS),
          VisibilityTimeout: VISIBILITY_SECONDS,
        }),
      );
    });
    const received: ReceivedHint[] = [];
    for (const { Body, ReceiptHandle, MessageId } of Messages ?? []) {
      const hint = decodeMessage(Body ?? '');
      if (hint === null || ReceiptHandle === undefined) {
        this.#logger.warn(
          { messageId: MessageId },
          'a message cannot be parsed: left for the dead-letter queue',
        );
      } else {
        received.push({ ...hint, handle: ReceiptHandle });
      }
    }
    return received;
  }

  async delete(handles: readonly string[]): Promise<void> {
    await Promise.all(batches(handles).map((batch) => this.#deleteBatch(batch)));
  }

  async #deleteBatch(handles: readonly string[]): Promise<void> {
    this.calls.delete += 1;
    try {
      const { Failed } = await this.#client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: this.#url,
          Entries: handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
      if (Failed !== undefined && Failed.length > 0) {
        this.#logger.warn({ entries: Failed.length, error: Failed[0]?.Code }, 'messages were not deleted');
      }
    } catch (error) {
      this.#logger.warn({ error: nameOf(error) }, 'messages could not be deleted');
    }
  }

  onEmptied(listener: () => void): void {
    this.#emptied = listener;
  }

  async isReachable(): Promise<boolean> {
    try {
      await this.#client.send(
        new GetQueueAttributesCommand({ QueueUrl: this.#url, AttributeNames: ['QueueArn'] }),
        { abortSignal: AbortSignal.timeout(REACHABLE_TIMEOUT_MS) },
      );
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#poller.destroy();
    this.#client.destroy();
  }

  /** Runs a call; a queue of our own that no longer exists is made again, and the call repeated once. */
  async #withQueue<T>(call: () => Promise<T>): Promise<T> {
    const name = this.#ownName;
    try {
      return await call();
    } catch (error) {
      if (name === null || !(error instanceof QueueDoesNotExist)) throw error;
      await this.#recreate(name);
      return call();
    }
  }

  async #recreate(name: string): Promise<void> {
    this.#recreation ??= this.#create(name).finally(() => {
      this.#recreation = null;
    });
    await this.#recreation;
  }

  async #create(name: string): Promise<void> {
    this.#url = await createQueues(this.#client, name);
    this.#logger.warn('the queue was lost: it was made again, empty');
    this.#emptied?.();
  }
}

function batches<T>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    result.push(items.slice(start, start + BATCH_SIZE));
  }
  return result;
}
