import { CommandError } from './domain/errors.ts';
import { KEY_ROLES, type KeyRole } from './domain/key.ts';

/** How people sign in to the console by a provider of identity (OpenID Connect Core 1.0). */
export interface OidcSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** The console's address as browsers know it, with a slash at its end; the provider sends them back below it. */
  readonly publicUrl: URL;
  readonly scopes: string;
  /** Where the roles stand in an ID token: names of members from the outermost inwards. */
  readonly roleClaim: readonly string[];
  /** What role each value of that claim gives. */
  readonly roles: ReadonlyMap<string, KeyRole>;
  /** Where the entities of an integrator stand, each `organisation/department`. */
  readonly entitiesClaim: readonly string[];
  /** How strong a sign-in must be; null: the provider decides. */
  readonly strength: SignInStrength | null;
}

/** What an ID token must say of how somebody was authenticated. */
export interface SignInStrength {
  /** Values of `acr`, which are asked for, and one of which must come back; empty: any (OpenID Connect Core 1.0, 2). */
  readonly acr: readonly string[];
  /** Values of `amr`, one of which must be there; empty: any (RFC 8176). */
  readonly amr: readonly string[];
}

/** The roles that the console has something for. */
const ROLES = KEY_ROLES.filter((role) => role !== 'backend');

const DEFAULT_SCOPES = 'openid profile';
const DEFAULT_ROLE_CLAIM = 'roles';
const DEFAULT_ENTITIES_CLAIM = 'entities';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads whether people may sign in by a provider of identity, and by which; null where `OIDC_ISSUER` is not set.
 *
 * @param text the value of a variable; null where it is absent or empty
 * @throws CommandError `invalid-setting` that names the variable, never its value where it is a secret
 */
export function readOidc(text: (name: string) => string | null): OidcSettings | null {
  const issuer = text('OIDC_ISSUER');
  if (issuer === null) return null;
  const clientId = text('OIDC_CLIENT_ID');
  const publicUrl = text('PUBLIC_URL');
  if (clientId === null || publicUrl === null) {
    throw invalid(
      'OIDC_ISSUER needs OIDC_CLIENT_ID, and PUBLIC_URL, the console’s address as browsers know it',
    );
  }
  const scopes = text('OIDC_SCOPES') ?? DEFAULT_SCOPES;
  if (!scopes.split(' ').includes('openid'))
    throw invalid('OIDC_SCOPES must name openid, with spaces between');
  return {
    issuer: readUrl('OIDC_ISSUER', issuer),
    clientId,
    clientSecret: text('OIDC_CLIENT_SECRET'),
    publicUrl: withSlash(readUrl('PUBLIC_URL', publicUrl)),
    scopes,
    roleClaim: readClaim('OIDC_ROLE_CLAIM', text('OIDC_ROLE_CLAIM') ?? DEFAULT_ROLE_CLAIM),
    roles: readRoles(text('OIDC_ROLES')),
    entitiesClaim: readClaim('OIDC_ENTITIES_CLAIM', text('OIDC_ENTITIES_CLAIM') ?? DEFAULT_ENTITIES_CLAIM),
    strength: readStrength(text('OIDC_REQUIRED_ACR'), text('OIDC_REQUIRED_AMR')),
  };
}

/** Codes and cookies travel by these addresses: in the open on this machine alone. */
function readUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isGuarded = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url === null || !isGuarded || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw invalid(
      `${name} must be a URL of https:, or of http: on loopback, without user, query or fragment`,
    );
  }
  return url;
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}

function readClaim(name: string, value: string): string[] {
  const path = value.split('.');
  if (path.includes(''))
    throw invalid(`${name} must be a claim’s name, or a path such as realm_access.roles`);
  return path;
}

function readStrength(acr: string | null, amr: string | null): SignInStrength | null {
  if (acr === null && amr === null) return null;
  return { acr: readValues('OIDC_REQUIRED_ACR', acr), amr: readValues('OIDC_REQUIRED_AMR', amr) };
}

function readValues(name: string, value: string | null): string[] {
  const values = value === null ? [] : value.split(',').map((each) => each.trim());
  // Asked for with spaces between them (OpenID Connect Core 1.0, 3.1.2.1).
  if (values.some((each) => each === '' || /\s/.test(each)))
    throw invalid(`${name} must be values without spaces, with commas between`);
  return values;
}

function readRoles(value: string | null): Map<string, KeyRole> {
  if (value === null) return new Map(ROLES.map((role) => [role, role]));
  const roles = new Map<string, KeyRole>();
  for (const pair of value.split(',')) {
    const [claimed, named] = pair.split('=').map((part) => part.trim());
    const role = ROLES.find((each) => each === named);
    if (claimed === undefined || claimed === '' || role === undefined) {
      throw invalid(`OIDC_ROLES must be pairs such as enotum-admins=admin, of the roles ${ROLES.join(', ')}`);
    }
    roles.set(claimed, role);
  }
  return roles;
}

function invalid(sentence: string): CommandError {
  return new CommandError('invalid-setting', sentence);
}
