import type { EnvelopeOptions } from '../../domain/entity.ts';
import type { SentSecurity } from '../../domain/policy.ts';
import { SOAP_NAMESPACES, writeContent } from '../envelope.ts';
import { BODY_ID, WSSE, WSU } from './names.ts';
import { digestOf, writeBinarySecurityToken, writeSignature, writeSignedInfo } from './signature.ts';
import { writeTimestamp } from './timestamp.ts';
import { writeUsernameToken } from './username-token.ts';

/** What a UsernameToken and its header say, and what a signature and its header do. */
export type SentUsernameToken = Extract<SentSecurity, { type: 'username-token' }>;
export type SentSignature = Extract<SentSecurity, { type: 'signature' }>;

/**
 * The Body. A signed one has an id and declares all that it uses, though the Envelope has done so: then it is its
 * own exclusive canonical form, and the digest is of the bytes sent.
 */
export function writeBody(reportXml: string, options: EnvelopeOptions, policy: SentSecurity['type']): string {
  const declared =
    policy === 'signature'
      ? ` xmlns:soapenv="${SOAP_NAMESPACES[options.soapVersion]}" xmlns:wsu="${WSU}" wsu:Id="${BODY_ID}"`
      : '';
  return `<soapenv:Body${declared}>${writeContent(reportXml, options)}</soapenv:Body>`;
}

/**
 * The whole message: Envelope, Security header and Body. The header is for whoever reads the message last, so it
 * names no actor or role. `1` means true in both SOAP versions; false is left out (SOAP 1.2 part 1, 5.2.3).
 *
 * @param tokens what the Security header holds
 */
export function writeMessage(
  { soapVersion }: EnvelopeOptions,
  mustUnderstand: boolean,
  tokens: string,
  bodyXml: string,
): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${SOAP_NAMESPACES[soapVersion]}"><soapenv:Header>` +
    `<wsse:Security xmlns:wsse="${WSSE}"${mustUnderstand ? ' soapenv:mustUnderstand="1"' : ''}>` +
    `${tokens}</wsse:Security></soapenv:Header>${bodyXml}</soapenv:Envelope>`
  );
}

/**
 * A name and a password, after the Timestamp if there is one.
 *
 * @param password PasswordDigest or PasswordText, as `sent` says
 * @param nonce Base64
 */
export function writeUsernameTokens(sent: SentUsernameToken, password: string, nonce: string): string {
  const { username, digest, created, expires } = sent;
  return (
    (expires === null ? '' : writeTimestamp(created, expires)) +
    writeUsernameToken({ username, digest, password, nonce, created })
  );
}

/** What the signature is made over. */
export function signedInfoOf({ algorithm, created, expires, bodyDigest }: SentSignature): string {
  return writeSignedInfo(algorithm, digestOf(writeTimestamp(created, expires)), bodyDigest);
}

/**
 * Timestamp, certificate and signature, in the one order that every layout of WS-SecurityPolicy (1.2, 7.7) takes:
 * the Timestamp first, and the certificate before the signature that needs it.
 *
 * @param certificate DER in base64
 * @param signatureValue Base64
 */
export function writeSignatureTokens(
  { created, expires }: SentSignature,
  certificate: string,
  signedInfo: string,
  signatureValue: string,
): string {
  return (
    writeTimestamp(created, expires) +
    writeBinarySecurityToken(certificate) +
    writeSignature(signedInfo, signatureValue)
  );
}
