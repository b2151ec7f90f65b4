import { describe, expect, it } from 'vitest';
import { isUuid } from '../../domain/uuid.ts';
import { readOidc } from '../../oidc-settings.ts';
import { subjectOf } from './subject.ts';

const ENV: Readonly<Record<string, string>> = {
  OIDC_ISSUER: 'https://identitat.example',
  OIDC_CLIENT_ID: 'enotum',
  PUBLIC_URL: 'https://enotum.example/consola',
};
const PERSON = { iss: 'https://identitat.example', sub: 'u-1', name: 'Persona Inventada' };

function settingsOf(more: Readonly<Record<string, string>> = {}) {
  const env: Readonly<Record<string, string>> = { ...ENV, ...more };
  const settings = readOidc((name) => env[name] ?? null);
  if (settings === null) throw new Error('OIDC_ISSUER is set');
  return settings;
}

describe('who a person is, by the claims of a provider', () => {
  it('takes the role of that name, and has every entity', () => {
    expect(subjectOf({ ...PERSON, roles: ['operator'] }, settingsOf())).toMatchObject({
      name: 'Persona Inventada',
      role: 'operator',
      scope: null,
      key: null,
    });
  });

  it('takes of several roles the one that may do most', () => {
    expect(subjectOf({ ...PERSON, roles: ['auditor', 'admin', 'x'] }, settingsOf())?.role).toBe('admin');
  });

  it('reads a claim that is one text, at a path, by a mapping', () => {
    const settings = settingsOf({ OIDC_ROLE_CLAIM: 'realm_access.roles', OIDC_ROLES: 'suport=operator' });
    expect(subjectOf({ ...PERSON, realm_access: { roles: 'suport' } }, settings)?.role).toBe('operator');
    expect(subjectOf({ ...PERSON, realm_access: { roles: 'operator' } }, settings)).toBeNull();
  });

  it.each([
    ['no claim', {}],
    ['a claim of another form', { roles: { admin: true } }],
    ['a role that the service does not give', { roles: ['root'] }],
    ['the back end’s role, which has no console', { roles: ['backend'] }],
    ['what every object has', { roles: ['constructor'] }],
    ['an integrator without entities', { roles: ['integrator'] }],
    ['an integrator with wrong entities', { roles: ['integrator'], entities: ['807000', 'a/b/c', '/x'] }],
  ])('gives nothing for %s', (_, claims) => {
    expect(subjectOf({ ...PERSON, ...claims }, settingsOf())).toBeNull();
  });

  it('has of an integrator its own entities alone', () => {
    const claims = { ...PERSON, roles: ['integrator'], entities: ['8000000001/1', 'wrong'] };
    expect(subjectOf(claims, settingsOf())?.scope).toEqual([{ organisation: '8000000001', department: '1' }]);
  });

  it('knows a person by issuer and subject, whatever their name', () => {
    const idOf = (claims: object) =>
      subjectOf({ ...PERSON, roles: ['admin'], ...claims }, settingsOf())?.id ?? '';
    expect(isUuid(idOf({}))).toBe(true);
    expect(idOf({ name: 'Another' })).toBe(idOf({}));
    expect(idOf({ sub: 'u-2' })).not.toBe(idOf({}));
    expect(idOf({ iss: 'https://else.example' })).not.toBe(idOf({}));
  });
});

describe('the settings of a provider', () => {
  it('are none without OIDC_ISSUER', () => {
    expect(readOidc(() => null)).toBeNull();
  });

  it('give the console’s address a slash at its end', () => {
    expect(settingsOf().publicUrl.href).toBe('https://enotum.example/consola/');
  });

  it.each([
    ['a client’s name is missing', { OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID'],
    ['the console’s address is missing', { PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['the issuer is in the open', { OIDC_ISSUER: 'http://identitat.example' }, 'OIDC_ISSUER'],
    ['the issuer is no URL', { OIDC_ISSUER: 'identitat' }, 'OIDC_ISSUER'],
    ['openid is not asked for', { OIDC_SCOPES: 'profile' }, 'OIDC_SCOPES'],
    ['a role is none', { OIDC_ROLES: 'a=root' }, 'OIDC_ROLES'],
    ['a role is the back end’s', { OIDC_ROLES: 'a=backend' }, 'OIDC_ROLES'],
    ['a pair is none', { OIDC_ROLES: 'admin' }, 'OIDC_ROLES'],
    ['a required value is empty', { OIDC_REQUIRED_AMR: 'mfa,' }, 'OIDC_REQUIRED_AMR'],
    ['a required value has spaces', { OIDC_REQUIRED_ACR: 'a b' }, 'OIDC_REQUIRED_ACR'],
    ['a claim’s path has a hole', { OIDC_ROLE_CLAIM: 'a..b' }, 'OIDC_ROLE_CLAIM'],
  ])('are refused where %s', (_, more, name) => {
    const env: Readonly<Record<string, string>> = { ...ENV, ...more };
    expect(() => readOidc((each) => env[each] || null)).toThrow(name);
  });
});
