import { createSecureContext, type TlsOptions } from 'node:tls';
import type { Settings } from './config.ts';
import { belongsTo, parseCertificates, parsePrivateKey } from './domain/certificate.ts';
import { readPemPair, wrongSetting } from './pem-settings.ts';

/**
 * How the API listens over HTTPS; null where it listens for HTTP, since something before it ends TLS. Clients are
 * asked for a certificate, and may have none; any that they prove to hold is taken here, since keys name
 * certificates one by one.
 *
 * @throws CommandError `invalid-setting` that names the variable and says nothing of its value
 */
export async function readServiceTls(
  settings: Pick<Settings, 'tlsCertificate' | 'tlsKey'>,
): Promise<TlsOptions | null> {
  const pair = await readPemPair(
    { name: 'TLS_CERTIFICATE', value: settings.tlsCertificate },
    { name: 'TLS_KEY', value: settings.tlsKey },
  );
  if (pair === null) return null;
  const key = parsePrivateKey(pair.key);
  if (key === null || !belongsTo(key, parseCertificates(pair.certificate) ?? [])) {
    throw wrongSetting('TLS_KEY', 'must be the key of TLS_CERTIFICATE');
  }
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key });
  } catch {
    throw wrongSetting('TLS_CERTIFICATE and TLS_KEY', 'must be of a kind that TLS can use');
  }
  return {
    cert: pair.certificate,
    key: pair.key,
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false,
  };
}
