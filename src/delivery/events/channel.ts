import type { NoticeErrorCode } from '../../domain/errors.ts';
import type { OperationalEvent } from '../../domain/event.ts';

/** Why events did not go out by a channel: a code of docs/errors.md, with the status where there is one. */
export interface NoticeFailure {
  readonly code: NoticeErrorCode;
  /** An HTTP status, or SMTP's reply code; null where there was no answer. */
  readonly status: number | null;
}

/** A way by which events are told to those who run the service. */
export interface Channel {
  readonly name: 'webhook' | 'mail';
  /** The most events of one sending. */
  readonly together: number;
  /** The longest that one sending takes, in milliseconds. */
  readonly limitMs: number;
  /**
   * Sends events, at least one. Never throws for what the outside world does.
   *
   * @returns null once they were taken
   */
  send(events: readonly OperationalEvent[], signal: AbortSignal): Promise<NoticeFailure | null>;
  /** Closes its connections; what is being sent ends. */
  close(): Promise<void>;
}
