import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../domain/errors.ts';
import type { Queryable } from '../store/database.ts';
import { findKey, type ApiKey } from '../store/keys.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a key. */
    public?: boolean;
  }
}

/** How long a key that was found is taken without asking again; a removed one works no longer than this. */
const CACHE_MS = 10_000;
/** Keys remembered; only those that exist are, so that guesses do not fill it. */
const CACHE_SIZE = 1_000;
/** No key of ours is nearly as long; longer texts are not worth a query. */
const MAX_KEY_LENGTH = 1_024;

/** RFC 6750, 2.1: the scheme in any case, one or more spaces, a b64token. */
const BEARER = /^Bearer +(?<key>[A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * Makes the hook that lets through requests with a valid key, and those to public routes
 * (`config: { public: true }`). Found keys are remembered briefly: intake costs no query for its key.
 */
export function authenticate(db: Queryable): (request: FastifyRequest) => Promise<void> {
  const found = new Map<string, { key: ApiKey; until: number }>();

  return async function authenticateRequest(request) {
    if (request.routeOptions.config.public === true) return;
    const key = BEARER.exec(request.headers.authorization ?? '')?.groups?.key;
    if (key === undefined || key.length > MAX_KEY_LENGTH) throw unauthenticated();
    const known = found.get(key);
    if (known !== undefined && known.until > performance.now()) return;
    found.delete(key);
    const row = await findKey(db, key);
    if (row === null) throw unauthenticated();
    if (found.size >= CACHE_SIZE) found.clear();
    found.set(key, { key: row, until: performance.now() + CACHE_MS });
  };
}

function unauthenticated(): ProblemError {
  return new ProblemError('unauthenticated', 'The request has no valid key.');
}
