import { createHash, verify, X509Certificate } from 'node:crypto';
import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { SignedXml, type SignatureAlgorithm } from 'xml-crypto';

/** Reads and judges secured messages by other people's code, which knows nothing of our writer. */

const NAMES = {
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
};

const ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

/** What stands in a message's Security header, and the exclusive canonical forms of what is signed. */
interface ReadSecurity {
  readonly mustUnderstand: string | null;
  /** The local names of the header's elements, in order. */
  readonly tokens: readonly string[];
  readonly text: (xpath: string) => string | null;
  /** By libxml2; null where there is no such element. */
  readonly canonical: (xpath: string) => string | null;
}

/** The elements that a signature covers, by their place. */
export const TIMESTAMP = '//wsse:Security/wsu:Timestamp';
export const BODY = '/*/*[local-name()="Body"]';
export const SIGNED_INFO = '//wsse:Security/ds:Signature/ds:SignedInfo';

/** Reads a message with libxml2. @throws where it is not well-formed, or has no Security header */
export function withSecurity<T>(message: Buffer | string, use: (security: ReadSecurity) => T): T {
  const doc = XmlDocument.fromBuffer(Buffer.from(message));
  try {
    const header = doc.get('/*/*[local-name()="Header"]/wsse:Security', NAMES);
    if (!(header instanceof XmlElement)) throw new Error('there is no Security header');
    return use({
      mustUnderstand: header.attrs.find(({ name }) => name === 'mustUnderstand')?.content ?? null,
      tokens: doc
        .find('/*/*/wsse:Security/*', NAMES)
        .map((node) => (node instanceof XmlElement ? node.name : '')),
      text: (xpath) => doc.get(xpath, NAMES)?.content ?? null,
      canonical(xpath) {
        const element = doc.get(xpath, NAMES);
        if (!(element instanceof XmlElement)) return null;
        return element.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
      },
    });
  } finally {
    doc.dispose();
  }
}

/** Whether libxml2's canonical forms and OpenSSL agree with the signature and both digests of a message. */
export function isSignedByLibxml2(message: Buffer | string): boolean {
  return withSecurity(message, ({ canonical, text }) => {
    const digest = (id: string): string | null => text(`//ds:Reference[@URI="#${id}"]/ds:DigestValue`);
    const certificate = certificateOf(text('//wsse:BinarySecurityToken'));
    const value = Buffer.from(text('//ds:SignatureValue') ?? '', 'base64');
    const signedInfo = Buffer.from(canonical(SIGNED_INFO) ?? '');
    return (
      digest(text(`${BODY}/@wsu:Id`) ?? '') === sha256(canonical(BODY) ?? '') &&
      digest(text(`${TIMESTAMP}/@wsu:Id`) ?? '') === sha256(canonical(TIMESTAMP) ?? '') &&
      verify('sha256', signedInfo, { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' }, value)
    );
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}

/** The certificate of a BinarySecurityToken's text. */
export function certificateOf(token: string | null): X509Certificate {
  return new X509Certificate(Buffer.from(token ?? '', 'base64'));
}

/** ECDSA as XML Signature 1.1 has it, which xml-crypto does not bring. */
class EcdsaSha256 implements SignatureAlgorithm {
  getSignature(): string {
    throw new Error('it only verifies');
  }

  verifySignature(...args: unknown[]): boolean {
    const [material, key, value] = args;
    if (typeof material !== 'string' || typeof key !== 'string' || typeof value !== 'string') return false;
    return verify(
      'sha256',
      Buffer.from(material),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(value, 'base64'),
    );
  }

  getAlgorithmName(): string {
    return ECDSA_SHA256;
  }
}

/**
 * The elements that xml-crypto finds validly signed by the message's own certificate, in canonical form; null
 * where it refuses the message, or where that is not well-formed: its own parser mends broken tags. It does not
 * judge whether the certificate is trusted.
 */
export function signedByXmlCrypto(message: Buffer | string): string[] | null {
  const xml = message.toString();
  const token = /<wsse:BinarySecurityToken[^>]*>([^<]*)</.exec(xml)?.[1] ?? null;
  const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(xml)?.[0];
  if (signature === undefined) return null;
  try {
    XmlDocument.fromString(xml).dispose();
    const checker = new SignedXml({ idMode: 'wssecurity', publicCert: certificateOf(token).toString() });
    checker.SignatureAlgorithms[ECDSA_SHA256] = EcdsaSha256;
    checker.loadSignature(signature);
    return checker.checkSignature(xml) ? checker.getSignedReferences() : null;
  } catch {
    return null;
  }
}
