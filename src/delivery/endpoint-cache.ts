import { prepareSecurity, type Security } from '../soap/security/secure-envelope.ts';
import type { SigningKey } from '../soap/security/signing-key.ts';
import type { Claim } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { loadEndpoints, type ConfiguredEndpoint } from '../store/endpoints.ts';
import type { Sealer } from '../store/secrets.ts';

/** Endpoints kept in memory, secrets opened; the oldest go first. */
const MAX_KEPT = 10_000;

/** An endpoint that attempts are sent to. */
export interface PreparedEndpoint extends ConfiguredEndpoint {
  /** Its policy, keys parsed; null where it cannot be used. */
  readonly security: Security | null;
}

/** The endpoints that claims are sent to, read once for each version of their configuration. */
export interface EndpointCache {
  /** Reads the endpoints of these claims that are not known in the claim's version. */
  prepare(claims: readonly Claim[]): Promise<void>;
  /** The endpoint by row id, as last prepared. */
  get(id: string): PreparedEndpoint | undefined;
}

/** @param serviceKey the service's own, for signature policies without one */
export function createEndpointCache(
  db: Database,
  sealer: Sealer,
  serviceKey: SigningKey | null,
): EndpointCache {
  const kept = new Map<string, PreparedEndpoint>();
  return {
    get: (id) => kept.get(id),
    async prepare(claims) {
      const stale = new Set<string>();
      for (const { endpointId, configurationVersion } of claims) {
        if (kept.get(endpointId)?.version !== configurationVersion) stale.add(endpointId);
      }
      if (stale.size === 0) return;
      for (const id of stale) kept.delete(id);
      for (const loaded of await loadEndpoints(db, sealer, [...stale])) {
        kept.set(loaded.id, { ...loaded, security: prepareSecurity(loaded.endpoint.policy, serviceKey) });
      }
      for (const id of kept.keys()) {
        if (kept.size <= MAX_KEPT) return;
        kept.delete(id);
      }
    },
  };
}
