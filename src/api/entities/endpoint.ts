import { DEFAULT_ENDPOINT, type Authentication, type Endpoint, type Tls } from '../../domain/entity.ts';
import { parseCertificates } from '../../domain/certificate.ts';
import type { FieldFault } from '../problems.ts';
import { checkKeyPair } from './key-pair.ts';
import { readPolicy } from './policy.ts';
import type { EndpointBody } from './schema.ts';
import { readSecret, type Tell } from './secret.ts';

type AuthenticationBody = NonNullable<EndpointBody['authentication']>;
type TlsBody = NonNullable<EndpointBody['tls']>;

/**
 * Reads an endpoint that its schema has accepted: defaults are filled, secrets that stay are taken from the
 * one stored.
 *
 * @param current the same endpoint as it is stored; null where there is none
 * @param path where it stands in the request, for the faults
 */
export function readEndpoint(
  body: EndpointBody,
  current: Endpoint | null,
  path: string,
  faults: FieldFault[],
): Endpoint {
  const tell: Tell = (member, detail) => faults.push({ field: `${path}.${member}`, detail });
  if (body.url !== undefined && body.url !== null && !isEndpointUrl(body.url)) {
    tell('url', 'must be an http or https URL without user, fragment, backslash and white space');
  }
  return {
    url: body.url ?? null,
    messageVersion: body.messageVersion ?? DEFAULT_ENDPOINT.messageVersion,
    timeoutMs: body.timeoutMs ?? DEFAULT_ENDPOINT.timeoutMs,
    policy: readPolicy(body.policy ?? { type: 'none' }, current?.policy ?? null, tell),
    authentication: readAuthentication(
      body.authentication ?? { type: 'none' },
      current?.authentication ?? null,
      tell,
    ),
    tls: readTls(body.tls ?? {}, current?.tls ?? null, tell),
    envelope: { ...DEFAULT_ENDPOINT.envelope, ...body.envelope },
  };
}

function isEndpointUrl(url: string): boolean {
  // A backslash is read as a slash by some, and as part of a user by others.
  if (/[\s#\\\u007F]/.test(url) || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

function readAuthentication(
  body: AuthenticationBody,
  current: Authentication | null,
  tell: Tell,
): Authentication {
  switch (body.type) {
    case 'none':
      return { type: 'none' };
    case 'basic': {
      const stored = current?.type === 'basic' ? current.password : null;
      const password = readSecret(body.password, stored, 'authentication.password', tell) ?? '';
      return { type: 'basic', username: body.username ?? '', password };
    }
    case 'bearer': {
      const stored = current?.type === 'bearer' ? current.token : null;
      return { type: 'bearer', token: readSecret(body.token, stored, 'authentication.token', tell) ?? '' };
    }
  }
}

function readTls(body: TlsBody, current: Tls | null, tell: Tell): Tls {
  const ca = body.ca ?? null;
  const clientCertificate = body.clientCertificate ?? null;
  const clientKey = readSecret(body.clientKey, current?.clientKey ?? null, 'tls.clientKey', tell);
  if (ca !== null && parseCertificates(ca) === null) tell('tls.ca', 'must be certificates in PEM');
  const names = { certificate: 'tls.clientCertificate', key: 'tls.clientKey' };
  checkKeyPair(clientCertificate, clientKey, names, tell);
  return { ca, clientCertificate, clientKey };
}
