import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { describeCertificate, describeFirstToEnd, type CertificateInfo } from '../domain/certificate.ts';
import { missingOf, originOf, type Authentication, type Endpoint } from '../domain/entity.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { Policy } from '../domain/policy.ts';
import { MESSAGE_VERSIONS } from '../domain/report.ts';
import type { Sealer } from './secrets.ts';

/** How a row of nt30.aoc_nt_punts_recepcio is written; `secrets` in base64. */
export interface EndpointRow {
  readonly backOffice: string;
  /** `originOf` its URL. */
  readonly origin: string | null;
  readonly url: string | null;
  readonly timeoutMs: number;
  readonly messageVersion: string;
  readonly settings: StoredSettings;
  readonly secrets: string | null;
  readonly missing: readonly string[];
  /** The endpoint's own certificates, of a CA's the one that ends first; null where there is none. */
  readonly certificates: Readonly<Record<'signing' | 'client' | 'ca', CertificateInfo | null>>;
}

/** How a row of nt30.aoc_nt_punts_recepcio is read, with the entity's codes. */
export interface StoredEndpoint {
  readonly organisme: string;
  readonly departament: string;
  readonly backoffice: string;
  readonly url: string | null;
  readonly temps_maxim_ms: number;
  readonly versio_missatge: string;
  readonly configuracio: unknown;
  readonly secrets: Buffer | null;
}

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** What the column `configuracio` holds: everything but the secrets. */
const StoredSettings = Type.Object({
  policy: Type.Union([
    Type.Object({ type: Type.Literal('none') }),
    Type.Object({
      type: Type.Literal('username-token'),
      username: Type.String(),
      digest: Type.Boolean(),
      mustUnderstand: Type.Boolean(),
      timestampSeconds: Type.Union([Type.Integer(), Type.Null()]),
    }),
    Type.Object({
      type: Type.Literal('signature'),
      certificate: NullableText,
      mustUnderstand: Type.Boolean(),
      timestampSeconds: Type.Integer(),
    }),
  ]),
  authentication: Type.Union([
    Type.Object({ type: Type.Literal('none') }),
    Type.Object({ type: Type.Literal('basic'), username: Type.String() }),
    Type.Object({ type: Type.Literal('bearer') }),
  ]),
  tls: Type.Object({ ca: NullableText, clientCertificate: NullableText }),
  envelope: Type.Object({
    soapVersion: Type.Union([Type.Literal('1.1'), Type.Literal('1.2')]),
    wrapper: Type.Boolean(),
    soapAction: Type.String(),
  }),
});
type StoredSettings = Static<typeof StoredSettings>;
const storedSettings = Compile(StoredSettings);

/** What the column `secrets` holds, sealed, as JSON. */
const StoredSecrets = Type.Object({
  password: Type.Optional(Type.String()),
  token: Type.Optional(Type.String()),
  clientKey: Type.Optional(Type.String()),
  policyPassword: Type.Optional(Type.String()),
  privateKey: Type.Optional(Type.String()),
});
type StoredSecrets = Static<typeof StoredSecrets>;
const storedSecrets = Compile(StoredSecrets);

/** What the secrets of an endpoint are bound to: they open nowhere else. */
export function placeOf(entity: EntityKey, backOffice: string): string {
  return `endpoint:${JSON.stringify([entity.organisation, entity.department, backOffice])}`;
}

/**
 * @param backOffice '' for the entity's own endpoint
 * @param serviceSigns whether the service has a certificate and a key of its own
 */
export function toEndpointRow(
  entity: EntityKey,
  backOffice: string,
  endpoint: Endpoint,
  sealer: Sealer,
  serviceSigns: boolean,
): EndpointRow {
  const { url, timeoutMs, messageVersion, policy, tls } = endpoint;
  const secrets = secretsOf(endpoint);
  const certificate = policy.type === 'signature' ? policy.certificate : null;
  return {
    backOffice,
    origin: url === null ? null : originOf(url),
    url,
    timeoutMs,
    messageVersion,
    settings: withoutSecrets(endpoint),
    secrets:
      Object.keys(secrets).length === 0
        ? null
        : sealer.seal(JSON.stringify(secrets), placeOf(entity, backOffice)).toString('base64'),
    missing: missingOf(endpoint, serviceSigns),
    certificates: {
      signing: describeCertificate(certificate),
      client: describeCertificate(tls.clientCertificate),
      ca: describeFirstToEnd(tls.ca),
    },
  };
}

function secretsOf({ policy, authentication, tls }: Endpoint): StoredSecrets {
  return {
    ...(authentication.type === 'basic' ? { password: authentication.password } : {}),
    ...(authentication.type === 'bearer' ? { token: authentication.token } : {}),
    ...(tls.clientKey === null ? {} : { clientKey: tls.clientKey }),
    ...(policy.type === 'username-token' ? { policyPassword: policy.password } : {}),
    ...(policy.type === 'signature' && policy.privateKey !== null ? { privateKey: policy.privateKey } : {}),
  };
}

/** Member by member: a secret gets into the open column by nobody's forgetting it. */
function withoutSecrets({ policy, authentication, tls, envelope }: Endpoint): StoredSettings {
  return {
    policy: openPolicy(policy),
    authentication:
      authentication.type === 'basic'
        ? { type: authentication.type, username: authentication.username }
        : { type: authentication.type },
    tls: { ca: tls.ca, clientCertificate: tls.clientCertificate },
    envelope,
  };
}

function openPolicy(policy: Policy): StoredSettings['policy'] {
  switch (policy.type) {
    case 'none':
      return { type: 'none' };
    case 'username-token': {
      const { type, username, digest, mustUnderstand, timestampSeconds } = policy;
      return { type, username, digest, mustUnderstand, timestampSeconds };
    }
    case 'signature': {
      const { type, certificate, mustUnderstand, timestampSeconds } = policy;
      return { type, certificate, mustUnderstand, timestampSeconds };
    }
  }
}

/** @throws where the row was written by another program or sealed with another key */
export function fromEndpointRow(row: StoredEndpoint, sealer: Sealer): Endpoint {
  const settings = storedSettings.Parse(row.configuracio);
  const entity = { organisation: row.organisme, department: row.departament };
  const opened: unknown =
    row.secrets === null ? {} : JSON.parse(sealer.open(row.secrets, placeOf(entity, row.backoffice)));
  const secrets = storedSecrets.Parse(opened);
  const messageVersion = MESSAGE_VERSIONS.find((version) => version === row.versio_missatge);
  if (messageVersion === undefined) throw new Error('an endpoint has a message version that is not known');
  return {
    url: row.url,
    messageVersion,
    timeoutMs: row.temps_maxim_ms,
    policy: policyWith(settings.policy, secrets),
    authentication: authenticationWith(settings.authentication, secrets),
    tls: { ...settings.tls, clientKey: secrets.clientKey ?? null },
    envelope: settings.envelope,
  };
}

function policyWith(policy: StoredSettings['policy'], secrets: StoredSecrets): Policy {
  switch (policy.type) {
    case 'none':
      return policy;
    case 'username-token':
      return { ...policy, password: secrets.policyPassword ?? '' };
    case 'signature':
      return { ...policy, privateKey: secrets.privateKey ?? null };
  }
}

function authenticationWith(
  authentication: StoredSettings['authentication'],
  secrets: StoredSecrets,
): Authentication {
  switch (authentication.type) {
    case 'none':
      return authentication;
    case 'basic':
      return { ...authentication, password: secrets.password ?? '' };
    case 'bearer':
      return { ...authentication, token: secrets.token ?? '' };
  }
}
