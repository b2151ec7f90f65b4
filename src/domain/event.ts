import type { Outcome } from './attempt.ts';
import type { CertificateKind } from './certificate.ts';

/** What is told to those who run the service. */
export const EVENT_TYPES = [
  'endpoint.failing',
  'endpoint.suspended',
  'endpoint.recovered',
  'delivery.exhausted',
  'certificate.expiring',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** How near its end a certificate is told of: 30 and 7 days before, and when it has ended. */
export type CertificateStage = '30d' | '7d' | 'ended';

const LAST_DAYS_MS = 7 * 86_400_000;

/**
 * The stage of a certificate that ends within 30 days, or has ended.
 *
 * @param expiresAtMs milliseconds since the epoch, as is `now`
 */
export function certificateStage(expiresAtMs: number, now: number): CertificateStage {
  if (expiresAtMs < now) return 'ended';
  return expiresAtMs - now < LAST_DAYS_MS ? '7d' : '30d';
}

/** What an event says besides whom it is about; null where a type does not say it. Nothing personal, no secret. */
export interface EventFacts {
  /** The entity's two names, as they are shown to people. */
  readonly entityName: string | null;
  /** The endpoint's server: scheme, host, port. Never the path, which may hold a token. */
  readonly origin: string | null;
  /** How long the failures have lasted, as a setting says it (`15m`); of a certificate a `CertificateStage`. */
  readonly stage: string | null;
  /** The first failure since the last acknowledgement; instants are ISO 8601 in UTC. */
  readonly since: string | null;
  readonly lastFailureAt: string | null;
  readonly failures: number | null;
  readonly outcome: Outcome | null;
  /** Of docs/errors.md. */
  readonly code: string | null;
  readonly httpStatus: number | null;
  /** Unfinished deliveries of the endpoint, counted up to `MOST_WAITING`. */
  readonly waiting: number | null;
  /** Deliveries exhausted since they were last told of. */
  readonly exhausted: number | null;
  readonly certificate: {
    readonly kind: CertificateKind;
    /** SHA-256, hex; null where an older version wrote the configuration. */
    readonly fingerprint: string | null;
    readonly expiresAt: string;
    readonly endpoints: number;
  } | null;
}

/** What an event that says nothing more says. */
export const NO_FACTS: EventFacts = {
  entityName: null,
  origin: null,
  stage: null,
  since: null,
  lastFailureAt: null,
  failures: null,
  outcome: null,
  code: null,
  httpStatus: null,
  waiting: null,
  exhausted: null,
  certificate: null,
};

/** More unfinished deliveries than these are not counted: reading them would cost what they are many of. */
export const MOST_WAITING = 10_000;

/** One thing that happened, and to whom. */
export interface OperationalEvent extends EventFacts {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly type: EventType;
  readonly organisation: string | null;
  readonly department: string | null;
  /** Null for the entity's own endpoint too. */
  readonly backOffice: string | null;
}
