import type { Authentication } from '../../domain/entity.ts';
import type { Failure } from './failure.ts';

type AuthenticationType = Authentication['type'];

/** What a server means that asks for other credentials (RFC 9110, 15.5.2), and who mends it how. */
const UNAUTHORIZED: Readonly<Record<AuthenticationType, string>> = {
  none: 'it asks for credentials, and the entity’s endpoint.authentication has none: set it',
  basic:
    'it does not take the username or the password in the entity’s endpoint.authentication: correct them',
  bearer: 'it does not take the token in the entity’s endpoint.authentication: renew it',
};

/** What a server means that knows who asks and refuses (15.5.4). */
const FORBIDDEN: Readonly<Record<AuthenticationType, string>> = {
  none: 'it refuses who comes without credentials: set the entity’s endpoint.authentication, or the integrator must let this service in',
  basic:
    'it does not allow this to the user in the entity’s endpoint.authentication: the integrator must allow it, or set another user there',
  bearer:
    'it does not allow this to the token in the entity’s endpoint.authentication: the integrator must allow it, or set another token there',
};

/** Says of an answer with status 401 or 403 which credential is to be mended; any other failure stays as it is. */
export function sayCredential(failure: Failure | null, type: AuthenticationType): Failure | null {
  if (failure?.code === 'http-401') return withReason(failure, UNAUTHORIZED[type]);
  return failure?.code === 'http-403' ? withReason(failure, FORBIDDEN[type]) : failure;
}

function withReason(failure: Failure, reason: string): Failure {
  return { ...failure, text: `${failure.text.replace(/\.$/, '')}: ${reason}.` };
}
