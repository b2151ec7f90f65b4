import { hash } from 'node:crypto';
import type { SignatureAlgorithm } from '../../domain/certificate.ts';
import {
  BASE64_BINARY,
  BODY_ID,
  DS,
  EXCLUSIVE_C14N,
  SHA_256,
  SIGNATURE_METHODS,
  TIMESTAMP_ID,
  TOKEN_ID,
  WSU,
  X509_V3,
} from './names.ts';

/** The digest of an element as the signature has it: of the bytes sent, which are its canonical form. */
export function digestOf(xml: string): string {
  return hash('sha256', xml, 'base64');
}

/**
 * The certificate, before the signature that refers to it (X.509 Certificate Token Profile 1.1, 3.1); needs
 * `wsse` to be declared around it.
 *
 * @param certificate DER in base64
 */
export function writeBinarySecurityToken(certificate: string): string {
  return (
    `<wsse:BinarySecurityToken xmlns:wsu="${WSU}" EncodingType="${BASE64_BINARY}" ValueType="${X509_V3}" ` +
    `wsu:Id="${TOKEN_ID}">${certificate}</wsse:BinarySecurityToken>`
  );
}

/**
 * What is signed: the digests of Timestamp and Body. It is written in its exclusive canonical form, so that the
 * signature is made over the bytes sent.
 *
 * There is no InclusiveNamespaces: what is signed has no prefixes but in names, of which exclusive
 * canonicalisation takes care, so its list would be empty, and then it is left out (WS-I BSP 1.1, R5407).
 */
export function writeSignedInfo(
  algorithm: SignatureAlgorithm,
  timestampDigest: string,
  bodyDigest: string,
): string {
  return (
    `<ds:SignedInfo xmlns:ds="${DS}">` +
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${SIGNATURE_METHODS}${algorithm}"></ds:SignatureMethod>` +
    writeReference(TIMESTAMP_ID, timestampDigest) +
    writeReference(BODY_ID, bodyDigest) +
    '</ds:SignedInfo>'
  );
}

function writeReference(id: string, digest: string): string {
  return (
    `<ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${EXCLUSIVE_C14N}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${SHA_256}"></ds:DigestMethod>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`
  );
}

/** The signature, which finds its certificate by a direct reference (SOAP Message Security 1.1, 7.2). */
export function writeSignature(signedInfo: string, signatureValue: string): string {
  return (
    `<ds:Signature xmlns:ds="${DS}">${signedInfo}` +
    `<ds:SignatureValue>${signatureValue}</ds:SignatureValue>` +
    '<ds:KeyInfo><wsse:SecurityTokenReference>' +
    `<wsse:Reference URI="#${TOKEN_ID}" ValueType="${X509_V3}"></wsse:Reference>` +
    '</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>'
  );
}
