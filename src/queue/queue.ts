/** What a message names: deliveries of one origin whose phase is to be run. A hint; PostgreSQL is the truth. */
export interface Hint {
  /** The origin's row id: messages of one origin form one group (fair queues). */
  readonly origin: string;
  /** 1 to MAX_IDS_PER_MESSAGE delivery ids. */
  readonly deliveries: readonly string[];
}

/** A message received; `handle` deletes it. */
export interface ReceivedHint extends Hint {
  readonly handle: string;
}

/** The most delivery ids that one message carries. */
export const MAX_IDS_PER_MESSAGE = 50;

/** How long a received message stays hidden: covers receive → claim, never an attempt. */
export const VISIBILITY_SECONDS = 30;

/** Receives before the queue moves a message to the dead-letter queue: only those that cannot be parsed get there. */
export const MAX_RECEIVE_COUNT = 20;

/** The schedule of FASE_REPORT_ONLINE: a standard SQS queue. It may lose, repeat, delay and reorder. */
export interface Queue {
  /**
   * Sends hints in as few calls as SQS allows.
   *
   * @returns the hints that the queue did not take; they may be sent again. Never throws for the queue's
   * absence: then all come back.
   */
  send(hints: readonly Hint[]): Promise<Hint[]>;

  /**
   * Waits up to `waitSeconds` (long poll) for messages, at most 10. Messages that cannot be parsed are logged
   * and left for the dead-letter queue.
   *
   * @throws where the queue cannot be reached, or the signal aborts.
   */
  receive(waitSeconds: number, signal: AbortSignal): Promise<ReceivedHint[]>;

  /** Deletes messages in batches. A failure is logged: the message comes again and its claims are refused. */
  delete(handles: readonly string[]): Promise<void>;

  /** Has `listener` told when a queue of our own was lost and made again, empty. */
  onEmptied(listener: () => void): void;

  /** Whether the queue answers now. */
  isReachable(): Promise<boolean>;

  /** Closes the connections. */
  close(): void;
}
