import type { Settings } from './config.ts';
import { describeCertificate, SIGNING_KEYS } from './domain/certificate.ts';
import { readPemPair, wrongSetting } from './pem-settings.ts';
import { readSigningKey, type SigningKey } from './soap/security/signing-key.ts';
import type { ServiceCertificate } from './store/service-certificate.ts';

/** What the service signs with where an entity's policy leaves its own out. */
export interface ServiceSignature {
  readonly key: SigningKey;
  readonly certificate: NonNullable<ServiceCertificate>;
}

/**
 * Reads the service's own certificate and key; null where none is set.
 *
 * @throws CommandError `invalid-setting` that names the variable and says nothing of its value
 */
export async function readServiceSignature(
  settings: Pick<Settings, 'signingCertificate' | 'signingKey'>,
): Promise<ServiceSignature | null> {
  const pair = await readPemPair(
    { name: 'SIGNING_CERTIFICATE', value: settings.signingCertificate },
    { name: 'SIGNING_KEY', value: settings.signingKey },
  );
  if (pair === null) return null;
  const key = readSigningKey(pair.certificate, pair.key);
  const info = describeCertificate(pair.certificate);
  if (key === null || info === null) {
    throw wrongSetting('SIGNING_KEY', `must be the key of SIGNING_CERTIFICATE, ${SIGNING_KEYS}`);
  }
  return { key, certificate: { certificate: pair.certificate, ...info } };
}
