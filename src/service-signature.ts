import { readFile } from 'node:fs/promises';
import type { Settings } from './config.ts';
import {
  describeCertificate,
  parseCertificates,
  parsePrivateKey,
  SIGNING_KEYS,
} from './domain/certificate.ts';
import { CommandError } from './domain/errors.ts';
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
  const { signingCertificate, signingKey } = settings;
  if (signingCertificate === null && signingKey === null) return null;
  if (signingCertificate === null || signingKey === null) {
    throw wrong('SIGNING_CERTIFICATE and SIGNING_KEY', 'must be set both, or neither');
  }
  const certificatePem = await readPem('SIGNING_CERTIFICATE', signingCertificate);
  if (parseCertificates(certificatePem) === null) {
    throw wrong('SIGNING_CERTIFICATE', 'must be a certificate in PEM, or the path of a file that holds one');
  }
  const keyPem = await readPem('SIGNING_KEY', signingKey);
  if (parsePrivateKey(keyPem) === null) {
    throw wrong(
      'SIGNING_KEY',
      'must be a private key in PEM, unencrypted, or the path of a file that holds one',
    );
  }
  const key = readSigningKey(certificatePem, keyPem);
  const info = describeCertificate(certificatePem);
  if (key === null || info === null) {
    throw wrong('SIGNING_KEY', `must be the key of SIGNING_CERTIFICATE, ${SIGNING_KEYS}`);
  }
  return { key, certificate: { certificate: certificatePem, ...info } };
}

/** PEM begins with a line of its own, which no path does. */
async function readPem(name: string, value: string): Promise<string> {
  if (value.includes('-----BEGIN ')) return value;
  try {
    return await readFile(value, 'utf8');
  } catch {
    throw wrong(name, 'must be PEM, or the path of a file that can be read');
  }
}

function wrong(name: string, what: string): CommandError {
  return new CommandError('invalid-setting', `${name} ${what}`);
}
