import { sign, type KeyObject } from 'node:crypto';
import {
  belongsTo,
  fingerprintOf,
  parseCertificates,
  parsePrivateKey,
  signatureAlgorithmOf,
  type SignatureAlgorithm,
} from '../../domain/certificate.ts';

/** A key that signs and its certificate, parsed once: parsing one costs as much as a signature. */
export interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  readonly key: KeyObject;
  /** The signing certificate, DER in base64. */
  readonly certificate: string;
  /** SHA-256 of it, hex. */
  readonly fingerprint: string;
}

/**
 * Parses a certificate and its private key, PEM; of a chain the first certificate signs. Null where they cannot
 * sign: one cannot be read, the key is of another kind, or it is not the certificate's.
 */
export function readSigningKey(certificatePem: string, keyPem: string): SigningKey | null {
  const certificates = parseCertificates(certificatePem);
  const certificate = certificates?.[0];
  const key = parsePrivateKey(keyPem);
  if (certificates === null || certificate === undefined || key === null) return null;
  const algorithm = signatureAlgorithmOf(key);
  if (algorithm === null || !belongsTo(key, certificates)) return null;
  return {
    algorithm,
    key,
    certificate: certificate.raw.toString('base64'),
    fingerprint: fingerprintOf(certificate),
  };
}

/**
 * Signs on a thread of the pool: a signature with RSA takes close to a millisecond, in which nothing else would
 * be sent or recorded (docs/performance.md). ECDSA gives r and s one after the other, as XML Signature 1.1
 * (6.4.3) has them, not DER.
 */
export async function signWith({ key }: SigningKey, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });
}
