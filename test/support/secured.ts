import { createAuthority, keyPair, validNow } from './certificates.ts';
import { DEFAULT_ENDPOINT, type EnvelopeOptions } from '../../src/domain/entity.ts';
import type { NoPolicy, SignaturePolicy, UsernameTokenPolicy } from '../../src/domain/policy.ts';
import { prepareSecurity, type Security } from '../../src/soap/security/secure-envelope.ts';

/** Policies with invented certificates and passwords, and the envelopes that they are used in. */

const WRAPPED = DEFAULT_ENDPOINT.envelope;

/** Every kind of envelope. */
export const ENVELOPES: readonly [EnvelopeOptions, ...EnvelopeOptions[]] = [
  WRAPPED,
  { ...WRAPPED, soapVersion: '1.2' },
  { ...WRAPPED, wrapper: false },
  { ...WRAPPED, soapVersion: '1.2', wrapper: false },
];

/** A key of each kind that signs. */
export const SIGNING_KEY_KINDS = ['P-256', 'P-384', 'P-521', 'RSA-2048'] as const;
export type SigningKeyKind = (typeof SIGNING_KEY_KINDS)[number];

const authority = createAuthority();
const issued = new Map<SigningKeyKind, { readonly certificate: string; readonly key: string }>();

/** An invented certificate with a key of this kind, made once for each test file. */
export function signingPair(kind: SigningKeyKind): { readonly certificate: string; readonly key: string } {
  const pair = issued.get(kind) ?? authority.issue(['segell.example'], validNow(), keyPair(kind));
  issued.set(kind, pair);
  return pair;
}

/** The certificate of the authority that issued them. */
export const AUTHORITY_CERTIFICATE = authority.certificate;

/** A signature policy with such a certificate. */
export function signaturePolicy(kind: SigningKeyKind, more: Partial<SignaturePolicy> = {}): SignaturePolicy {
  const { certificate, key } = signingPair(kind);
  return {
    type: 'signature',
    certificate,
    privateKey: key,
    mustUnderstand: true,
    timestampSeconds: 300,
    ...more,
  };
}

/** A username-token policy. */
export function usernamePolicy(more: Partial<UsernameTokenPolicy> = {}): UsernameTokenPolicy {
  return {
    type: 'username-token',
    username: 'usuari-inventat',
    password: 'contrasenya inventada',
    digest: true,
    mustUnderstand: true,
    timestampSeconds: null,
    ...more,
  };
}

/** A policy made ready. @throws where it is not complete */
export function prepared(policy: SignaturePolicy | UsernameTokenPolicy): Exclude<Security, NoPolicy> {
  const security = prepareSecurity(policy, null);
  if (security === null || security.type === 'none') throw new Error('the policy cannot be used');
  return security;
}
