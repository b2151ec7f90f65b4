import { hash, randomBytes } from 'node:crypto';
import { uuidV7 } from '../domain/uuid.ts';

/** What every key of our making begins with: secret scanners, and people, know it by that. */
const MARK = 'enc_';
/** Hexadecimal digits of the key's id that stand in the key. */
const ID_DIGITS = 12;
const SECRET_BYTES = 32;

/** The form of a prefix, by which a leaked key is found. */
export const KEY_PREFIX = new RegExp(`^${MARK}[0-9a-f]{${ID_DIGITS}}$`);

/** A key that was just made; `text` is shown once and kept nowhere. */
export interface KeyText {
  readonly id: string;
  /** `enc_` and the last digits of the id: what the key begins with. */
  readonly prefix: string;
  readonly text: string;
}

/**
 * Makes a key: its prefix, and 256 random bits in base64url, which pass as a bearer token (RFC 6750, 2.1) and as a
 * password of HTTP Basic.
 *
 * @param now milliseconds of the database's clock, from which the id is made
 */
export function makeKeyText(now: number): KeyText {
  const id = uuidV7(now, 0);
  const prefix = MARK + id.slice(-ID_DIGITS);
  return { id, prefix, text: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}` };
}

/**
 * What is stored of a key: its SHA-256, hexadecimal here and bytes in the table. A slow hash is for passwords that people choose: 256 random bits cannot be tried out,
 * and this is computed for each request.
 */
export function digestOf(key: string): string {
  return hash('sha256', key, 'hex');
}
