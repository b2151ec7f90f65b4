import { missingOf, type Endpoint } from '../../domain/entity.ts';
import { missingPath } from '../../store/endpoints.ts';
import type { StoredEntity } from '../../store/entities.ts';
import type { EndpointView, EntityView } from './schema.ts';

/** How an entity is answered; the one place that turns secrets into whether they are set. */
export function viewEntity(entity: StoredEntity): EntityView {
  const { key, paused, endpoint, backOffices } = entity;
  const endpoints = new Map([['', endpoint], ...backOffices]);
  return {
    ...key,
    organisationName: entity.organisationName,
    departmentName: entity.departmentName,
    online: entity.online,
    daily: entity.daily,
    sendCancelled: entity.sendCancelled,
    retryDelays: entity.retryDelays === null ? null : [...entity.retryDelays],
    endpoint: viewEndpoint(endpoint),
    // Own properties whatever the codes are: fromEntries defines them.
    backOffices: Object.fromEntries(
      [...backOffices].map(([code, own]) => [code, { endpoint: viewEndpoint(own) }]),
    ),
    paused: paused === null ? null : { since: paused.since.toISOString(), reason: paused.reason },
    missing: [...endpoints].flatMap(([code, each]) =>
      missingOf(each).map((member) => missingPath(code, member)),
    ),
  };
}

function viewEndpoint({ authentication, tls, ...open }: Endpoint): EndpointView {
  return {
    ...open,
    authentication: viewAuthentication(authentication),
    tls: { ca: tls.ca, clientCertificate: tls.clientCertificate, clientKey: viewSecret(tls.clientKey) },
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

function viewSecret(secret: string | null): { set: true } | null {
  return secret === null || secret === '' ? null : { set: true };
}
