import { belongsTo, parseCertificates, parsePrivateKey } from '../../domain/certificate.ts';
import type { Tell } from './secret.ts';
import type { KeyObject } from 'node:crypto';

/**
 * Checks a certificate and its private key, each null where it is not given: both can be read, and the key is the
 * certificate's. Tells of what is wrong.
 *
 * @param names the members that hold them, within the endpoint
 * @returns the key, where it can be read
 */
export function checkKeyPair(
  certificatePem: string | null,
  keyPem: string | null,
  names: { readonly certificate: string; readonly key: string },
  tell: Tell,
): KeyObject | null {
  const certificates = certificatePem === null ? null : parseCertificates(certificatePem);
  if (certificatePem !== null && certificates === null)
    tell(names.certificate, 'must be a certificate in PEM');
  const key = keyPem === null ? null : parsePrivateKey(keyPem);
  if (keyPem !== null && key === null) tell(names.key, 'must be a private key in PEM, unencrypted');
  if (key !== null && certificates !== null && !belongsTo(key, certificates)) {
    tell(names.key, 'must be the key of the certificate');
  }
  return key;
}
