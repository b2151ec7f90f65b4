import { describeCertificate } from '../../domain/certificate.ts';
import type { Endpoint } from '../../domain/entity.ts';
import type { StoredEntity } from '../../store/entities.ts';
import { viewPolicy } from './policy.ts';
import type { EndpointView, EntityView } from './schema.ts';
import { viewSecret } from './secret.ts';

/** How an entity is answered; the one place that turns secrets into whether they are set. */
export function viewEntity(entity: StoredEntity): EntityView {
  const { key, paused, endpoint, backOffices, serviceCertificate } = entity;
  return {
    ...key,
    organisationName: entity.organisationName,
    departmentName: entity.departmentName,
    online: entity.online,
    daily: entity.daily,
    sendCancelled: entity.sendCancelled,
    retryDelays: entity.retryDelays === null ? null : [...entity.retryDelays],
    endpoint: viewEndpoint(endpoint, serviceCertificate),
    // Own properties whatever the codes are: fromEntries defines them.
    backOffices: Object.fromEntries(
      [...backOffices].map(([code, own]) => [code, { endpoint: viewEndpoint(own, serviceCertificate) }]),
    ),
    paused: paused === null ? null : { since: paused.since.toISOString(), reason: paused.reason },
    missing: [...entity.missing],
  };
}

function viewEndpoint(
  { policy, authentication, tls, ...open }: Endpoint,
  serviceCertificate: string | null,
): EndpointView {
  return {
    ...open,
    policy: viewPolicy(policy, serviceCertificate),
    authentication: viewAuthentication(authentication),
    tls: {
      ca: tls.ca,
      clientCertificate: tls.clientCertificate,
      clientKey: viewSecret(tls.clientKey),
      clientCertificateInfo: describeCertificate(tls.clientCertificate),
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
