import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../../domain/errors.ts';
import type { Caller } from '../../domain/key.ts';
import type { Credential } from '../../store/keys.ts';
import type { FoundSession } from '../../store/sessions.ts';
import { digestOf } from '../../store/keys-text.ts';
import { clientNetwork } from './client-address.ts';
import { readClientCertificate } from './client-certificate.ts';
import { readCredentials } from './credentials.ts';
import type { Keyring } from './keyring.ts';
import { requireRecentSignIn } from './recent-sign-in.ts';
import { isAttended, readSessionToken, requireFromConsole, writeSessionToken } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import { Windows, type Allowance } from './windows.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null at calls that need no key. */
    caller: Caller | null;
  }
}

/** The window of both limits, in milliseconds. */
const WINDOW_MS = 60_000;
/** Tries with wrong keys that one address may make in a minute. */
export const MAX_FAILED_TRIES = 20;
/** Addresses, and keys, whose windows are kept: some megabytes. */
const WINDOWS_KEPT = 50_000;

/** Who comes in, and how. */
export interface Gate {
  /**
   * The hook that lets through requests whose key or session may make the call, and those to public routes. It says
   * who asks as `request.caller`.
   *
   * - 401 for no key, a wrong, expired or revoked one, in the same words; for a session that has ended.
   * - 429 for an address that tried too many wrong keys; keys that are known to work are still let through, so that
   *   nobody behind the same address is locked out.
   * - 429 for a key that made too many requests, with RateLimit fields (draft-ietf-httpapi-ratelimit-headers-11);
   *   each answer to a key has them.
   * - 403 for a role that the route does not name, for a session's request that is not the console's own, and for one
   *   that gives or takes access long after its holder signed in.
   */
  readonly hook: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /**
   * Looks up what proves who somebody is; counts among an address's failed tries where it proves nothing.
   *
   * @param find is given what to call before it looks up what may be a guess; answers null where nothing is proved
   * @throws ProblemError `too-many-failures`
   */
  readonly prove: <Proved>(
    request: FastifyRequest,
    reply: FastifyReply,
    find: (beforeGuess: () => void) => Promise<Proved | null>,
  ) => Promise<Proved | null>;
  /** The session of the request's cookie; null where it brings none that lives, of which the browser then lets go. */
  readonly sessionOf: (request: FastifyRequest, reply: FastifyReply) => Promise<FoundSession | null>;
}

/** Who makes a call, and the session that says so; null: a key or a certificate does. */
interface Identified {
  readonly caller: Caller;
  readonly session: FoundSession | null;
}

/** Makes the gate of an app, by one count of failed tries whatever is tried. */
export function createGate(keyring: Keyring, sessions: Sessions, logger: FastifyBaseLogger): Gate {
  const failures = new Windows(WINDOW_MS, WINDOWS_KEPT);
  const requests = new Windows(WINDOW_MS, WINDOWS_KEPT);

  const prove: Gate['prove'] = async (request, reply, find) => {
    type Proved = Awaited<ReturnType<typeof find>>;
    // A guess counts as a failure until it is known to be none: of many at once, no more than these are looked up.
    let guesser: string | null = null;
    let proved: Proved | null = null;
    let isDecided = false;
    try {
      proved = await find(() => {
        const network = clientNetwork(request.ip);
        const left = countFailure(network);
        if (left.excess > 0) throw tooManyFailures(reply, left);
        guesser = network;
      });
      isDecided = true;
    } finally {
      // Neither a key that works nor a database that is away is a failure of the client's.
      if (guesser !== null && (proved !== null || !isDecided)) failures.giveBack(guesser);
    }
    if (proved === null && guesser === null) countFailure(clientNetwork(request.ip));
    return proved;
  };

  async function findSession(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
  ): Promise<FoundSession | null> {
    return prove(request, reply, async (beforeGuess) =>
      sessions.find(token, isAttended(request), beforeGuess),
    );
  }

  const sessionOf: Gate['sessionOf'] = async (request, reply) => {
    const token = readSessionToken(request);
    if (token === null) return null;
    const session = await findSession(request, reply, token);
    if (session === null) writeSessionToken(request, reply, null);
    return session;
  };

  async function identify(request: FastifyRequest, reply: FastifyReply): Promise<Identified> {
    const credential = readCredential(request);
    if (credential === null) {
      const session = await identifyBySession(request, reply);
      return { caller: session.caller, session };
    }
    const caller = await prove(request, reply, async (beforeGuess) => keyring.find(credential, beforeGuess));
    if (caller === null) throw unauthenticated();
    return { caller, session: null };
  }

  async function identifyBySession(request: FastifyRequest, reply: FastifyReply): Promise<FoundSession> {
    const { headers, routeOptions } = request;
    // A header that shows something else than a key is judged as such, and calls for programs take no cookie.
    const isProgram = (headers.authorization ?? '') !== '' || routeOptions.config.basic === true;
    const token = isProgram ? null : readSessionToken(request);
    if (token === null) throw unauthenticated();
    requireFromConsole(request);
    // The cookie stays: what was under way while somebody signed in again would take the new one from the browser.
    const session = await findSession(request, reply, token);
    if (session === null) throw sessionEnded();
    return session;
  }

  function countFailure(network: string): Allowance {
    const left = failures.take(network, MAX_FAILED_TRIES);
    if (left.excess === 1) {
      logger.warn({ address: network }, 'too many wrong keys from one address; further ones are refused');
    }
    return left;
  }

  const hook: Gate['hook'] = async (request, reply) => {
    const { config } = request.routeOptions;
    if (config.public === true) return;
    const { caller, session } = await identify(request, reply);
    request.caller = caller;
    const quotas = [{ policy: 'requests', perMinute: caller.requestsPerMinute }, ...(config.quotas ?? [])];
    takeQuotas(reply, requests, caller, quotas);
    if (config.roles?.includes(caller.role) !== true) {
      throw new ProblemError('forbidden', `A key of the role ${caller.role} may not make this call.`);
    }
    if (session !== null) requireRecentSignIn(request, session);
  };
  return { hook, prove, sessionOf };
}

