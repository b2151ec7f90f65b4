import type { FastifyRequest } from 'fastify';

/** Over HTTPS, browsers take a name that begins so from this very host alone (RFC 6265bis, 4.1.3.2). */
const SECURE_PREFIX = '__Host-';

/** The value of a cookie that a request brings, by its name without prefix; null where it brings none. */
export function readCookie(request: FastifyRequest, name: string): string | null {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const start = `${cookieName(request, name)}=`;
  const pair = cookie.split('; ').find((each) => each.startsWith(start));
  return pair?.slice(start.length) || null;
}

/**
 * A Set-Cookie header for the whole host that no script reads.
 *
 * @param lifeSeconds null: it ends with the browser; 0 takes it away
 */
export function cookieLine(
  request: FastifyRequest,
  { name, value, sameSite, lifeSeconds }: CookieParts,
): string {
  const ends = lifeSeconds === null ? [] : [`Max-Age=${lifeSeconds}`];
  const secure = isSecure(request) ? ['Secure'] : [];
  return [
    `${cookieName(request, name)}=${value}`,
    'Path=/',
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...secure,
    ...ends,
  ].join('; ');
}

interface CookieParts {
  readonly name: string;
  readonly value: string;
  /** `Lax` where another site's page leads here. */
  readonly sameSite: 'Strict' | 'Lax';
  readonly lifeSeconds: number | null;
}

function cookieName(request: FastifyRequest, name: string): string {
  return isSecure(request) ? SECURE_PREFIX + name : name;
}

/** By the connection, or by what a trusted proxy says of its own. */
function isSecure({ protocol }: FastifyRequest): boolean {
  return protocol === 'https';
}
