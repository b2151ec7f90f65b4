import type { SignatureAlgorithm } from './certificate.ts';

/** For how long a signed message is valid where the policy does not say, in seconds: what receivers expect. */
export const DEFAULT_TIMESTAMP_SECONDS = 300;
/** The least leaves room for clocks that differ a little; the most is a day. */
export const MIN_TIMESTAMP_SECONDS = 10;
export const MAX_TIMESTAMP_SECONDS = 86_400;

/** The message is sent without a Security header. */
export interface NoPolicy {
  readonly type: 'none';
}

/** A name and a password in the message (OASIS UsernameToken Profile 1.1). */
export interface UsernameTokenPolicy {
  readonly type: 'username-token';
  /** Empty: not configured yet. */
  readonly username: string;
  /** A secret; empty: not configured yet. */
  readonly password: string;
  /** Whether PasswordDigest is sent rather than PasswordText. */
  readonly digest: boolean;
  readonly mustUnderstand: boolean;
  /** How long the message is valid; null: without a Timestamp. */
  readonly timestampSeconds: number | null;
}

/** A signed message (WS-Security 1.1, X.509 Certificate Token Profile). */
export interface SignaturePolicy {
  readonly type: 'signature';
  /** PEM, the signing certificate first. With `privateKey` null too, the service's own applies. */
  readonly certificate: string | null;
  /** A secret, PEM. */
  readonly privateKey: string | null;
  readonly mustUnderstand: boolean;
  /** How long the message is valid. */
  readonly timestampSeconds: number;
}

/** The security policy of the message; secrets in clear text, in memory only. */
export type Policy = NoPolicy | UsernameTokenPolicy | SignaturePolicy;

/** Whether a policy relies on the service's own certificate and key. */
export function usesServiceSignature(policy: SignaturePolicy): boolean {
  return policy.certificate === null && policy.privateKey === null;
}

/**
 * What a policy lacks, as paths of its members.
 *
 * @param serviceSigns whether the service has a certificate and a key of its own
 */
export function missingOfPolicy(policy: Policy, serviceSigns: boolean): string[] {
  const missing: string[] = [];
  if (policy.type === 'username-token') {
    if (policy.username === '') missing.push('username');
    if (policy.password === '') missing.push('password');
  }
  if (policy.type === 'signature' && !(serviceSigns && usesServiceSignature(policy))) {
    if (policy.certificate === null) missing.push('certificate');
    if (policy.privateKey === null) missing.push('privateKey');
  }
  return missing;
}

/** What a Security header that was sent says, whatever the policy. */
interface SentHeader {
  readonly mustUnderstand: boolean;
  /** `wsu:Created` as written. */
  readonly created: string;
  /** SHA-256 of the Body element as sent, base64. */
  readonly bodyDigest: string;
}

/**
 * What the Security header of a request said, but for what must not be kept: with the report it gives the
 * message again, masked.
 */
export type SentSecurity =
  | (SentHeader & {
      readonly type: 'username-token';
      readonly username: string;
      readonly digest: boolean;
      /** `wsu:Expires` as written; null: there was no Timestamp. */
      readonly expires: string | null;
    })
  | (SentHeader & {
      readonly type: 'signature';
      readonly algorithm: SignatureAlgorithm;
      /** SHA-256 of the certificate, hex. */
      readonly fingerprint: string;
      readonly expires: string;
    });
