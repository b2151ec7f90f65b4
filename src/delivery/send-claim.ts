import { performance } from 'node:perf_hooks';
import type { AttemptResult } from '../domain/attempt.ts';
import { sayMissing } from '../domain/entity.ts';
import type { AttemptErrorCode } from '../domain/errors.ts';
import type { Claim } from '../store/claims.ts';
import { missingPath } from '../store/endpoints.ts';
import { writeAttempt } from './attempt-request.ts';
import type { PreparedEndpoint } from './endpoint-cache.ts';
import type { Sender } from './ports.ts';
import type { EndedAttempt } from './settle.ts';
import { whatIsUnusable } from './unusable.ts';

/** A claim with the monotonic instants that bound it, in milliseconds of `performance.now()`. */
export interface HeldClaim {
  readonly claim: Claim;
  /** When the claim's answer came: `claimedAt` is this instant on the database's clock. */
  readonly heldSince: number;
  /** After this nothing may be written to a socket: the lease would not cover the attempt. */
  readonly writeBefore: number;
}

/** Makes one attempt: encloses the report, posts it, and says how it ended. */
export async function sendClaim(
  sender: Sender,
  { claim, heldSince, writeBefore }: HeldClaim,
  prepared: PreparedEndpoint | undefined,
  signal: AbortSignal,
): Promise<EndedAttempt> {
  const startedAt = Math.floor(claim.claimedAt + performance.now() - heldSince);
  const url = prepared?.endpoint.url ?? null;
  const security = prepared?.security ?? null;
  if (prepared === undefined || url === null || security === null) {
    return { claim, endpoint: url, envelope: null, startedAt, result: notConfigured(prepared) };
  }
  const { endpoint } = prepared;
  // The attempt's start is the message's instant: the log and the message say the same.
  const written = await writeAttempt(claim.report, endpoint, security, claim, startedAt);
  if ('inexpressible' in written) {
    const result = blocked('version-cannot-express', sayInexpressible(prepared, written.inexpressible));
    return { claim, endpoint: url, envelope: null, startedAt, result };
  }
  const result = await sender.send(
    {
      endpoint: { ...endpoint, url },
      body: written.body,
      secrets: written.secrets,
      headers: written.headers,
      // The configuration may have changed since the claim; the lease has not.
      timeoutMs: Math.min(endpoint.timeoutMs, claim.timeoutMs),
      writeBefore,
    },
    signal,
  );
  return { claim, endpoint: url, envelope: written.envelope, startedAt, result };
}

const GONE_OR_SEALED =
  'The endpoint is gone, or its secrets do not open with the SECRETS_KEY of this process: put them again, or start it with the right key and run keys rotate-secrets.';

/** The configuration was emptied between the claim and the sending, or this process has another one's settings. */
function notConfigured(prepared: PreparedEndpoint | undefined): AttemptResult {
  if (prepared === undefined) return blocked('configuration-incomplete', GONE_OR_SEALED);
  const lacks = whatIsUnusable(prepared.endpoint, false, prepared.backOffice);
  return blocked('configuration-incomplete', sayMissing(lacks));
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
