import type { AttemptResult, Outcome } from '../domain/attempt.ts';
import type { Status } from '../domain/delivery.ts';
import type { Endpoint } from '../domain/entity.ts';
import type { EntityKey, StateChange } from '../domain/notification.ts';
import type { State } from '../domain/state.ts';

/** A state change and the line of the request that it came in, for the problem that names it. */
export interface SubmittedChange {
  readonly line: number;
  readonly change: StateChange;
}

/** Why no callback is due for a change. */
export const NO_CALLBACK_REASONS = [
  'state-without-callback',
  'not-by-integration',
  'entity-unknown',
  'callbacks-off',
  'state-switched-off',
] as const;
export type NoCallbackReason = (typeof NO_CALLBACK_REASONS)[number];

/** The answer for one change; the same for its repeats. */
export interface IntakeResult {
  readonly id: string;
  readonly deliveryId: string | null;
  readonly reason: NoCallbackReason | null;
  readonly duplicate: boolean;
}

/** Takes state changes. */
export interface Intake {
  /**
   * Writes all changes of one request, or none. Resolves once the transaction is committed.
   *
   * @param isGone whether the caller has hung up: nothing is begun for who hears no answer, and repeats it
   * @throws ProblemError with `lines` that names each bad line; `busy` where too many changes wait already
   */
  submit(changes: readonly SubmittedChange[], isGone: () => boolean): Promise<IntakeResult[]>;
  /**
   * Asked before a request's body is read.
   *
   * @throws ProblemError `busy` where so many changes wait that the request is better refused unread
   */
  requireRoom(): void;
}

/** One attempt to be sent. */
export interface SendRequest {
  readonly endpoint: Endpoint & { readonly url: string };
  /** The XML of the envelope, UTF-8. */
  readonly body: Buffer;
  /** Content-Type, SOAPAction, Idempotency-Key …, without those of authentication, which the sender adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** Texts of the body that are masked wherever an answer repeats them. */
  readonly secrets: readonly string[];
  /** Milliseconds that the attempt may still take, DNS to last byte. */
  readonly timeoutMs: number;
  /**
   * The instant of `performance.now()` after which nothing may be written any more, because the claim's lease
   * could have run out: checked just before the request goes onto a socket.
   */
  readonly writeBefore: number;
  /** Told as the attempt comes along: a test watches, ordinary attempts have none. */
  readonly onStep?: (step: AttemptStep) => void;
}

/**
 * How far an attempt has come: its host's name is resolved, the connection is made, TLS is agreed, the request is
 * written, the answer begins. An address has no name, plain HTTP no TLS, a kept connection has it all behind it.
 */
export type AttemptStep = 'resolved' | 'connected' | 'secured' | 'written' | 'answering';

/** Posts attempts to endpoints over kept connections. */
export interface Sender {
  /** Sends one attempt and reads its answer by the contract. Never throws for what the outside world does. */
  send(request: SendRequest, signal: AbortSignal): Promise<AttemptResult>;
  /** Closes every connection; attempts under way end `interrupted`. */
  close(): Promise<void>;
}

/** An attempt that has ended and is recorded, for those who watch: nothing personal in it. */
export interface AttemptEvent extends EntityKey {
  readonly delivery: string;
  readonly notification: string | null;
  readonly state: State | null;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly durationMs: number;
  /** The delivery's status after it; null where it came too late to change anything. */
  readonly status: Status | null;
  /** Milliseconds since the epoch; null where none is planned. */
  readonly nextAttemptAt: number | null;
}
