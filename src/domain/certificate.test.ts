import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority, keyPair } from '../../test/support/certificates.ts';
import {
  belongsTo,
  describeCertificate,
  describeFirstToEnd,
  expiryWarning,
  parseCertificates,
  parsePrivateKey,
  signatureAlgorithmOf,
} from './certificate.ts';

const authority = createAuthority('Autoritat, "Inventada"');
const validity = { from: new Date('2026-01-02T03:04:05Z'), to: new Date('2027-01-02T03:04:05Z') };
const { certificate, key } = authority.issue(['segell.example'], validity);

describe('a certificate', () => {
  it('is described by its first in the chain: subject, issuer, and when it expires', () => {
    expect(describeCertificate(certificate + authority.certificate)).toEqual({
      fingerprint: createHash('sha256')
        .update(certificate.replace(/-----[^-]+-----/g, ''), 'base64')
        .digest('hex'),
      subject: 'CN=Servidor Inventat',
      issuer: 'CN=Autoritat\\, \\"Inventada\\"',
      expiresAt: '2027-01-02T03:04:05.000Z',
    });
  });

  it.each([null, '', 'nonsense', certificate.slice(0, 200)])(
    'is not described where there is none',
    (pem) => {
      expect(describeCertificate(pem)).toBeNull();
    },
  );

  it('of a bundle is the one that ends first', () => {
    const { expiresAt } = describeCertificate(certificate) ?? {};
    const later = authority.issue(['x.example'], { ...validity, to: new Date('2027-01-02T03:04:06Z') });
    for (const bundle of [certificate + later.certificate, later.certificate + certificate]) {
      expect(describeFirstToEnd(bundle)?.expiresAt).toBe(expiresAt);
    }
    for (const none of [null, '', 'nonsense']) expect(describeFirstToEnd(none)).toBeNull();
  });

  it('is warned of from 30 days before its end on, and otherwise once it has ended', () => {
    const end = Date.parse('2027-01-02T03:04:05.000Z');
    const warning = (ms: number): unknown => expiryWarning('2027-01-02T03:04:05.000Z', end - ms);
    expect([30 * 86_400_000, 30 * 86_400_000 - 1, 0, -1].map(warning)).toEqual([
      null,
      'certificate-expiring',
      'certificate-expiring',
      'certificate-expired',
    ]);
  });

  it('is not taken where its validity cannot be read', () => {
    // A month 99, in a certificate that is whole otherwise.
    const broken = withBytes(certificate, '20270102030405Z', '20279902030405Z');
    expect(parseCertificates(broken)).toBeNull();
  });

  it('knows its key', () => {
    const certificates = parseCertificates(certificate) ?? [];
    const own = parsePrivateKey(key);
    const other = parsePrivateKey(authority.key);
    expect(own !== null && belongsTo(own, certificates)).toBe(true);
    expect(other !== null && belongsTo(other, certificates)).toBe(false);
  });
});

describe('a key', () => {
  it.each(['P-256', 'P-384', 'P-521'] as const)('on %s signs by ECDSA', (kind) => {
    expect(signatureAlgorithmOf(keyPair(kind).privateKey)).toBe('ecdsa-sha256');
  });

  it('of RSA signs from 2,048 bits on', () => {
    expect(signatureAlgorithmOf(keyPair('RSA-2048').privateKey)).toBe('rsa-sha256');
    const short = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
    expect(signatureAlgorithmOf(short)).toBeNull();
  });

  it.each([
    ['Ed25519', generateKeyPairSync('ed25519').privateKey],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2_048 }).privateKey],
  ])('of another kind does not: %s', (_kind, other) => {
    expect(signatureAlgorithmOf(other)).toBeNull();
  });
});

function withBytes(pem: string, from: string, to: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('latin1');
  if (!der.includes(from)) throw new Error(`${from} is not in the certificate`);
  const changed = Buffer.from(der.replace(from, to), 'latin1').toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${changed}\n-----END CERTIFICATE-----\n`;
}
