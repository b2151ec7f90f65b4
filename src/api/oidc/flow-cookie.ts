import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '../../domain/uuid.ts';
import { cookieLine, readCookie } from '../auth/cookies.ts';
import type { Flow } from './provider.ts';

const NAME = 'enotum-sign-in';
/** How long somebody may take at the provider, in seconds. */
const LIFE_SECONDS = 600;
const PART = /^[\w-]{20,128}$/;
/** A page's address below the console's, in base64url. */
const PAGE = /^[\w-]{0,1400}$/;

/** Keeps a sign-in under way in the browser that began it: no other can end it (RFC 9700, 4.7); null ends it. */
export function writeFlow(request: FastifyRequest, reply: FastifyReply, flow: Flow | null): void {
  const value = flow === null ? '' : partsOf(flow).join('.');
  const lifeSeconds = flow === null ? 0 : LIFE_SECONDS;
  void reply.header('set-cookie', cookieLine(request, { name: NAME, value, sameSite: 'Lax', lifeSeconds }));
}

/** The sign-in that a browser began; null where it began none, or too long ago. */
export function readFlow(request: FastifyRequest): Flow | null {
  const [state, nonce, verifier, ...rest] = (readCookie(request, NAME) ?? '').split('.');
  if (state === undefined || nonce === undefined || verifier === undefined) return null;
  if (![state, nonce, verifier].every((part) => PART.test(part))) return null;
  const again = rest.length === 0 ? null : readAgain(rest);
  return again === undefined ? null : { state, nonce, verifier, again };
}

function partsOf({ state, nonce, verifier, again }: Flow): string[] {
  const parts = [state, nonce, verifier];
  if (again !== null) parts.push(again.session, again.holder, Buffer.from(again.page).toString('base64url'));
  return parts;
}

/** Undefined where it is none. */
function readAgain([session, holder, page, ...rest]: readonly string[]): Flow['again'] | undefined {
  if (session === undefined || holder === undefined || page === undefined || rest.length > 0)
    return undefined;
  if (!isUuid(session) || !isUuid(holder) || !PAGE.test(page)) return undefined;
  return { session, holder, page: Buffer.from(page, 'base64url').toString('utf8') };
}
