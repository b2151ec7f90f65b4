import type { KeyRole } from '../../domain/key.ts';
import { RECENT_MS } from './recent-sign-in.ts';
import type { ApiApp } from '../types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a key. */
    public?: boolean;
    /** The roles whose keys may make the call; an integrator's sees its own entities alone. */
    roles?: readonly KeyRole[];
    /**
     * Gives or takes access: a session's call needs that its holder proved who they are within `RECENT_MS`. With
     * `but-itself` the session whose id is in the path may always make it.
     */
    recentSignIn?: 'always' | 'but-itself';
    /** How many of such calls, by the policy's name, a key may make in a minute, besides its limit for all. */
    quotas?: readonly { readonly policy: string; readonly perMinute: number }[];
    /** Whether HTTP Basic is taken besides bearer: the key as the password. */
    basic?: boolean;
    /** Whether a client certificate that stands for a key is taken in place of one. */
    clientCertificate?: boolean;
    /** Whether the limit for answers does not hold: it has its own, or is a stream. */
    takesItsTime?: boolean;
  }
  interface FastifySchema {
    'x-roles'?: readonly KeyRole[];
  }
}

/** Those who read what is sent and configured; an auditor without what messages say. */
export const READERS = ['admin', 'operator', 'auditor', 'integrator'] as const satisfies KeyRole[];
/** Those who look after every entity: an integrator is told of its own in their configurations. */
export const OVERSEERS = ['admin', 'operator', 'auditor'] as const satisfies KeyRole[];
/** Those who run the service from day to day: resend, cancel. */
export const OPERATORS = ['admin', 'operator'] as const satisfies KeyRole[];

const WITHIN = `within ${RECENT_MS / 60_000} minutes of signing in, or 403 \`sign-in-again\``;
/** What OpenAPI says of calls that need a recent sign-in. */
const RECENT_SIGN_IN = {
  always: `By a session of the console, ${WITHIN}.`,
  'but-itself': `By a session of the console, ${WITHIN}; its own end it may always make.`,
} as const;

/**
 * Sees to it that every route says in its `config` who may call it, and shows that in OpenAPI as `x-roles`, with a
 * sentence where a session's call needs a recent sign-in.
 *
 * @throws where a route is added that says neither `roles` nor `public`: it would be closed to everybody, and
 * nobody would know whether that was meant
 */
export function requireAccess(app: ApiApp): void {
  app.addHook('onRoute', (route) => {
    const { roles, public: isPublic, recentSignIn } = route.config ?? {};
    if (isPublic === true) return;
    if (roles === undefined || roles.length === 0) {
      throw new Error(
        `${[route.method].flat().join(', ')} ${route.url} does not say which roles may call it`,
      );
    }
    route.schema = { ...route.schema, 'x-roles': [...roles] };
    if (recentSignIn !== undefined) {
      // After what the route says of itself.
      const sentences = [route.schema.description, RECENT_SIGN_IN[recentSignIn]];
      route.schema.description = sentences.filter((sentence) => sentence !== undefined).join(' ');
    }
  });
}
