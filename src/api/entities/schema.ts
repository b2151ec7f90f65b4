import { Type, type Static } from 'typebox';
import { SIGNING_KEYS } from '../../domain/certificate.ts';
import { CERTIFICATE_WARNING_CODES } from '../../domain/errors.ts';
import { DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS, SOAP_ACTION } from '../../domain/entity.ts';
import {
  DEFAULT_TIMESTAMP_SECONDS,
  MAX_TIMESTAMP_SECONDS,
  MIN_TIMESTAMP_SECONDS,
} from '../../domain/policy.ts';
import { MESSAGE_VERSIONS, RETIRED_ON } from '../../domain/report.ts';
import { MAX_RETRIES } from '../../domain/retry-policy.ts';
import {
  MAX_FREE_TEXT,
  NullableInteger,
  NullableText,
  maybe,
  oneOf,
  strictObject,
  text,
} from '../schemas.ts';

/** The most back offices of one entity that may have endpoints of their own. */
const MAX_BACK_OFFICES = 1_000;
/** Characters of a back office's code. */
export const MAX_BACK_OFFICE_LENGTH = 255;
const MAX_URL_LENGTH = 2_048;
const MAX_CREDENTIAL_LENGTH = 8_192;
/** Room for a bundle of some hundred certificates. */
const MAX_PEM_LENGTH = 500_000;

const Pem = (what: string) => text({ max: MAX_PEM_LENGTH, description: `${what}, PEM` });

/** A secret goes in as text, stays by `{"set":true}`, and is cleared by null. */
const secret = (value: ReturnType<typeof text>) =>
  Type.Optional(Type.Union([value, strictObject({ set: Type.Literal(true) }), Type.Null()]));

const readOnly = Type.Optional(Type.Unknown({ description: 'As GET answers it; ignored' }));

const MustUnderstand = Type.Optional(
  Type.Boolean({ description: 'Whether the Security header must be understood; true if absent' }),
);
const timestampSeconds = (description: string) =>
  Type.Integer({ minimum: MIN_TIMESTAMP_SECONDS, maximum: MAX_TIMESTAMP_SECONDS, description });

const Policy = Type.Union([
  strictObject({ type: Type.Literal('none') }),
  strictObject({
    type: Type.Literal('username-token'),
    username: Type.Optional(text({ min: 0, max: 1_024 })),
    password: secret(text({ max: 1_024 })),
    digest: Type.Optional(
      Type.Boolean({ description: 'PasswordDigest rather than PasswordText; true if absent' }),
    ),
    mustUnderstand: MustUnderstand,
    timestampSeconds: maybe(
      timestampSeconds('How long the Timestamp says that the message is valid; no Timestamp if absent'),
    ),
  }),
  strictObject({
    type: Type.Literal('signature'),
    certificate: maybe(
      Pem('The signing certificate first, then others; with privateKey absent too, the service’s own'),
    ),
    privateKey: secret(Pem(`Its private key, unencrypted: ${SIGNING_KEYS}`)),
    mustUnderstand: MustUnderstand,
    timestampSeconds: Type.Optional(
      timestampSeconds(
        `How long the Timestamp says that the message is valid; ${DEFAULT_TIMESTAMP_SECONDS} if absent`,
      ),
    ),
    certificateInfo: readOnly,
  }),
]);

// RFC 7617, 2: no colon in the user's name, no control characters in either (XML 1.0
// has but these). RFC 6750: a token is visible ASCII.
const Authentication = Type.Union([
  strictObject({ type: Type.Literal('none') }),
  strictObject({
    type: Type.Literal('basic'),
    username: Type.Optional(text({ min: 0, max: 1_024, pattern: /^[^:\t\n\r\u007F]*$/ })),
    password: secret(text({ max: 1_024, pattern: /^[^\t\n\r\u007F]+$/ })),
  }),
  strictObject({
    type: Type.Literal('bearer'),
    token: secret(text({ max: MAX_CREDENTIAL_LENGTH, pattern: /^[\u0021-\u007E]+$/ })),
  }),
]);

