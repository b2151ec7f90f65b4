import type { IncomingHttpHeaders } from 'undici/types/header.js';
import type { Authentication } from '../../domain/entity.ts';
import { MASK } from '../../domain/mask.ts';
import { boundText } from '../../soap/bound-text.ts';
import { decodeXml } from '../../soap/decode-xml.ts';
import { maskSecrets } from './mask.ts';

/** What the communications log keeps of an answer, so that a hostile one cannot fill it. */
const MAX_HEADERS = 64;
const MAX_HEADER_CHARACTERS = 1_024;
const MAX_BODY_CHARACTERS = 65_536;
/** The longest sentence that is kept of a Fault, an Error or a failure. */
const MAX_ERROR_CHARACTERS = 4_000;

/** Headers of an answer whose values are, or may repeat, secrets. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authenticate',
  'set-cookie',
  'www-authenticate',
]);

/** The Authorization header's value, and how the log shows it. */
export interface Credentials {
  readonly header: string;
  readonly masked: string;
  /** Texts that are masked wherever an answer repeats them. */
  readonly secrets: readonly string[];
}

/** What authenticates a request: Basic in UTF-8, normalisation form C (RFC 7617, 2.1), or Bearer (RFC 6750). */
export function credentialsOf(authentication: Authentication): Credentials | null {
  if (authentication.type === 'none') return null;
  if (authentication.type === 'bearer') {
    const { token } = authentication;
    return { header: `Bearer ${token}`, masked: `Bearer ${MASK}`, secrets: [token] };
  }
  const { username, password } = authentication;
  const encoded = Buffer.from(`${username}:${password}`.normalize('NFC'), 'utf8').toString('base64');
  return {
    header: `Basic ${encoded}`,
    masked: `Basic ${MASK}`,
    secrets: [encoded, password, password.normalize('NFC')],
  };
}

/**
 * An answer's headers for the log: names in lower case, repeated ones joined, values bounded, those of secrets
 * masked, and the request's own secrets wherever another one repeats them.
 */
export function loggedHeaders(
  headers: IncomingHttpHeaders,
  secrets: readonly string[],
): Record<string, string> {
  const logged: Record<string, string> = {};
  let count = 0;
  for (const name in headers) {
    if (count === MAX_HEADERS) break;
    count += 1;
    const value = headers[name];
    const text = typeof value === 'string' ? value : (value ?? []).join(', ');
    logged[storable(boundText(name, MAX_HEADER_CHARACTERS))] = SECRET_HEADERS.has(name)
      ? MASK
      : boundText(maskSecrets(storable(text), secrets), MAX_HEADER_CHARACTERS);
  }
  return logged;
}

/** An answer's body for the log: decoded, bounded, the request's secrets masked where it repeats them. */
export function loggedBody(body: Buffer, contentType: string | null, secrets: readonly string[]): string {
  // Four bytes are the most that a character takes in the charsets of the web; the rest needs no decoding.
  const start = body.subarray(0, MAX_BODY_CHARACTERS * 4);
  const decoded = decodeXml(start, contentType, 'replace');
  const text = 'text' in decoded ? decoded.text : start.toString('latin1');
  return boundText(maskSecrets(storable(text), secrets), MAX_BODY_CHARACTERS);
}

/** A Fault's, an Error's or a failure's text for the log: bounded, the request's secrets masked. */
export function loggedError(text: string, secrets: readonly string[]): string {
  return boundText(maskSecrets(storable(text), secrets), MAX_ERROR_CHARACTERS);
}

/** What PostgreSQL can hold as text and jsonb: no NUL, no lone surrogates. */
function storable(text: string): string {
  // Almost every text is: two looks cost less than one replacement.
  if (text.isWellFormed() && !text.includes('\0')) return text;
  return text.replace(/[\0\p{Surrogate}]/gu, '');
}
