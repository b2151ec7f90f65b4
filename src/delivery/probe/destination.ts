import { missingOf, sayMissing, type Endpoint } from '../../domain/entity.ts';
import { ProblemError } from '../../domain/errors.ts';
import { prepareSecurity, type Security } from '../../soap/security/secure-envelope.ts';
import type { SigningKey } from '../../soap/security/signing-key.ts';
import type { EntitySettings } from '../../store/entities.ts';
import { whatIsUnusable } from '../unusable.ts';

/** An endpoint that can be sent to. */
export interface Destination {
  readonly endpoint: Endpoint & { readonly url: string };
  /** Its policy, keys parsed. */
  readonly security: Security;
}

/**
 * Where an entity's report of a back office goes, as it is configured now: the back office's own endpoint, or the
 * entity's.
 *
 * @param serviceKey the service's own, for signature policies without one
 * @throws ProblemError `configuration-incomplete`, with `missing`
 */
export function destinationOf(
  { endpoint, backOffices }: Pick<EntitySettings, 'endpoint' | 'backOffices'>,
  backOffice: string | null,
  serviceKey: SigningKey | null,
): Destination {
  const own = backOffice === null ? undefined : backOffices.get(backOffice);
  const chosen = own ?? endpoint;
  const { url } = chosen;
  const security = prepareSecurity(chosen.policy, serviceKey);
  const serviceSigns = serviceKey !== null;
  if (url !== null && security !== null && missingOf(chosen, serviceSigns).length === 0) {
    return { endpoint: { ...chosen, url }, security };
  }
  const missing = whatIsUnusable(chosen, serviceSigns, own === undefined ? '' : (backOffice ?? ''));
  throw new ProblemError('configuration-incomplete', sayMissing(missing), { missing });
}