const Tls = strictObject({
  ca: maybe(Pem('The certificates that the server’s must come from')),
  clientCertificate: maybe(Pem('The client certificate, then its intermediate ones')),
  clientKey: secret(Pem('Its private key, unencrypted')),
  caInfo: readOnly,
  clientCertificateInfo: readOnly,
  serverCertificateInfo: readOnly,
});

const Envelope = strictObject({
  soapVersion: Type.Optional(oneOf(['1.1', '1.2'])),
  wrapper: Type.Optional(
    Type.Boolean({ description: 'Whether clientRequestwithReturn encloses the Report' }),
  ),
  soapAction: Type.Optional(
    // Goes into a quoted header value.
    text({
      min: 0,
      max: MAX_URL_LENGTH,
      pattern: /^[\u0021\u0023-\u005B\u005D-\u007E]*$/,
      description: SOAP_ACTION,
    }),
  ),
});

/** Where callbacks are sent; whatever is left out has the value of the example in the documentation. */
export const EndpointBody = strictObject({
  url: maybe(text({ max: MAX_URL_LENGTH, description: 'http or https, without user or fragment' })),
  messageVersion: Type.Optional(
    oneOf(
      MESSAGE_VERSIONS,
      `4.0 if absent; 3.2 is retired on ${RETIRED_ON['3.2']} and cannot express every report`,
    ),
  ),
  timeoutMs: Type.Optional(
    Type.Integer({
      minimum: MIN_TIMEOUT_MS,
      maximum: MAX_TIMEOUT_MS,
      description: `Bounds the whole attempt; ${DEFAULT_TIMEOUT_MS} if absent`,
    }),
  ),
  policy: Type.Optional(Policy),
  authentication: Type.Optional(Authentication),
  tls: Type.Optional(Tls),
  envelope: Type.Optional(Envelope),
});
export type EndpointBody = Static<typeof EndpointBody>;

const BackOfficeBody = strictObject({ endpoint: EndpointBody });

/** An entity's configuration as it is put. What GET answers may be put again. */
export const EntityBody = strictObject({
  organisationName: text({ max: MAX_FREE_TEXT, description: 'NomOrganisme' }),
  departmentName: text({ max: MAX_FREE_TEXT, description: 'NomDepartament' }),
  online: Type.Optional(Type.Boolean({ description: 'Whether new changes cause callbacks; true if absent' })),
  daily: Type.Optional(
    Type.Boolean({ description: 'Whether new changes are told by a daily report; false if absent' }),
  ),
  sendCancelled: Type.Optional(
    Type.Boolean({ description: 'Whether ANUL·LADA is told too; true if absent' }),
  ),
  retryDelays: maybe(
    Type.Array(Type.String(), {
      minItems: 1,
      maxItems: MAX_RETRIES,
      description: 'Such as ["1m","10m"], each at most 7d; the service’s own if absent',
    }),
  ),
  endpoint: maybe(EndpointBody),
  backOffices: Type.Optional(
    Type.Unsafe<Record<string, Static<typeof BackOfficeBody>>>(
      Type.Object({}, { additionalProperties: BackOfficeBody, maxProperties: MAX_BACK_OFFICES }),
    ),
  ),
  organisation: readOnly,
  department: readOnly,
  paused: readOnly,
  suspended: readOnly,
  missing: readOnly,
  warnings: readOnly,
});
export type EntityBody = Static<typeof EntityBody>;

const SetOrNull = Type.Union([Type.Object({ set: Type.Literal(true) }), Type.Null()]);

const certificateInfo = {
  subject: Type.String(),
  issuer: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256, hex' }),
  expiresAt: Type.String({ format: 'date-time' }),
};
const CertificateInfo = (description: string) =>
  Type.Union([Type.Object(certificateInfo, { description }), Type.Null()]);

