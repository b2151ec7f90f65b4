import { createPrivateKey, X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Reads the certificates of a PEM text (RFC 7468), in order; null where there is none or one cannot be read. */
export function parseCertificates(pem: string): X509Certificate[] | null {
  const blocks = pem.match(CERTIFICATE);
  // A block that was cut off must not go unnoticed.
  if (blocks === null || blocks.length !== pem.split('-----BEGIN ').length - 1) return null;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
}

/** Whether a text is a private key in PEM that needs no passphrase. */
export function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey({ key: pem, format: 'pem' });
    return true;
  } catch {
    return false;
  }
}

/** Whether a private key is the first certificate's. */
export function belongsTo(key: string, certificates: readonly X509Certificate[]): boolean {
  return certificates[0]?.checkPrivateKey(createPrivateKey(key)) === true;
}
