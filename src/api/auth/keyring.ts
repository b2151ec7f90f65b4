import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../domain/errors.ts';
import type { Caller } from '../../domain/key.ts';
import type { Queryable } from '../../store/database.ts';
import { findKey, noteKeyUses, type Credential } from '../../store/keys.ts';

/**
 * How long a key that was found is taken without asking again, in milliseconds: in another process, a revoked one
 * works no longer than this.
 */
export const KEY_CACHE_MS = 5_000;
/** Keys remembered; only those that exist are, so that guesses do not fill it. */
const CACHE_SIZE = 10_000;
/** A key's last use is written at most so often, in milliseconds. */
const NOTE_EVERY_MS = 60_000;
/** How long a look-up may take, in milliseconds: intake answers no later than a database that is away is told. */
const LOOK_UP_LIMIT_MS = 5_000;
/** Uses are gathered for so long, in milliseconds. */
const NOTE_GATHER_MS = 1_000;

/** Who a credential is of. */
export interface Keyring {
  /**
   * The holder of a key that works; null for any other credential.
   *
   * @param beforeGuess called before one is looked up that was no key when it was last seen, or never seen; may
   * refuse by throwing
   */
  find(credential: Credential, beforeGuess: () => void): Promise<Caller | null>;
  /** Has a key looked at again before it is next taken: it was changed. */
  forget(id: string): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

interface Known {
  readonly caller: Caller;
  /** Until when it is taken without asking, by a monotonic clock. */
  until: number;
}

/**
 * Creates the keyring of a process. A request with a key that was seen within the last seconds costs one SHA-256
 * and no query; of many that come with a key at once, one asks.
 *
 * Keys are looked up and compared by their digests: how long that takes says nothing of a key.
 *
 * @param now a monotonic clock, in milliseconds
 */
export function createKeyring(db: Queryable, now: () => number = () => performance.now()): Keyring {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<Caller | null>>();
  const uses = new Map<string, number>();
  const noted = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  /** Grows whenever a key was changed: what was read before that is not remembered. */
  let changes = 0;

  async function ask(credential: Credential): Promise<Caller | null> {
    const changesBefore = changes;
    const key = await findKey(db, credential);
    const name = nameOf(credential);
    const { digest } = credential;
    known.delete(name);
    if (key === null || !timingSafeEqual(Buffer.from(key.digest), Buffer.from(digest))) return null;
    if (known.size >= CACHE_SIZE) known.clear();
    const until = now() + Math.min(KEY_CACHE_MS, key.endsInMs ?? Infinity);
    known.set(name, { caller: key.caller, until: changes === changesBefore ? until : -Infinity });
    return key.caller;
  }

  /** Off the request's path: what is lost with the database or the process is a minute's use. */
  function write(): void {
    timer = null;
    if (uses.size === 0) return;
    const written = new Map(uses);
    uses.clear();
    writing = noteKeyUses(db, written).catch(() => undefined);
  }

  function noteUse({ id }: Caller): void {
    const instant = now();
    if (instant - (noted.get(id) ?? -Infinity) < NOTE_EVERY_MS) return;
    if (noted.size >= CACHE_SIZE) noted.clear();
    noted.set(id, instant);
    uses.set(id, Date.now());
    timer ??= setTimeout(write, NOTE_GATHER_MS).unref();
  }

  return {
    async find(credential, beforeGuess) {
      const name = nameOf(credential);
      let caller: Caller | null;
      const found = known.get(name);
      if (found !== undefined && found.until > now()) {
        caller = found.caller;
      } else {
        // Who comes while the same is asked guesses nothing new: a client that starts with many requests at once.
        const asked = asking.get(name);
        if (found === undefined && asked === undefined) beforeGuess();
        const question = asked ?? inTime(ask(credential)).finally(() => asking.delete(name));
        asking.set(name, question);
        caller = await question;
      }
      if (caller !== null) noteUse(caller);
      return caller;
    },
    forget(id) {
      changes += 1;
      for (const found of known.values()) if (found.caller.id === id) found.until = -Infinity;
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await writing;
      write();
      await writing;
    },
  };
}

/** @throws ProblemError `unavailable` where it takes too long */
async function inTime<T>(looking: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProblemError('unavailable', 'The key could not be looked up in time.'));
    }, LOOK_UP_LIMIT_MS);
  });
  try {
    return await Promise.race([looking, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A certificate's digest is public: it must never pass for a key's. */
function nameOf({ by, digest }: Credential): string {
  return `${by} ${digest}`;
}