const ConfigurationWarning = Type.Object({
  code: oneOf([...CERTIFICATE_WARNING_CODES, 'message-version-retired']),
  what: Type.String({ description: 'The member that has the certificate, or names the version, as a path' }),
  expiresAt: Type.String({ format: 'date-time' }),
});
export type ConfigurationWarning = Static<typeof ConfigurationWarning>;

const EndpointView = Type.Object({
  url: NullableText,
  messageVersion: Type.String(),
  timeoutMs: Type.Integer(),
  policy: Type.Union([
    Type.Object({ type: Type.Literal('none') }),
    Type.Object({
      type: Type.Literal('username-token'),
      username: Type.String(),
      password: SetOrNull,
      digest: Type.Boolean(),
      mustUnderstand: Type.Boolean(),
      timestampSeconds: NullableInteger,
    }),
    Type.Object({
      type: Type.Literal('signature'),
      certificate: NullableText,
      privateKey: SetOrNull,
      mustUnderstand: Type.Boolean(),
      timestampSeconds: Type.Integer(),
      certificateInfo: CertificateInfo('Of the certificate that is used'),
    }),
  ]),
  authentication: Type.Union([
    Type.Object({ type: Type.Literal('none') }),
    Type.Object({ type: Type.Literal('basic'), username: Type.String(), password: SetOrNull }),
    Type.Object({ type: Type.Literal('bearer'), token: SetOrNull }),
  ]),
  tls: Type.Object({
    ca: NullableText,
    clientCertificate: NullableText,
    clientKey: SetOrNull,
    caInfo: CertificateInfo('Of the CA’s certificate that ends first'),
    clientCertificateInfo: CertificateInfo('Of the certificate that is used'),
    serverCertificateInfo: Type.Union([
      Type.Object(
        { ...certificateInfo, seenAt: Type.String({ format: 'date-time', description: 'To the day' }) },
        { description: 'Of what the server has shown last; null where nothing was sent to it yet' },
      ),
      Type.Null(),
    ]),
  }),
  envelope: Type.Object({ soapVersion: Type.String(), wrapper: Type.Boolean(), soapAction: Type.String() }),
});
export type EndpointView = Static<typeof EndpointView>;

/** An entity's configuration as it is answered: no secret comes out. */
export const EntityView = Type.Object({
  organisation: Type.String(),
  department: Type.String(),
  organisationName: Type.String(),
  departmentName: Type.String(),
  online: Type.Boolean(),
  daily: Type.Boolean(),
  sendCancelled: Type.Boolean(),
  retryDelays: Type.Union([Type.Array(Type.String()), Type.Null()]),
  endpoint: EndpointView,
  backOffices: Type.Unsafe<Record<string, { endpoint: EndpointView }>>(
    Type.Object({}, { additionalProperties: Type.Object({ endpoint: EndpointView }) }),
  ),
  paused: Type.Union([Type.Object({ since: Type.String(), reason: NullableText }), Type.Null()]),
  suspended: Type.Array(Type.Object({ backOffice: NullableText, since: Type.String() }), {
    description: 'The endpoints whose deliveries the service holds back, null for the entity’s own',
  }),
  missing: Type.Array(Type.String(), { description: 'What the configuration lacks, as paths' }),
  warnings: Type.Array(ConfigurationWarning, {
    description:
      'Certificates that have ended or will within 30 days, and message versions that are retired; the first to end first',
  }),
});
export type EntityView = Static<typeof EntityView>;

/** An entity among others: how its endpoints fare is no part of its configuration, nor of its ETag. */
export const ListedEntity = Type.Object({
  ...EntityView.properties,
  failingSince: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description: 'Since when an endpoint of it fails, the first of them; null where none does',
  }),
});
export type ListedEntity = Static<typeof ListedEntity>;
