import { randomBytes } from 'node:crypto';
import { recordAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { digestOf } from '../../store/keys-text.ts';
import {
  createSession,
  deleteSession,
  findSession,
  type FoundSession,
  type SessionSubject,
  type SignInWay,
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
  /**
   * Begins one, whoever it was that proved who they are, and notes it; answers its token, which is kept nowhere.
   *
   * @param provedAt when they did, in milliseconds since the epoch; null: not known; now, if absent
   */
  open(subject: SessionSubject, origin: SignInOrigin, provedAt?: number | null): Promise<string>;
  /**
   * The session of a token, by the database each time: a revoked key ends its sessions at once.
   *
   * @param isAttended whether somebody is there, rather than a page that asks by itself
   * @param beforeGuess called before one is looked up that is not known here; may refuse by throwing
   */
  find(token: string, isAttended: boolean, beforeGuess: () => void): Promise<FoundSession | null>;
  /** Ends one, and notes it where there was one. */
  end(token: string): Promise<void>;
}

/** How somebody came in, as the audit trail keeps it. */
export interface SignInOrigin {
  readonly by: SignInWay;
  /** As `keptNetwork` writes it. */
  readonly network: string;
}

/** @param idleMs how long a session lasts while nobody is seen at it, in milliseconds */
export function createSessions(db: Database, idleMs: number): Sessions {
  const known = new Set<string>();
  const remember = (digest: string): void => {
    if (known.size >= KNOWN_SIZE) known.clear();
    known.add(digest);
  };
  return {
    idleMs,
    async open(subject, origin, provedAt = Date.now()) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const digest = digestOf(token);
      await db.transaction(async (tx) => {
        await createSession(tx, digest, subject, { by: origin.by, provedAt }, SESSION_LIFE_MS);
        const detail = { ...origin, role: subject.role };
        await recordAudit(tx, subject, { action: 'signed-in', entity: null, detail });
      });
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
      await db.transaction(async (tx) => {
        const actor = await deleteSession(tx, digest);
        if (actor !== null) await recordAudit(tx, actor, { action: 'signed-out', entity: null });
      });
    },
  };
}
