import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/audit.ts';
import type { ProblemCode } from '../../domain/errors.ts';
import { recordAudit } from '../../store/audit.ts';
import type { Queryable } from '../../store/database.ts';
import { keptNetwork } from './client-address.ts';
import type { SignInOrigin } from './sessions.ts';

/** How, and from which network, somebody signs in. */
export function originOf({ ip }: FastifyRequest, by: SignInOrigin['by']): SignInOrigin {
  return { by, network: keptNetwork(ip) };
}

/**
 * Notes a sign-in that came to nothing. How many there can be is bounded by the count of failed tries.
 *
 * @param actor who it was, where that was proved
 * @param code why it came to nothing
 */
export async function noteFailedSignIn(
  db: Queryable,
  { id, name }: Actor,
  origin: SignInOrigin,
  code: ProblemCode,
): Promise<void> {
  const detail = { ...origin, code };
  await recordAudit(db, { id, name }, { action: 'sign-in-failed', entity: null, detail });
}
