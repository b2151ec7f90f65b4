import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportArbitrary } from '../../../test/support/arbitraries.ts';
import { exampleReport } from '../../../test/support/reports.ts';
import {
  AUTHORITY_CERTIFICATE,
  ENVELOPES,
  prepared,
  SIGNING_KEY_KINDS,
  signaturePolicy,
  signingPair,
} from '../../../test/support/secured.ts';
import {
  BODY,
  certificateOf,
  isSignedByLibxml2,
  SIGNED_INFO,
  signedByXmlCrypto,
  TIMESTAMP,
  withSecurity,
} from '../../../test/support/ws-security.ts';
import { DEFAULT_ENDPOINT } from '../../domain/entity.ts';
import { readReportRequest } from '../read-request.ts';
import { writeReport40 } from '../report-40.ts';
import { secureEnvelope, type SecuredMessage } from './secure-envelope.ts';

const NOW = Date.parse('2026-11-24T09:15:30.123Z');
const CONTRACT = DEFAULT_ENDPOINT.envelope;
const REPORT = writeReport40(exampleReport({}));

const anyReport = reportArbitrary.map(writeReport40);
const anyEnvelope = fc.constantFrom(...ENVELOPES);
const anyKind = fc.constantFrom(...SIGNING_KEY_KINDS);

/** As for a configuration, made ready once. */
const READY = new Map(SIGNING_KEY_KINDS.map((kind) => [kind, prepared(signaturePolicy(kind))]));

async function signed(
  kind: (typeof SIGNING_KEY_KINDS)[number],
  report = REPORT,
  envelope = CONTRACT,
): Promise<SecuredMessage> {
  return secureEnvelope(report, envelope, READY.get(kind) ?? prepared(signaturePolicy(kind)), NOW);
}

/** The bytes of an element as they stand in a message. */
function bytesOf(message: Buffer, name: string): string {
  const text = message.toString('utf8');
  const end = `</${name}>`;
  return text.slice(text.indexOf(`<${name} `), text.indexOf(end) + end.length);
}

