import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, PEM. */
interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority of a test's own. */
export interface Authority extends Issued {
  /** Issues a certificate for these names (DNS names or IPv4 addresses). */
  issue(names: readonly string[], validity?: Validity, keys?: KeyPair): Issued;
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface Validity {
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/** Makes an authority with a plainly invented name. Node cannot write X.509, so the DER is written here. */
export function createAuthority(name = 'Autoritat Inventada'): Authority {
  const own = keyPair();
  const toIssue = (subject: string, publicKey: KeyObject, extensions: Buffer, validity: Validity): string =>
    certificateOf({ issuer: name, issuerKey: own.privateKey, subject, publicKey, extensions, validity });
  return {
    certificate: toIssue(name, own.publicKey, extension('551d13', sequence(BOOLEAN_TRUE)), validNow()),
    key: pem(own.privateKey),
    issue(names, validity = validNow(), keys = keyPair()) {
      const alternatives = sequence(...names.map(generalName));
      const certificate = toIssue(
        'Servidor Inventat',
        keys.publicKey,
        extension('551d11', alternatives),
        validity,
      );
      return { certificate, key: pem(keys.privateKey) };
    },
  };
}

/** A validity that ended a day ago. */
export function expired(): Validity {
  return { from: new Date(Date.now() - YEAR_MS), to: new Date(Date.now() - 86_400_000) };
}

/** A validity that ends so many days from now, to the second; in the past where negative. */
export function endingIn(days: number): Validity {
  const to = Math.floor((Date.now() + days * DAY_MS) / 1_000) * 1_000;
  return { from: new Date(to - YEAR_MS), to: new Date(to) };
}

export function validNow(): Validity {
  return { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + YEAR_MS) };
}

/** Key pairs that sign in different ways, by name. */
export function keyPair(kind: 'P-256' | 'P-384' | 'P-521' | 'RSA-2048' = 'P-256'): KeyPair {
  return kind === 'RSA-2048'
    ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
    : generateKeyPairSync('ec', { namedCurve: kind });
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

interface CertificateFields {
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: Buffer;
  readonly validity: Validity;
}

let serial = 0;

/** RFC 5280, 4.1. */
function certificateOf(fields: CertificateFields): string {
  serial += 1;
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([serial])),
    ECDSA_WITH_SHA256,
    distinguishedName(fields.issuer),
    sequence(time(fields.validity.from), time(fields.validity.to)),
    distinguishedName(fields.subject),
    fields.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(fields.extensions)),
  );
  const signature = sign('sha256', toBeSigned, fields.issuerKey);
  const der = sequence(toBeSigned, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const BOOLEAN_TRUE = tagged(0x01, Buffer.from([0xff]));
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), tagged(0x04, value));
}

function generalName(name: string): Buffer {
  return isIPv4(name)
    ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
    : tagged(0x82, Buffer.from(name));
}

/** GeneralizedTime, in seconds. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** One DER element: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
