import { missingOf, type Endpoint } from '../domain/entity.ts';
import { missingPath } from '../store/endpoints.ts';

/**
 * What keeps an endpoint from being sent to, as paths in its entity's configuration: what it lacks, or, where
 * nothing lacks, the key that cannot be used.
 *
 * @param serviceSigns whether this process has a certificate and a key of the service's own
 * @param backOffice '' for the entity's own endpoint
 */
export function whatIsUnusable(endpoint: Endpoint, serviceSigns: boolean, backOffice: string): string[] {
  const missing = missingOf(endpoint, serviceSigns);
  if (missing.length === 0) missing.push('policy.privateKey');
  return missing.map((member) => missingPath(backOffice, member));
}
