import type { KeyRole } from '../../domain/key.ts';
import type { ApiApp } from '../types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a key. */
    public?: boolean;
    /** The roles whose keys may make the call; an integrator's sees its own entities alone. */
    roles?: readonly KeyRole[];
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

/**
 * Sees to it that every route says in its `config` who may call it, and shows that in OpenAPI as `x-roles`.
 *
 * @throws where a route is added that says neither `roles` nor `public`: it would be closed to everybody, and
 * nobody would know whether that was meant
 */
export function requireAccess(app: ApiApp): void {
  app.addHook('onRoute', (route) => {
    const { roles, public: isPublic } = route.config ?? {};
    if (isPublic === true) return;
    if (roles === undefined || roles.length === 0) {
      throw new Error(
        `${[route.method].flat().join(', ')} ${route.url} does not say which roles may call it`,
      );
    }
    route.schema = { ...route.schema, 'x-roles': [...roles] };
  });
}
