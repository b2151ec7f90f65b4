import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../../domain/errors.ts';
import { cookieLine, readCookie } from './cookies.ts';

const NAME = 'enotum-session';
/** What the console says of its own requests: no page of another origin can add it without being asked for leave. */
const CONSOLE_HEADER = 'enotum-console';
/** Said of requests that the console makes by itself, while nobody is at it. */
const UNATTENDED_HEADER = 'enotum-unattended';

/** The token of the console's session that a request brings; null where it brings none. */
export function readSessionToken(request: FastifyRequest): string | null {
  return readCookie(request, NAME);
}

/** Gives the browser a session's token, or takes it away (null). It ends with the browser, or with the session. */
export function writeSessionToken(request: FastifyRequest, reply: FastifyReply, token: string | null): void {
  const lifeSeconds = token === null ? 0 : null;
  const line = cookieLine(request, { name: NAME, value: token ?? '', sameSite: 'Strict', lifeSeconds });
  void reply.header('set-cookie', line);
}

/**
 * Checks that a request that changes something comes from the console itself (CSRF): besides SameSite=Strict, the
 * console's header, and what the browser says of the request's origin where it does (Fetch Metadata).
 *
 * @throws ProblemError `not-from-console`
 */
export function requireFromConsole({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (headers[CONSOLE_HEADER] !== undefined && site === 'same-origin') return;
  throw new ProblemError(
    'not-from-console',
    'The request has a session’s cookie, and does not come from the console.',
  );
}

/** Whether somebody is at the console, rather than a page that asks by itself. */
export function isAttended({ headers }: FastifyRequest): boolean {
  return headers[UNATTENDED_HEADER] === undefined;
}
