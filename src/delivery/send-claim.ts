import { performance } from 'node:perf_hooks';
import type { AttemptResult } from '../domain/attempt.ts';
import { sayMissing, type Endpoint } from '../domain/entity.ts';
import type { AttemptErrorCode } from '../domain/errors.ts';
import type { ClaimedReport } from '../store/claims.ts';
import { missingPath } from '../store/endpoints.ts';
import { writeAttempt } from './attempt-request.ts';
import type { PreparedEndpoint } from './endpoint-cache.ts';
import type { Sender, SendRequest } from './ports.ts';
import type { EndedAttempt } from './settle.ts';
import { whatIsUnusable } from './unusable.ts';

/** A claim with the monotonic instants that bound it, in milliseconds of `performance.now()`. */
export interface HeldClaim extends ClaimedReport {
  /** When the claim's answer came: `claimedAt` is this instant on the database's clock. */
  readonly heldSince: number;
  /** After this nothing may be written to a socket: the lease would not cover the attempt. */
  readonly writeBefore: number;
}

/** Makes one attempt: encloses the report, posts it, and says how it ended. */
export async function sendClaim(
  sender: Sender,
  { claim, report, heldSince, writeBefore }: HeldClaim,
  prepared: PreparedEndpoint | undefined,
  signal: AbortSignal,
): Promise<EndedAttempt> {
  const startedAt = Math.floor(claim.claimedAt + performance.now() - heldSince);
  if (prepared === undefined) {
    return { claim, endpoint: null, envelope: null, startedAt, result: GONE_OR_SEALED };
  }
  const { endpoint, security } = prepared;
  const { url } = endpoint;
  if (!hasUrl(endpoint) || security === null) {
    return { claim, endpoint: url, envelope: null, startedAt, result: notConfigured(prepared) };
  }
  // The attempt's start is the message's instant: the log and the message say the same. Nothing is awaited here, which
  // would keep the report in memory until the attempt has ended: only its bytes are needed any more.
  return writeAttempt(report, endpoint, security, claim, startedAt).then(async (written) => {
    if ('inexpressible' in written) {
      const result = blocked('version-cannot-express', sayInexpressible(prepared, written.inexpressible));
      return { claim, endpoint: url, envelope: null, startedAt, result };
    }
    const { body, secrets, headers, envelope } = written;
    // The configuration may have changed since the claim; the lease has not.
    const timeoutMs = Math.min(endpoint.timeoutMs, claim.timeoutMs);
    const result = await sender.send({ endpoint, body, secrets, headers, timeoutMs, writeBefore }, signal);
    return { claim, endpoint: url, envelope, startedAt, result };
  });
}

function hasUrl(endpoint: Endpoint): endpoint is SendRequest['endpoint'] {
  return endpoint.url !== null;
}

/** The configuration was emptied between the claim and the sending. */
function notConfigured({ endpoint, backOffice }: PreparedEndpoint): AttemptResult {
  return blocked('configuration-incomplete', sayMissing(whatIsUnusable(endpoint, false, backOffice)));
}

/** What the endpoint's message version cannot say of the report, and what to do. */
function sayInexpressible(
  { endpoint, backOffice }: PreparedEndpoint,
  inexpressible: readonly string[],
): string {
  return (
    `Message version ${endpoint.messageVersion} cannot express ${inexpressible.join('; ')}. ` +
    `Change ${missingPath(backOffice, 'messageVersion')} to 4.0, and the delivery goes out.`
  );
}

/** The delivery has to wait until the configuration changes. */
function blocked(errorCode: AttemptErrorCode, errorText: string): AttemptResult {
  return {
    outcome: 'blocked',
    httpStatus: null,
    errorCode,
    errorText,
    durationMs: 0,
    phases: null,
    retryAfterMs: null,
    requestHeaders: {},
    requestHash: null,
    response: null,
  };
}

/** The endpoint is gone, or this process has another one's settings. */
const GONE_OR_SEALED = blocked(
  'configuration-incomplete',
  'The endpoint is gone, or its secrets do not open with the SECRETS_KEY of this process: put them again, or start it with the right key and run keys rotate-secrets.',
);
