import { readFile } from 'node:fs/promises';
import { parseCertificates, parsePrivateKey } from './domain/certificate.ts';
import { CommandError } from './domain/errors.ts';

/**
 * A setting that is PEM, or the path of a file that holds it: PEM begins with a line of its own, which no path
 * does.
 *
 * @param name the variable's
 * @throws CommandError `invalid-setting` that names the variable and says nothing of its value
 */
async function readPem(name: string, value: string): Promise<string> {
  if (value.includes('-----BEGIN ')) return value;
  try {
    return await readFile(value, 'utf8');
  } catch {
    throw wrongSetting(name, 'must be PEM, or the path of a file that can be read');
  }
}

/** A certificate and its private key by two settings; null where neither is set. @throws CommandError as `readPem` */
export async function readPemPair(
  certificate: { readonly name: string; readonly value: string | null },
  key: { readonly name: string; readonly value: string | null },
): Promise<{ readonly certificate: string; readonly key: string } | null> {
  if (certificate.value === null && key.value === null) return null;
  if (certificate.value === null || key.value === null) {
    throw wrongSetting(`${certificate.name} and ${key.name}`, 'must be set both, or neither');
  }
  const certificatePem = await readPem(certificate.name, certificate.value);
  if (parseCertificates(certificatePem) === null) {
    throw wrongSetting(
      certificate.name,
      'must be a certificate in PEM, or the path of a file that holds one',
    );
  }
  const keyPem = await readPem(key.name, key.value);
  if (parsePrivateKey(keyPem) === null) {
    throw wrongSetting(
      key.name,
      'must be a private key in PEM, unencrypted, or the path of a file that holds one',
    );
  }
  return { certificate: certificatePem, key: keyPem };
}

/** @param what the rest of the sentence, without the value */
export function wrongSetting(name: string, what: string): CommandError {
  return new CommandError('invalid-setting', `${name} ${what}`);
}
