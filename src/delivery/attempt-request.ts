import type { Endpoint } from '../domain/entity.ts';
import { contentHeaders, writeEnvelope } from '../soap/envelope.ts';
import { reportInVersion } from '../soap/report-32.ts';
import { secureEnvelope, type SecuredMessage, type Security } from '../soap/security/secure-envelope.ts';

/** What tells an attempt from others. */
export interface AttemptName {
  /** The delivery's id, the same at each attempt. */
  readonly delivery: string;
  /** From 1. */
  readonly attempt: number;
}

/** The message of an attempt and the headers that go with it, but for those of authentication. */
interface WrittenAttempt extends SecuredMessage {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Encloses a report as an endpoint wants it: what the worker posts, and what a preview and a test show.
 *
 * @param pinned the Report element of message version 4.0, as `writeReport40` wrote it
 * @param now the instant that a Security header tells, in milliseconds since the epoch
 * @returns `inexpressible`: what of the report the endpoint's message version cannot say, as noun phrases
 */
export async function writeAttempt(
  pinned: string,
  { envelope, messageVersion }: Pick<Endpoint, 'envelope' | 'messageVersion'>,
  security: Security,
  { delivery, attempt }: AttemptName,
  now: number,
): Promise<WrittenAttempt | { readonly inexpressible: readonly string[] }> {
  const report = reportInVersion(messageVersion, pinned);
  if ('inexpressible' in report) return report;
  const message =
    security.type === 'none'
      ? { body: Buffer.from(writeEnvelope(report.xml, envelope)), envelope, secrets: NO_SECRETS }
      : await secureEnvelope(report.xml, envelope, security, now);
  return {
    body: message.body,
    envelope: messageVersion === '4.0' ? message.envelope : { ...message.envelope, messageVersion },
    secrets: message.secrets,
    headers: {
      ...contentHeaders(envelope),
      'Idempotency-Key': delivery,
      'Enotum-Attempt': String(attempt),
    },
  };
}

const NO_SECRETS: readonly string[] = [];
