import type { Claim } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { loadEndpoints, type ConfiguredEndpoint } from '../store/endpoints.ts';
import type { Sealer } from '../store/secrets.ts';

/** Endpoints kept in memory, secrets opened; the oldest go first. */
const MAX_KEPT = 10_000;

/** The endpoints that claims are sent to, read once for each version of their configuration. */
export interface EndpointCache {
  /** Reads the endpoints of these claims that are not known in the claim's version. */
  prepare(claims: readonly Claim[]): Promise<void>;
  /** The endpoint by row id, as last prepared. */
  get(id: string): ConfiguredEndpoint | undefined;
}

export function createEndpointCache(db: Database, sealer: Sealer): EndpointCache {
  const kept = new Map<string, ConfiguredEndpoint>();
  return {
    get: (id) => kept.get(id),
    async prepare(claims) {
      const stale = new Set<string>();
      for (const { endpointId, configurationVersion } of claims) {
        if (kept.get(endpointId)?.version !== configurationVersion) stale.add(endpointId);
      }
      if (stale.size === 0) return;
      for (const id of stale) kept.delete(id);
      for (const endpoint of await loadEndpoints(db, sealer, [...stale])) kept.set(endpoint.id, endpoint);
      for (const id of kept.keys()) {
        if (kept.size <= MAX_KEPT) return;
        kept.delete(id);
      }
    },
  };
}