/**
 * Counts a request under each policy, and tells in the answer's RateLimit fields what is left.
 *
 * @throws ProblemError `quota-exceeded` where one had nothing left
 */
function takeQuotas(
  reply: FastifyReply,
  windows: Windows,
  { id }: Caller,
  quotas: readonly { readonly policy: string; readonly perMinute: number }[],
): void {
  const taken = quotas.map(({ policy, perMinute }) => ({
    policy,
    perMinute,
    left: windows.take(`${policy} ${id}`, perMinute),
  }));
  const policies = taken.map(({ policy, perMinute }) => `"${policy}";q=${perMinute};w=${WINDOW_MS / 1_000}`);
  const limits = taken.map(({ policy, left }) => `"${policy}";r=${left.remaining};t=${left.seconds}`);
  void reply.header('ratelimit-policy', policies.join(', ')).header('ratelimit', limits.join(', '));
  const exceeded = taken.filter(({ left }) => left.excess > 0);
  const [first] = exceeded;
  if (first === undefined) return;
  void reply.header('retry-after', String(Math.max(...exceeded.map(({ left }) => left.seconds))));
  throw new ProblemError(
    'quota-exceeded',
    `The key may make ${first.perMinute} ${first.policy} in a minute.`,
    {
      'violated-policies': exceeded.map(({ policy }) => policy),
    },
  );
}

/** What the request shows: the key in its headers, else, where the call takes one, its client certificate. */
export function readCredential({ headers, raw, routeOptions }: FastifyRequest): Credential | null {
  const { basic = false, clientCertificate = false } = routeOptions.config;
  const key = readCredentials(headers.authorization, basic);
  if (key !== null) return { by: 'key', digest: digestOf(key) };
  const fingerprint = clientCertificate ? readClientCertificate(raw.socket, Date.now()) : null;
  return fingerprint === null ? null : { by: 'certificate', digest: fingerprint };
}

/** Who asks, at a call that needs a key. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('this call is public: nobody was asked who they are');
  return request.caller;
}

/** The refusal of who shows no key that works, in the same words whatever is wrong with it. */
export function unauthenticated(): ProblemError {
  return new ProblemError('unauthenticated', 'The request has no valid key.');
}

/** The refusal of who has a session no longer. */
export function sessionEnded(): ProblemError {
  return new ProblemError('session-ended', 'The session has ended.');
}

function tooManyFailures(reply: FastifyReply, { seconds }: Allowance): ProblemError {
  void reply.header('retry-after', String(seconds));
  return new ProblemError('too-many-failures', 'Too many wrong keys came from this address.');
}
