import { performance } from 'node:perf_hooks';
import type { AttemptResult } from '../domain/attempt.ts';
import { contentHeaders, writeEnvelope } from '../soap/envelope.ts';
import type { Claim } from '../store/claims.ts';
import type { ConfiguredEndpoint } from '../store/endpoints.ts';
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
  configured: ConfiguredEndpoint | undefined,
  signal: AbortSignal,
): Promise<EndedAttempt> {
  const startedAt = Math.floor(claim.claimedAt + performance.now() - heldSince);
  const endpoint = configured?.endpoint;
  const url = endpoint?.url ?? null;
  if (endpoint === undefined || url === null) {
    return { claim, endpoint: null, envelope: null, startedAt, result: NOT_CONFIGURED };
  }
  const result = await sender.send(
    {
      endpoint: { ...endpoint, url },
      body: Buffer.from(writeEnvelope(claim.report, endpoint.envelope)),
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
  return { claim, endpoint: url, envelope: endpoint.envelope, startedAt, result };
}

/** The configuration was emptied between the claim and the sending. */
const NOT_CONFIGURED: AttemptResult = {
  outcome: 'blocked',
  httpStatus: null,
  errorCode: 'configuration-incomplete',
  errorText: 'The configuration lacks: endpoint.url.',
  durationMs: 0,
  retryAfterMs: null,
  requestHeaders: {},
  requestHash: null,
  response: null,
};
