import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CommandError } from '../domain/errors.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;

/** Version, nonce, tag, content: written by earlier releases, which had one key. */
const WITHOUT_KEY_ID = 1;
/** Version, key's id, nonce, tag, content. */
const WITH_KEY_ID = 2;

/** How many bytes at the beginning of a sealed secret say under which key it is. */
export const MARK_BYTES = 1 + KEY_ID_BYTES;

/** What was sealed does not open here: with these keys, at this place, in these bytes. */
export class SecretUnreadableError extends Error {}

/** A key, and what tells it from others without telling what it is. */
interface Key {
  readonly bytes: Buffer;
  /** Hex. */
  readonly fingerprint: string;
  readonly id: Buffer;
}

/**
 * Seals secrets for storage with AES-256-GCM (NIST SP 800-38D). Each is bound to its place and its key by
 * additional data, so that a sealed secret copied to another row does not open.
 *
 * While keys are changed there are two: it opens what either has sealed, and seals with the first.
 */
export class Sealer {
  readonly #first: Key;
  readonly #keys: readonly Key[];

  /**
   * @param key 32 bytes; seals and opens
   * @param other 32 bytes; opens. Null: there is no other
   */
  constructor(key: Buffer, other: Buffer | null = null) {
    this.#first = keyOf(key);
    this.#keys = other === null ? [this.#first] : [this.#first, keyOf(other)];
  }

  /** A value that tells whether another start has the same key, and nothing of the key itself. */
  get fingerprint(): string {
    return this.#first.fingerprint;
  }

  /** What everything begins with that it seals, and nothing that another key has sealed. */
  get mark(): Buffer {
    return Buffer.concat([Buffer.from([WITH_KEY_ID]), this.#first.id]);
  }

  /** Whether one of its keys has this fingerprint. */
  has(fingerprint: string): boolean {
    return this.#keys.some((key) => key.fingerprint === fingerprint);
  }

  /**
   * The one that opens the same and seals with the key of this fingerprint.
   *
   * @throws CommandError `secrets-key-wrong` where it has no such key
   */
  sealingWith(fingerprint: string): Sealer {
    if (fingerprint === this.#first.fingerprint) return this;
    const key = this.#keys.find((each) => each.fingerprint === fingerprint);
    if (key === undefined) {
      throw new CommandError('secrets-key-wrong', 'this database is under another SECRETS_KEY');
    }
    return new Sealer(key.bytes, this.#first.bytes);
  }

  /** @param place what the secret belongs to, for example `endpoint:12` */
  seal(plain: string, place: string): Buffer {
    const { mark } = this;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#first.bytes, nonce).setAAD(boundTo(place, mark));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([mark, nonce, cipher.getAuthTag(), sealed]);
  }

  /**
   * @throws SecretUnreadableError where it was sealed with none of the keys or at another place, or a byte was changed
   */
  open(sealed: Buffer, place: string): string {
    try {
      return this.#open(sealed, place);
    } catch (error) {
      throw new SecretUnreadableError('a sealed secret does not open', { cause: error });
    }
  }

  #open(sealed: Buffer, place: string): string {
    if (sealed[0] === WITHOUT_KEY_ID) return this.#openWithoutKeyId(sealed.subarray(1), place);
    if (sealed[0] !== WITH_KEY_ID) throw new Error('a sealed secret of an unknown version');
    const mark = sealed.subarray(0, MARK_BYTES);
    const key = this.#keys.find(({ id }) => id.equals(mark.subarray(1)));
    if (key === undefined) throw new Error('a sealed secret is under a key that is not here');
    return openWith(key, sealed.subarray(MARK_BYTES), boundTo(place, mark));
  }

  /** Which key it was is found by trying: a wrong one cannot open it. */
  #openWithoutKeyId(sealed: Buffer, place: string): string {
    const [last = this.#first, ...others] = this.#keys.toReversed();
    for (const key of others) {
      try {
        return openWith(key, sealed, Buffer.from(place));
      } catch {
        continue;
      }
    }
    return openWith(last, sealed, Buffer.from(place));
  }
}

function keyOf(bytes: Buffer): Key {
  const digest = createHash('sha256').update('enotum-callbacks secrets key').update(bytes).digest();
  return { bytes, fingerprint: digest.toString('hex'), id: digest.subarray(0, KEY_ID_BYTES) };
}

function boundTo(place: string, mark: Buffer): Buffer {
  return Buffer.concat([mark, Buffer.from(place)]);
}

function openWith(key: Key, sealed: Buffer, bound: Buffer): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(tag);
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString('utf8');
}
