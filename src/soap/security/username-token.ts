import { hash } from 'node:crypto';
import { element, escapeText } from '../xml.ts';
import { BASE64_BINARY, PASSWORD_DIGEST, PASSWORD_TEXT, WSU } from './names.ts';

/**
 * Base64(SHA-1(nonce + created + password)): UsernameToken Profile 1.1, 3.1. SHA-1 is the profile's; with a
 * nonce of its own each time, what breaks SHA-1 for signatures does not break this.
 *
 * @param nonce the bytes, not their Base64
 */
export function passwordDigest(nonce: Buffer, created: string, password: string): string {
  return hash('sha1', Buffer.concat([nonce, Buffer.from(created + password, 'utf8')]), 'base64');
}

/**
 * The UsernameToken; needs `wsse` to be declared around it.
 *
 * @param digest whether `password` is a PasswordDigest rather than a PasswordText
 * @param nonce Base64
 */
export function writeUsernameToken(token: {
  readonly username: string;
  readonly digest: boolean;
  readonly password: string;
  readonly nonce: string;
  readonly created: string;
}): string {
  const { username, digest, password, nonce, created } = token;
  return (
    `<wsse:UsernameToken xmlns:wsu="${WSU}">` +
    element('wsse:Username', username) +
    `<wsse:Password Type="${digest ? PASSWORD_DIGEST : PASSWORD_TEXT}">${escapeText(password)}</wsse:Password>` +
    `<wsse:Nonce EncodingType="${BASE64_BINARY}">${nonce}</wsse:Nonce>` +
    element('wsu:Created', created) +
    '</wsse:UsernameToken>'
  );
}
