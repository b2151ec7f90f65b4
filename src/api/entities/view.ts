import { describeCertificate, describeFirstToEnd } from '../../domain/certificate.ts';
import type { Endpoint } from '../../domain/entity.ts';
import type { StoredEntity } from '../../store/entities.ts';
import type { ListedEntity as StoredListed } from '../../store/entity-list.ts';
import { viewPolicy } from './policy.ts';
import type { EndpointView, EntityView, ListedEntity } from './schema.ts';
import { viewSecret } from './secret.ts';
import { warningsOf } from './warnings.ts';

/** How an entity is answered; the one place that turns secrets into whether they are set. */
export function viewEntity(entity: StoredEntity): EntityView {
  const { key, paused, endpoint, backOffices } = entity;
  const own = viewEndpoint('', endpoint, entity);
  const others = [...backOffices].map(([code, other]) => [code, viewEndpoint(code, other, entity)] as const);
  return {
    ...key,
    organisationName: entity.organisationName,
    departmentName: entity.departmentName,
    online: entity.online,
    daily: entity.daily,
    sendCancelled: entity.sendCancelled,
    retryDelays: entity.retryDelays === null ? null : [...entity.retryDelays],
    endpoint: own,
    // Own properties whatever the codes are: fromEntries defines them.
    backOffices: Object.fromEntries(others.map(([code, other]) => [code, { endpoint: other }])),
    paused: paused === null ? null : { since: paused.since.toISOString(), reason: paused.reason },
    suspended: Array.from(entity.suspended, ([code, since]) => ({
      backOffice: code === '' ? null : code,
      since: since.toISOString(),
    })),
    missing: [...entity.missing],
    warnings: warningsOf([['', own], ...others], Date.now()),
  };
}

/** How an entity is answered among others. */
export function viewListed(entity: StoredListed): ListedEntity {
  return { ...viewEntity(entity), failingSince: entity.failingSince?.toISOString() ?? null };
}

/** @param backOffice '' for the entity's own endpoint */
function viewEndpoint(
  backOffice: string,
  { policy, authentication, tls, ...open }: Endpoint,
  { serviceCertificate, serverCertificates }: StoredEntity,
): EndpointView {
  return {
    ...open,
    policy: viewPolicy(policy, serviceCertificate),
    authentication: viewAuthentication(authentication),
    tls: {
      ca: tls.ca,
      clientCertificate: tls.clientCertificate,
      clientKey: viewSecret(tls.clientKey),
      caInfo: describeFirstToEnd(tls.ca),
      clientCertificateInfo: describeCertificate(tls.clientCertificate),
      serverCertificateInfo: serverCertificates.get(backOffice) ?? null,
    },
  };
}

function viewAuthentication(authentication: Endpoint['authentication']): EndpointView['authentication'] {
  switch (authentication.type) {
    case 'none':
      return { type: 'none' };
    case 'basic':
      return {
        type: 'basic',
        username: authentication.username,
        password: viewSecret(authentication.password),
      };
    case 'bearer':
      return { type: 'bearer', token: viewSecret(authentication.token) };
  }
}
