import type { Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import type { AttemptPhases, AttemptResult, LoggedMessage } from '../../domain/attempt.ts';
import type { Authentication } from '../../domain/entity.ts';
import type { MessageVersion } from '../../domain/report.ts';
import type { AttemptStep } from '../ports.ts';
import type { Connection } from './connection.ts';
import {
  ANSWER_STALLED,
  ANSWER_TIMEOUT,
  CONNECT_TIMEOUT,
  DNS_TIMEOUT,
  failureOf,
  LEASE_EXPIRED,
  NO_FREE_CONNECTION,
  STOPPED,
  TOO_LARGE,
  type Failure,
} from './failure.ts';
import { loggedBody, loggedError, loggedHeaders } from './logged.ts';
import type { OriginPool } from './origin-pool.ts';
import { retryAfterMs } from './retry-after.ts';
import { sayCredential } from './refused-credential.ts';
import { judge, MAX_ANSWER_BYTES, type ReadAnswer } from './verdict.ts';

/** The longest that a connection may take, however long the attempt may: a dead address is known by then. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long one waits for a connection that is in use before another one is made for it. */
const CONNECTION_PATIENCE_MS = 100;
/** The most that is received of one answer in all, in bytes: interim answers, chunks' extensions and trailers too. */
const MAX_RECEIVED_BYTES = 1_048_576;
/** The longest answer that is remembered as a known acknowledgement. */
const MAX_KNOWN_BYTES = 4_096;

const EMPTY = Buffer.alloc(0);

/** One attempt, ready to be written. */
export interface AttemptPlan {
  readonly options: Dispatcher.DispatchOptions;
  /** The headers as sent, secrets masked. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestHash: string;
  /** That of the report: its answer has to be of the same. */
  readonly messageVersion: MessageVersion;
  /** Texts of the request that are masked wherever the answer repeats them. */
  readonly secrets: readonly string[];
  /** Instants of `performance.now()`. */
  readonly startedAt: number;
  readonly deadline: number;
  readonly writeBefore: number;
  /** How the request is authenticated, for a sentence about an answer that refuses it. */
  readonly authentication: Authentication['type'];
  readonly signal: AbortSignal;
  /** How long an answer that has begun may stand still, in milliseconds. */
  readonly maxSilenceMs: number;
  /** Told as it comes along; null: nobody is. */
  readonly onStep: ((step: AttemptStep) => void) | null;
}

/**
 * One attempt under way: undici tells it what happens on the connection, the sender's clock when its time is
 * up. Whatever comes first settles it; what comes later is ignored.
 */
export class Attempt implements Dispatcher.DispatchHandler {
  /** Where its sender keeps it. */
  place = -1;
  readonly #plan: AttemptPlan;
  readonly #pool: OriginPool;
  readonly #settled: (attempt: Attempt, result: AttemptResult) => void;
  #connection: Connection | null = null;
  /** When it got its connection, by `performance.now()`. */
  #connectingSince = Number.POSITIVE_INFINITY;
  /** When the request was written, and when the answer's head was read, by `performance.now()`. */
  #writtenAt: number | null = null;
  #answeredAt: number | null = null;
  #done = false;
  #status: number | null = null;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #received = 0;
  /** What its connection had received when it was written. */
  #receivedBefore = 0;
  /** What had come of the answer's body at the last look, and when that changed, by `performance.now()`. */
  #heard = -1;
  #heardAt = 0;

  /** @param settled called once, with what became of it */
  constructor(
    plan: AttemptPlan,
    pool: OriginPool,
    settled: (attempt: Attempt, result: AttemptResult) => void,
  ) {
    this.#plan = plan;
    this.#pool = pool;
    this.#settled = settled;
  }

  /** Asks for a connection, and sends the request on it. */
  start(): void {
    this.#pool.take((connection) => {
      if (this.#done) return false;
      this.#connection = connection;
      this.#connectingSince = performance.now();
      if (this.#plan.onStep !== null) connection.watch(this.#plan.onStep);
      connection.dispatch(this.#plan.options, this);
      return true;
    });
  }

  /** Ends it when its time is up or its sender stops. */
  check(now: number): void {
    const { deadline, signal } = this.#plan;
    if (signal.aborted) this.#giveUp(STOPPED);
    else if (now >= deadline) this.#giveUp(this.#lateness());
    else if (this.#connection === null) this.#waitForConnection(now);
    else if (!this.#sent && now >= this.#connectingSince + CONNECT_TIMEOUT_MS) {
      this.#giveUp(this.#lateness());
    } else if (this.#sent) this.#checkAnswer(now);
  }

  /** Asks for one more connection once it has waited in vain: the server is slow, or far away. */
  #waitForConnection(now: number): void {
    if (now - this.#plan.startedAt >= CONNECTION_PATIENCE_MS) this.#pool.widen(now);
  }

  /** Ends it when its answer stands still, or has no end. */
  #checkAnswer(now: number): void {
    const bytesRead = this.#connection?.bytesRead ?? 0;
    if (bytesRead - this.#receivedBefore > MAX_RECEIVED_BYTES) this.#giveUp(TOO_LARGE);
    else if (this.#status === null) return;
    else if (this.#received !== this.#heard) {
      this.#heard = this.#received;
      this.#heardAt = now;
    } else if (now - this.#heardAt >= this.#plan.maxSilenceMs) this.#giveUp(ANSWER_STALLED);
  }

  /** Ends it because the service stops. */
  stop(): void {
    this.#giveUp(STOPPED);
  }

  /** Called just before the request is written; what it throws keeps undici from writing. */
  onRequestStart(): void {
    if (this.#done) throw new Error('The attempt has ended.');
    // undici asks again for what it thinks can be repeated; the server may have a report that was written.
    if (this.#sent) throw new Error('The request was written already.');
    const now = performance.now();
    if (now >= this.#plan.writeBefore) {
      this.#giveUp(LEASE_EXPIRED);
      throw new Error(LEASE_EXPIRED.text);
    }
    this.#writtenAt = now;
    this.#receivedBefore = this.#connection?.bytesRead ?? 0;
    const { onStep } = this.#plan;
    onStep?.('written');
    this.#connection?.head.expect(onStep === null ? null : () => onStep('answering'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // Interim answers (102, 103) come here too.
    if (status < 200) return;
    this.#answeredAt = performance.now();
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done) return;
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    if (this.#received > MAX_ANSWER_BYTES) this.#giveUp(TOO_LARGE);
  }

  onResponseEnd(): void {
    if (this.#done || this.#status === null) return;
    const answer: ReadAnswer = {
      status: this.#status,
      contentType: headerOf(this.#headers, 'content-type'),
      contentEncoding: listOf(this.#headers, 'content-encoding'),
      body: this.#body(),
    };
    const known = this.#knownText(answer);
    if (known === null) {
      const verdict = judge(answer, this.#plan.messageVersion);
      const text = loggedBody(verdict.body, answer.contentType, this.#plan.secrets);
      if (verdict.failure === null) this.#remember(answer, text);
      this.#settle(sayCredential(verdict.failure, this.#plan.authentication), text);
    } else {
      this.#settle(null, known);
    }
    if (this.#connection !== null) this.#pool.giveBack(this.#connection);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#done) return;
    this.#settle(
      failureOf(this.#connection?.causeOf(error) ?? error, {
        sent: this.#sent,
        answered: this.#statusRead() !== null,
        ownAuthority: this.#pool.server.tls?.ownAuthority === true,
        clientCertificate: this.#pool.server.tls?.clientCertificate === true,
      }),
    );
    // The broken connection is made anew for the next request.
    if (this.#connection !== null) this.#pool.giveBack(this.#connection);
  }

  /** What is late. */
  #lateness(): Failure {
    if (this.#sent) return ANSWER_TIMEOUT;
    if (this.#connection === null) return NO_FREE_CONNECTION;
    return this.#connection.resolving ? DNS_TIMEOUT : CONNECT_TIMEOUT;
  }

  #giveUp(failure: Failure): void {
    if (this.#done) return;
    this.#settle(failure);
    if (this.#connection !== null) void this.#pool.discard(this.#connection);
  }

  #settle(failure: Failure | null, bodyText?: string): void {
    this.#done = true;
    if (this.#plan.onStep !== null) this.#connection?.watch(null);
    const { secrets, requestHeaders, requestHash, startedAt } = this.#plan;
    const endedAt = performance.now();
    this.#settled(this, {
      outcome: failure?.outcome ?? 'acknowledged',
      httpStatus: this.#statusRead(),
      errorCode: failure?.code ?? null,
      errorText: failure === null ? null : loggedError(failure.text, secrets),
      durationMs: Math.round(endedAt - startedAt),
      phases: this.#phases(endedAt),
      retryAfterMs:
        failure === null ? null : retryAfterMs(headerOf(this.#headers, 'retry-after'), Date.now()),
      requestHeaders,
      requestHash,
      response: this.#response(bodyText),
    });
  }

  #phases(endedAt: number): AttemptPhases {
    const { startedAt } = this.#plan;
    const [written, answered] = [this.#writtenAt, this.#answeredAt];
    return {
      connectingMs: Math.round((written ?? endedAt) - startedAt),
      waitingMs: written === null ? null : Math.round((answered ?? endedAt) - written),
      readingMs: answered === null ? null : Math.round(endedAt - answered),
    };
  }

  /** Whether its request was written: the server may have it. */
  get #sent(): boolean {
    return this.#writtenAt !== null;
  }

  /** The status, also of an answer that broke off within its headers. */
  #statusRead(): number | null {
    return this.#status ?? (this.#sent ? (this.#connection?.head.status ?? null) : null);
  }

  #response(bodyText: string | undefined): LoggedMessage | null {
    if (this.#status === null) return null;
    const contentType = headerOf(this.#headers, 'content-type');
    return {
      headers: loggedHeaders(this.#headers, this.#plan.secrets),
      body: bodyText ?? loggedBody(this.#body(), contentType, this.#plan.secrets),
    };
  }

  #body(): Buffer {
    const [first = EMPTY] = this.#chunks;
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first;
  }

  /** The text of an acknowledgement that repeats the server's last one byte by byte; null for any other. */
  #knownText({ status, contentType, contentEncoding, body }: ReadAnswer): string | null {
    const { known } = this.#pool;
    if (known === null || status > 299 || contentEncoding !== null) return null;
    if (known.messageVersion !== this.#plan.messageVersion) return null;
    return contentType === known.contentType && body.equals(known.body) ? known.text : null;
  }

  #remember({ contentType, contentEncoding, body }: ReadAnswer, text: string): void {
    if (contentEncoding !== null || body.length > MAX_KNOWN_BYTES) return;
    // A copy: the chunk is a part of a larger buffer.
    const { messageVersion } = this.#plan;
    this.#pool.known = { messageVersion, contentType, body: Buffer.from(body), text };
  }
}

/** A header's value, the first where a server sends several. */
function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** A list header's value, joined where a server and its proxies send several (RFC 9110, 5.3). */
function listOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? null;
}
