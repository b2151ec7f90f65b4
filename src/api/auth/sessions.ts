import { randomBytes } from 'node:crypto';
import type { Queryable } from '../../store/database.ts';
import { digestOf } from '../../store/keys-text.ts';
import {
  createSession,
  deleteSession,
  findSession,
  type FoundSession,
  type SessionSubject,
} from '../../store/sessions.ts';

/** How long a session may last, however busy it is, in milliseconds. */
const SESSION_LIFE_MS = 12 * 3_600_000;
const TOKEN_BYTES = 32;
/** The form of every token of our making. */
const TOKEN = /^[\w-]{43}$/;
/** Sessions remembered as such: only so that looking one up again is no guess. */
const KNOWN_SIZE = 10_000;

/** The sessions of the web console: in the database, so that a restart ends none. */
export interface Sessions {
  /** How long one lasts while nobody is seen at it, in milliseconds. */
  readonly idleMs: number;
  /** Begins one, whoever it was that proved who they are; answers its token, which is kept nowhere. */
  open(subject: SessionSubject): Promise<string>;
  /**
   * The session of a token, by the database each time: a revoked key ends its sessions at once.
   *
   * @param isAttended whether somebody is there, rather than a page that asks by itself
   * @param beforeGuess called before one is looked up that is not known here; may refuse by throwing
   */
  find(token: string, isAttended: boolean, beforeGuess: () => void): Promise<FoundSession | null>;
  end(token: string): Promise<void>;
}

/** @param idleMs how long a session lasts while nobody is seen at it, in milliseconds */
export function createSessions(db: Queryable, idleMs: number): Sessions {
  const known = new Set<string>();
  const remember = (digest: string): void => {
    if (known.size >= KNOWN_SIZE) known.clear();
    known.add(digest);
  };
  return {
    idleMs,
    async open(subject) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const digest = digestOf(token);
      await createSession(db, digest, subject, SESSION_LIFE_MS);
      remember(digest);
      return token;
    },
    async find(token, isAttended, beforeGuess) {
      if (!TOKEN.test(token)) return null;
      const digest = digestOf(token);
      if (!known.has(digest)) beforeGuess();
      const found = await findSession(db, digest, idleMs, isAttended);
      if (found === null) known.delete(digest);
      else remember(digest);
      return found;
    },
    async end(token) {
      const digest = digestOf(token);
      known.delete(digest);
      await deleteSession(db, digest);
    },
  };
}
