import { createHash } from 'node:crypto';
import { KEY_ROLES, MAX_KEY_ENTITIES, type KeyRole, type Scope } from '../../domain/key.ts';
import type { EntityKey } from '../../domain/notification.ts';
import type { OidcSettings } from '../../oidc-settings.ts';
import type { SessionSubject } from '../../store/sessions.ts';

/** What an ID token says; its form was checked, its members were not. */
type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

const MAX_NAME_LENGTH = 100;

/**
 * Who a person is for the service, by what the provider says of them; null where it gives them no role, or an
 * integrator no entity. Of several roles the one that may do most counts.
 */
export function subjectOf(
  claims: Claims,
  { roleClaim, roles, entitiesClaim }: Pick<OidcSettings, 'roleClaim' | 'roles' | 'entitiesClaim'>,
): SessionSubject | null {
  const given = textsAt(claims, roleClaim).map((value) => roles.get(value));
  const role = KEY_ROLES.find((each) => given.includes(each));
  if (role === undefined) return null;
  const scope = scopeOf(role, textsAt(claims, entitiesClaim));
  if (scope?.length === 0) return null;
  return { id: idOf(claims), name: nameOf(claims), role, scope, key: null };
}

/**
 * The id of a person in the audit trail: a UUID of version 8 (RFC 9562, 5.8) made of issuer and subject, which
 * together name one person for ever (OpenID Connect Core 1.0, 2).
 */
function idOf({ iss, sub }: Claims): string {
  const hex = createHash('sha256').update(`${iss}\n${sub}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function nameOf(claims: Claims): string {
  const names = [claims['name'], claims['preferred_username'], claims['email'], claims.sub];
  const name = names.find((each): each is string => typeof each === 'string' && each.trim() !== '');
  return (name ?? claims.sub).trim().slice(0, MAX_NAME_LENGTH);
}

function scopeOf(role: KeyRole, entities: readonly string[]): Scope {
  if (role !== 'integrator') return null;
  return entities.flatMap((codes) => entityOf(codes) ?? []).slice(0, MAX_KEY_ENTITIES);
}

function entityOf(codes: string): EntityKey | null {
  const [organisation, department, ...rest] = codes.split('/');
  if (!organisation || !department || rest.length > 0) return null;
  return { organisation, department };
}

/** The texts at a path of members: of one text, or of a list. */
function textsAt(claims: Claims, path: readonly string[]): string[] {
  let found: unknown = claims;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return [];
    found = Reflect.get(found, name);
  }
  return [found].flat().filter((each): each is string => typeof each === 'string');
}
