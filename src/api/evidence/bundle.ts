import { createHash, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { strToU8, zip, type Zippable } from 'fflate';
import type { SigningKey } from '../../soap/security/signing-key.ts';

/** A file of a bundle. */
export interface EvidenceFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.json.sig';
const CERTIFICATE = 'certificate.pem';

/** How whoever gets a bundle verifies it: also in docs/operating.md. */
const HOW_TO_VERIFY = `manifest.json has the SHA-256 of every other file:

  sha256sum FILE

Where manifest.json.sig is there, the service signed manifest.json with the key of certificate.pem (SHA-256; RSA PKCS #1
v1.5, or ECDSA in DER). Look at whose certificate it is, and verify:

  openssl x509 -in certificate.pem -noout -subject -issuer -dates -fingerprint -sha256
  openssl x509 -in certificate.pem -noout -pubkey > key.pem
  openssl dgst -sha256 -verify key.pem -signature manifest.json.sig manifest.json
`;

const zipFiles = promisify<Zippable, Uint8Array>(zip);

/**
 * Makes the bundle: the files, a manifest with the SHA-256 of each, how to verify it, and, with a key, the manifest's
 * signature and the certificate.
 *
 * @param about what the manifest says besides
 * @param key null where the service has none
 * @returns a ZIP archive
 */
export async function bundle(
  files: readonly EvidenceFile[],
  about: Readonly<Record<string, unknown>>,
  key: SigningKey | null,
): Promise<Uint8Array> {
  const all: EvidenceFile[] = [
    ...files,
    { name: 'VERIFY.txt', content: HOW_TO_VERIFY },
    ...(key === null ? [] : [{ name: CERTIFICATE, content: pemOf(key) }]),
  ];
  const contents = all.map(({ name, content }) => ({
    name,
    bytes: typeof content === 'string' ? strToU8(content) : content,
  }));
  const manifest = strToU8(
    `${JSON.stringify(
      {
        ...about,
        files: contents.map(({ name, bytes }) => ({
          name,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        })),
      },
      null,
      2,
    )}\n`,
  );
  return zipFiles({
    ...Object.fromEntries(contents.map(({ name, bytes }) => [name, bytes])),
    [MANIFEST]: manifest,
    ...(key === null ? {} : { [SIGNATURE]: await signatureOf(manifest, key) }),
  });
}

/** On a thread of the pool: a signature takes close to a millisecond. */
async function signatureOf(bytes: Uint8Array, { key }: SigningKey): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    sign('sha256', bytes, { key, dsaEncoding: 'der' }, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

function pemOf({ certificate }: SigningKey): string {
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
