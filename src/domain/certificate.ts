import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { CertificateWarningCode } from './errors.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Bits of an RSA key that signs: fewer are broken in time, more take longer than an attempt should wait. */
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;

/** The longest subject or issuer that is kept, in UTF-16 units. */
const MAX_NAMES_LENGTH = 1_000;

/** The curves that XML Signature 1.1 names (6.4.3), as OpenSSL does: P-256, P-384 and P-521. */
const CURVES: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/** What a key that signs must be, as the end of a sentence. */
export const SIGNING_KEYS = `RSA of ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits, or EC on P-256, P-384 or P-521`;

/**
 * What a certificate is used for: a receiver's server, mutual TLS, an entity's signature, the service's own
 * signature, or the CA that a receiver's server must come from.
 */
export const CERTIFICATE_KINDS = ['server', 'client', 'signing', 'service-signing', 'ca'] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** How a key signs, by the end of the algorithm's name in XML Signature (RFC 4051, 2.3). */
export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-sha256';

/** What people need to know of a certificate. */
export interface CertificateInfo {
  /** Names in the certificate's order, such as `C=ES, O=Ajuntament Inventat, CN=Segell`; escapes by RFC 2253. */
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
  /** The last instant of its validity, ISO 8601 in UTC. */
  readonly expiresAt: string;
}

/** How long before its end people are warned of a certificate, in days: renewing one takes weeks. */
export const EXPIRY_WARNING_DAYS = 30;
const EXPIRY_WARNING_MS = EXPIRY_WARNING_DAYS * 86_400_000;

/**
 * What there is to warn of; null while the end is further away.
 *
 * @param expiresAt ISO 8601
 * @param now milliseconds since the epoch
 */
export function expiryWarning(expiresAt: string, now: number): CertificateWarningCode | null {
  const left = Date.parse(expiresAt) - now;
  if (left < 0) return 'certificate-expired';
  return left < EXPIRY_WARNING_MS ? 'certificate-expiring' : null;
}

/**
 * Reads the certificates of a PEM text (RFC 7468), in order; null where there is none, or one cannot be read or
 * has no readable validity.
 */
export function parseCertificates(pem: string): X509Certificate[] | null {
  const blocks = pem.match(CERTIFICATE);
  // A block that was cut off must not go unnoticed.
  if (blocks === null || blocks.length !== pem.split('-----BEGIN ').length - 1) return null;
  try {
    const certificates = blocks.map((block) => new X509Certificate(block));
    return certificates.some(({ validTo }) => Number.isNaN(Date.parse(validTo))) ? null : certificates;
  } catch {
    return null;
  }
}

/** Describes the first certificate of a PEM text; null where there is none. */
export function describeCertificate(pem: string | null): CertificateInfo | null {
  const certificate = pem === null ? undefined : parseCertificates(pem)?.[0];
  return certificate === undefined ? null : infoOf(certificate);
}

/** Describes the certificate of a PEM text that ends first, as a bundle lasts no longer; null where there is none. */
export function describeFirstToEnd(pem: string | null): CertificateInfo | null {
  const certificates = pem === null ? [] : (parseCertificates(pem) ?? []);
  const [first] = certificates.toSorted((a, b) => Date.parse(a.validTo) - Date.parse(b.validTo));
  return first === undefined ? null : infoOf(first);
}

/** @throws RangeError where its validity cannot be read */
export function infoOf(certificate: X509Certificate): CertificateInfo {
  const { subject, issuer, validTo } = certificate;
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    fingerprint: fingerprintOf(certificate),
    expiresAt: new Date(validTo).toISOString(),
  };
}

/** SHA-256 of a certificate, hex. */
export function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toLowerCase();
}

/**
 * Node puts each name on a line of its own; line feeds within a name come escaped. Bounded, and without what
 * PostgreSQL cannot hold: a server may show what it likes.
 */
function oneLine(names: string | undefined): string {
  const line = (names ?? '').split('\n').join(', ');
  return line.slice(0, MAX_NAMES_LENGTH).replace(/[\0\p{Surrogate}]/gu, '');
}

/** Reads a private key in PEM; null where it is none, or needs a passphrase. */
export function parsePrivateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    return null;
  }
}

/** Whether a private key is the first certificate's. */
export function belongsTo(key: KeyObject, certificates: readonly X509Certificate[]): boolean {
  return certificates[0]?.checkPrivateKey(key) === true;
}

/** How a private key signs; null where it is not one of `SIGNING_KEYS`. */
export function signatureAlgorithmOf(key: KeyObject): SignatureAlgorithm | null {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= MIN_RSA_BITS && modulusLength <= MAX_RSA_BITS) {
    return 'rsa-sha256';
  }
  return key.asymmetricKeyType === 'ec' && CURVES.includes(namedCurve) ? 'ecdsa-sha256' : null;
}
