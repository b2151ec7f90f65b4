import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, keyPair, validNow } from '../test/support/certificates.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { readSettings } from './config.ts';
import { CommandError } from './domain/errors.ts';
import { readServiceSignature } from './service-signature.ts';

const authority = createAuthority();
const own = authority.issue(['segell.example'], validNow(), keyPair('RSA-2048'));
const other = authority.issue(['altre.example']);
const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function read(certificate: string, key: string) {
  return readServiceSignature(readSettings({ SIGNING_CERTIFICATE: certificate, SIGNING_KEY: key }));
}

describe('SIGNING_CERTIFICATE and SIGNING_KEY', () => {
  it('may be left out', async () => {
    expect(await read('', ' ')).toBeNull();
  });

  it('are PEM, or the paths of files that hold it', async () => {
    const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    await writeFile(certificateFile, own.certificate + authority.certificate);
    await writeFile(keyFile, own.key);
    for (const signature of [
      await read(own.certificate, own.key),
      await read(certificateFile, keyFile),
      await read(certificateFile, own.key),
    ]) {
      expect(signature?.key.algorithm).toBe('rsa-sha256');
      expect(signature?.key.certificate).toBe(own.certificate.replace(/-----[^-]+-----|\s/g, ''));
    }
  });

  it.each([
    ['one without the other', own.certificate, '', /^SIGNING_CERTIFICATE and SIGNING_KEY /],
    ['the other without the one', '', own.key, /^SIGNING_CERTIFICATE and SIGNING_KEY /],
    ['a file that is not there', '/nowhere/inventat.pem', own.key, /^SIGNING_CERTIFICATE must/],
    ['no certificate', own.key, own.key, /^SIGNING_CERTIFICATE must/],
    ['no key', own.certificate, own.certificate, /^SIGNING_KEY must be a private key/],
    ['the key of another certificate', own.certificate, other.key, /^SIGNING_KEY must be the key of/],
    ['a key that cannot sign', own.certificate, ed25519, /^SIGNING_KEY must be the key of/],
  ])('are refused by name and without their values: %s', async (_what, certificate, key, message) => {
    const refusal: unknown = await read(certificate, key).catch((error: unknown) => error);
    if (!(refusal instanceof CommandError)) throw new Error('it was taken');
    expect(refusal.code).toBe('invalid-setting');
    expect(refusal.message).toMatch(message);
    for (const secret of ['-----', 'nowhere']) expect(refusal.message).not.toContain(secret);
  });
});
