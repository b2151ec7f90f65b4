import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../../domain/errors.ts';
import type { FoundSession } from '../../store/sessions.ts';

/**
 * For how long after somebody proved who they are their session may give or take access, in milliseconds (OWASP ASVS
 * 5.0, 7.5.1 and 7.5.2): after that, whoever came by the session may not be them.
 */
export const RECENT_MS = 15 * 60_000;

/**
 * Checks that a session may make a call that gives or takes access, where the route is such a one.
 *
 * @throws ProblemError `sign-in-again`
 */
export function requireRecentSignIn({ params, routeOptions }: FastifyRequest, session: FoundSession): void {
  const { recentSignIn } = routeOptions.config;
  if (recentSignIn === undefined) return;
  if (recentSignIn === 'but-itself' && namesId(params, session.id)) return;
  if (session.provedMs !== null && session.provedMs < RECENT_MS) return;
  throw new ProblemError(
    'sign-in-again',
    `The session’s holder has not proved who they are for ${RECENT_MS / 60_000} minutes.`,
  );
}

function namesId(params: unknown, id: string): boolean {
  return typeof params === 'object' && params !== null && 'id' in params && params.id === id;
}
