import { performance } from 'node:perf_hooks';
import type { AttemptResult } from '../domain/attempt.ts';
import { missingOf, type EnvelopeOptions } from '../domain/entity.ts';
import { contentHeaders, writeEnvelope } from '../soap/envelope.ts';
import { secureEnvelope, type SecuredMessage } from '../soap/security/secure-envelope.ts';
import type { Claim } from '../store/claims.ts';
import { missingPath } from '../store/endpoints.ts';
import type { PreparedEndpoint } from './endpoint-cache.ts';
import type { Sender } from './ports.ts';
import type { EndedAttempt } from './settle.ts';

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
  const endpoint = prepared?.endpoint;
  const url = endpoint?.url ?? null;
  const security = prepared?.security ?? null;
  if (endpoint === undefined || url === null || security === null) {
    return { claim, endpoint: url, envelope: null, startedAt, result: notConfigured(prepared) };
  }
  const message =
    security.type === 'none'
      ? enclose(claim.report, endpoint.envelope)
      : // The attempt's start is the message's instant: the log and the message say the same.
        await secureEnvelope(claim.report, endpoint.envelope, security, startedAt);
  const result = await sender.send(
    {
      endpoint: { ...endpoint, url },
      body: message.body,
      secrets: message.secrets,
      headers: {
        ...contentHeaders(endpoint.envelope),
        'Idempotency-Key': claim.delivery,
        'Enotum-Attempt': String(claim.attempt),
      },
      // The configuration may have changed since the claim; the lease has not.
      timeoutMs: Math.min(endpoint.timeoutMs, claim.timeoutMs),
      writeBefore,
    },
    signal,
  );
  return { claim, endpoint: url, envelope: message.envelope, startedAt, result };
}

/** A message without a Security header. */
function enclose(reportXml: string, envelope: EnvelopeOptions): SecuredMessage {
  return { body: Buffer.from(writeEnvelope(reportXml, envelope)), envelope, secrets: NO_SECRETS };
}

const NO_SECRETS: readonly string[] = [];

/** The configuration was emptied between the claim and the sending, or this process has another one's settings. */
function notConfigured(prepared: PreparedEndpoint | undefined): AttemptResult {
  const lacks = prepared === undefined ? ['endpoint'] : whatLacks(prepared);
  return {
    outcome: 'blocked',
    httpStatus: null,
    errorCode: 'configuration-incomplete',
    errorText: `The configuration lacks: ${lacks.join(', ')}.`,
    durationMs: 0,
    retryAfterMs: null,
    requestHeaders: {},
    requestHash: null,
    response: null,
  };
}

function whatLacks({ endpoint, backOffice }: PreparedEndpoint): string[] {
  const missing = missingOf(endpoint, false);
  // Nothing lacks, but what is there cannot be used.
  if (missing.length === 0) missing.push('policy.privateKey');
  return missing.map((member) => missingPath(backOffice, member));
}