describe('a signed message', () => {
  it('has each signed element in the bytes of its exclusive canonical form, which are what is hashed', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, anyEnvelope, anyKind, async (report, envelope, kind) => {
        const { body } = await signed(kind, report, envelope);
        withSecurity(body, ({ canonical, text }) => {
          for (const [place, name, id] of [
            [TIMESTAMP, 'wsu:Timestamp', 'Timestamp'],
            [BODY, 'soapenv:Body', 'Body'],
          ] as const) {
            const bytes = bytesOf(body, name);
            expect(canonical(place)).toBe(bytes);
            const digest = createHash('sha256').update(bytes, 'utf8').digest('base64');
            expect(text(`//ds:Reference[@URI="#${id}"]/ds:DigestValue`)).toBe(digest);
          }
          expect(canonical(SIGNED_INFO)).toBe(bytesOf(body, 'ds:SignedInfo'));
        });
        expect(body.includes(report)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is accepted by libxml2 and OpenSSL, whatever its texts', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, anyEnvelope, anyKind, async (report, envelope, kind) => {
        expect(isSignedByLibxml2((await signed(kind, report, envelope)).body)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is accepted by xml-crypto, Timestamp and Body alone, whatever its texts', async () => {
    // xml-crypto's parser reads NEL and LINE SEPARATOR as line feeds, as XML 1.1 does and XML 1.0 does not.
    const readable = anyReport.filter((report) => !/[\u0085\u2028]/.test(report));
    await fc.assert(
      fc.asyncProperty(readable, anyEnvelope, anyKind, async (report, envelope, kind) => {
        const { body } = await signed(kind, report, envelope);
        expect(signedByXmlCrypto(body)).toEqual([
          bytesOf(body, 'wsu:Timestamp'),
          bytesOf(body, 'soapenv:Body'),
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('is read whole by a receiver that passes over the header', async () => {
    await fc.assert(
      fc.asyncProperty(reportArbitrary, anyEnvelope, async (report, envelope) => {
        const { body } = await signed('P-256', writeReport40(report), envelope);
        expect(readReportRequest(body, null)).toEqual({ report });
      }),
      { numRuns: 50 },
    );
  });

  it('has the Timestamp, then the certificate, then the signature', async () => {
    const { body } = await signed('P-256');
    withSecurity(body, ({ tokens, text, mustUnderstand }) => {
      expect(tokens).toEqual(['Timestamp', 'BinarySecurityToken', 'Signature']);
      expect(mustUnderstand).toBe('1');
      expect(text(`${TIMESTAMP}/wsu:Created`)).toBe('2026-11-24T09:15:30.123Z');
      expect(text(`${TIMESTAMP}/wsu:Expires`)).toBe('2026-11-24T09:20:30.123Z');
    });
  });

  it('names no certificate but the first of a chain', async () => {
    const { certificate } = signingPair('P-256');
    const chain = signaturePolicy('P-256', { certificate: certificate + AUTHORITY_CERTIFICATE });
    const { body } = await secureEnvelope(REPORT, CONTRACT, prepared(chain), NOW);
    withSecurity(body, ({ text }) => {
      expect(certificateOf(text('//wsse:BinarySecurityToken')).toString()).toBe(certificate);
    });
    expect(isSignedByLibxml2(body)).toBe(true);
  });

  it('may do without being understood, and is valid for as long as its policy says', async () => {
    const policy = signaturePolicy('P-256', { mustUnderstand: false, timestampSeconds: 60 });
    const { body } = await secureEnvelope(REPORT, CONTRACT, prepared(policy), NOW);
    withSecurity(body, ({ mustUnderstand, text }) => {
      expect(mustUnderstand).toBeNull();
      expect(text(`${TIMESTAMP}/wsu:Expires`)).toBe('2026-11-24T09:16:30.123Z');
    });
    expect(isSignedByLibxml2(body)).toBe(true);
  });

  it.each([
    ['P-256', 64],
    ['P-384', 96],
    ['P-521', 132],
    ['RSA-2048', 256],
  ] as const)('has r and s side by side, or RSA’s one number: %s', async (kind, length) => {
    const { body } = await signed(kind);
    withSecurity(body, ({ text }) => {
      expect(Buffer.from(text('//ds:SignatureValue') ?? '', 'base64')).toHaveLength(length);
      expect(text('//ds:SignatureMethod/@Algorithm')).toBe(
        `http://www.w3.org/2001/04/xmldsig-more#${kind === 'RSA-2048' ? 'rsa' : 'ecdsa'}-sha256`,
      );
    });
  });
});

describe.each(['P-256', 'RSA-2048'] as const)('a message signed with %s', (kind) => {
  let message: Buffer;
  let places: number[];

  beforeAll(async () => {
    message = (await signed(kind)).body;
    places = ['wsu:Timestamp', 'soapenv:Body'].flatMap((name) => {
      const start = message.indexOf(`<${name} `);
      return Array.from({ length: Buffer.byteLength(bytesOf(message, name)) }, (_, at) => start + at);
    });
    // The Envelope declares soapenv too: a declaration of another prefix here says nothing, so it is no change.
    const idle = message.indexOf('soapenv=', message.indexOf('<soapenv:Body '));
    places = places.filter((place) => place < idle || place >= idle + 'soapenv'.length);
  });

  /** The message with another byte at this place. */
  function changedAt(place: number): Buffer {
    const changed = Buffer.from(message);
    changed[place] = changed[place] === 0x58 ? 0x59 : 0x58;
    return changed;
  }

  it('is refused by libxml2 and OpenSSL when any byte of its Timestamp or Body is another', () => {
    expect(places.length).toBeGreaterThan(1_500);
    expect(places.filter((place) => accepts(isSignedByLibxml2, changedAt(place)))).toEqual([]);
  });

  it('is refused by xml-crypto at many places', () => {
    // It leaves out every attribute whose name begins with xmlns, so what is no declaration any more is no change.
    const colon = message.indexOf(':soapenv=', message.indexOf('<soapenv:Body '));
    const many = fc.constantFrom(...places.filter((place) => place !== colon));
    fc.assert(
      fc.property(many, (place) => {
        expect(signedByXmlCrypto(changedAt(place))).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('is refused with another certificate', () => {
    const token = certificateOf(signedToken(message)).raw.toString('base64');
    const { certificate } = signingPair('P-384');
    const other = certificate.replace(/-----[^-]+-----|\s/g, '');
    const changed = Buffer.from(message.toString().replace(token, other));
    expect(changed.equals(message)).toBe(false);
    expect(accepts(isSignedByLibxml2, changed)).toBe(false);
    expect(signedByXmlCrypto(changed)).toBeNull();
  });
});

function signedToken(message: Buffer): string | null {
  return withSecurity(message, ({ text }) => text('//wsse:BinarySecurityToken'));
}

/** A message that cannot even be read is not accepted either. */
function accepts(verifier: (message: Buffer) => boolean, message: Buffer): boolean {
  try {
    return verifier(message);
  } catch {
    return false;
  }
}
