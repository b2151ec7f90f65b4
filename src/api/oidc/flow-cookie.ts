import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieLine, readCookie } from '../auth/cookies.ts';
import type { Flow } from './provider.ts';

const NAME = 'enotum-sign-in';
/** How long somebody may take at the provider, in seconds. */
const LIFE_SECONDS = 600;
const PART = /^[\w-]{20,128}$/;

/** Keeps a sign-in under way in the browser that began it: no other can end it (RFC 9700, 4.7); null ends it. */
export function writeFlow(request: FastifyRequest, reply: FastifyReply, flow: Flow | null): void {
  const value = flow === null ? '' : [flow.state, flow.nonce, flow.verifier].join('.');
  const lifeSeconds = flow === null ? 0 : LIFE_SECONDS;
  void reply.header('set-cookie', cookieLine(request, { name: NAME, value, sameSite: 'Lax', lifeSeconds }));
}

/** The sign-in that a browser began; null where it began none, or too long ago. */
export function readFlow(request: FastifyRequest): Flow | null {
  const [state, nonce, verifier, ...rest] = (readCookie(request, NAME) ?? '').split('.');
  if (state === undefined || nonce === undefined || verifier === undefined || rest.length > 0) return null;
  return [state, nonce, verifier].every((part) => PART.test(part)) ? { state, nonce, verifier } : null;
}
