import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Bits of an RSA key that signs: fewer are broken in time, more take longer than an attempt should wait. */
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;

/** The curves that XML Signature 1.1 names (6.4.3), as OpenSSL does: P-256, P-384 and P-521. */
const CURVES: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/** What a key that signs must be, as the end of a sentence. */
export const SIGNING_KEYS = `RSA of ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits, or EC on P-256, P-384 or P-521`;

/** How a key signs, by the end of the algorithm's name in XML Signature (RFC 4051, 2.3). */
export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-sha256';

/** What people need to know of a certificate. */
export interface CertificateInfo {
  /** Names in the certificate's order, such as `C=ES, O=Ajuntament Inventat, CN=Segell`; escapes by RFC 2253. */
  readonly subject: string;
  readonly issuer: string;
  /** The last instant of its validity, ISO 8601 in UTC. */
  readonly expiresAt: string;
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
  if (certificate === undefined) return null;
  const { subject, issuer, validTo } = certificate;
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    expiresAt: new Date(validTo).toISOString(),
  };
}

/** Node puts each name on a line of its own; line feeds within a name come escaped. */
function oneLine(names: string | undefined): string {
  return (names ?? '').split('\n').join(', ');
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
