import { hash, type X509Certificate } from 'node:crypto';
import {
  createAddressGuard,
  DEFAULT_ADDRESS_RULES,
  type AddressGuard,
  type AddressRules,
} from '../../domain/address-rules.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import type { Sender, SendRequest } from '../ports.ts';
import { Attempt, type AttemptPlan } from './attempt.ts';
import { addressNotAllowed, failureOf, STOPPED, type Failure, type Progress } from './failure.ts';
import type { OriginPool } from './origin-pool.ts';
import { Pools } from './pools.ts';
import { writeRequestHeaders } from './request-headers.ts';
import { rememberingResolver, resolveBySystem, type Resolve } from './resolver.ts';

/** How exactly attempts are ended when their time is up: one timer looks at all of them. */
const TICK_MS = 20;
/** A tick this late means that the process was busy: answers may wait to be read, so they get one turn first. */
const LATE_TICK_MS = 200;
/** How long an answer that has begun may stand still: longer than servers think between their header and their body. */
const MAX_SILENCE_MS = 60_000;
/** URLs whose parts are remembered. */
const MAX_URLS = 1_000;

/** What a sender works with; rules that are left out are the strictest. */
export interface SenderOptions extends Partial<AddressRules> {
  /** `enotum-callbacks/<version>`. */
  readonly userAgent: string;
  /** How host names are resolved; the system's way by default. */
  readonly resolve?: Resolve;
  /** How long an answer that has begun may stand still, in milliseconds; 60,000 by default. */
  readonly maxSilenceMs?: number;
  /** Told of the certificate that a server has shown on a new connection, once it is verified. */
  readonly onCertificate?: (origin: string, certificate: X509Certificate) => void;
}

/** A URL, and why nothing is sent to it; null: its name's addresses decide. */
interface Target {
  readonly url: URL;
  readonly refusal: string | null;
}

/** Makes the sender of callbacks: HTTP/1.1 over kept connections, one request at a time on each. */
export function createSender(options: SenderOptions): Sender {
  return new PostSender(options);
}

class PostSender implements Sender {
  readonly #userAgent: string;
  readonly #pools: Pools;
  /**
   * Each at its `place`, in no order. Not a Set: one that changes all the time leaves its old tables behind it, each of
   * which keeps what it held, and the next table, from the collector of short-lived objects.
   */
  readonly #underWay: Attempt[] = [];
  readonly #urls = new Map<string, Target>();
  readonly #guard: AddressGuard;
  readonly #maxSilenceMs: number;
  #clock: NodeJS.Timeout | null = null;
  #lastTick = 0;
  /** Whether the last tick was left out. */
  #answersFirst = false;
  #closed = false;

  constructor(options: SenderOptions) {
    const { resolve = resolveBySystem, onCertificate = () => undefined, ...given } = options;
    const rules = { ...DEFAULT_ADDRESS_RULES, ...given };
    this.#guard = createAddressGuard(rules);
    this.#maxSilenceMs = options.maxSilenceMs ?? MAX_SILENCE_MS;
    this.#userAgent = options.userAgent;
    this.#pools = new Pools({
      guard: this.#guard,
      proxy: rules.outboundProxy,
      resolve: rememberingResolver(resolve),
      onCertificate,
    });
  }

  async send(request: SendRequest, signal: AbortSignal): Promise<AttemptResult> {
    const { url, refusal } = this.#target(request.endpoint.url);
    const plan = this.#plan(request, url, signal);
    if (this.#closed || signal.aborted) return notSent(plan, STOPPED);
    if (refusal !== null) return notSent(plan, addressNotAllowed(refusal));
    let pool: OriginPool;
    try {
      pool = this.#pools.get(url, request.endpoint.tls);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return notSent(plan, failureOf(error, NOT_CONNECTED));
    }
    return new Promise((resolve) => {
      const attempt = new Attempt(plan, pool, (settled, result) => {
        this.#remove(settled);
        resolve(result);
      });
      attempt.place = this.#underWay.push(attempt) - 1;
      this.#startClock();
      attempt.start();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const attempt of this.#underWay.toReversed()) attempt.stop();
    this.#stopClock();
    await this.#pools.close();
  }

  #plan(request: SendRequest, url: URL, signal: AbortSignal): AttemptPlan {
    const { body, endpoint, secrets, timeoutMs, writeBefore } = request;
    const startedAt = performance.now();
    const { sent, shown, credentials } = writeRequestHeaders(request, url.host, this.#userAgent);
    return {
      options: { method: 'POST', path: url.pathname + url.search, headers: sent, body },
      requestHeaders: shown,
      requestHash: hash('sha256', body),
      messageVersion: endpoint.messageVersion,
      secrets: credentials === null ? secrets : [...credentials.secrets, ...secrets],
      startedAt,
      deadline: startedAt + timeoutMs,
      authentication: endpoint.authentication.type,
      writeBefore,
      signal,
      maxSilenceMs: this.#maxSilenceMs,
      onStep: request.onStep ?? null,
    };
  }

  #target(text: string): Target {
    let target = this.#urls.get(text);
    if (target === undefined) {
      if (this.#urls.size >= MAX_URLS) this.#urls.clear();
      const url = new URL(text);
      target = { url, refusal: this.#guard.refusalOf(url) };
      this.#urls.set(text, target);
    }
    return target;
  }

  #startClock(): void {
    if (this.#clock !== null) return;
    this.#lastTick = performance.now();
    this.#clock = setInterval(() => this.#tick(), TICK_MS);
  }

  #stopClock(): void {
    if (this.#clock !== null) clearInterval(this.#clock);
    this.#clock = null;
  }

  #tick(): void {
    const now = performance.now();
    const late = now - this.#lastTick > LATE_TICK_MS;
    this.#lastTick = now;
    this.#answersFirst = late && !this.#answersFirst;
    if (this.#answersFirst) return;
    if (this.#underWay.length === 0) this.#stopClock();
    // From the end: what ends meanwhile is replaced by one that was looked at.
    for (let place = this.#underWay.length - 1; place >= 0; place -= 1) this.#underWay[place]?.check(now);
  }

  #remove({ place }: Attempt): void {
    const last = this.#underWay.pop();
    if (last === undefined || last.place === place) return;
    this.#underWay[place] = last;
    last.place = place;
  }
}

const NOT_CONNECTED: Progress = {
  sent: false,
  answered: false,
  ownAuthority: false,
  clientCertificate: false,
};

/** The result of an attempt that ended before it had a connection. */
function notSent(plan: AttemptPlan, failure: Failure): AttemptResult {
  return {
    outcome: failure.outcome,
    httpStatus: null,
    errorCode: failure.code,
    errorText: failure.text,
    durationMs: Math.round(performance.now() - plan.startedAt),
    phases: null,
    retryAfterMs: null,
    requestHeaders: plan.requestHeaders,
    requestHash: plan.requestHash,
    response: null,
  };
}
