import { describe, expect, it } from 'vitest';
import { readOidc } from '../../oidc-settings.ts';
import { judgeSignIn } from './judge.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const SECONDS = NOW / 1_000;
const env: Readonly<Record<string, string>> = {
  OIDC_ISSUER: 'https://identity.example',
  OIDC_CLIENT_ID: 'enotum',
  PUBLIC_URL: 'https://callbacks.example',
};
const settings = readOidc((name) => env[name] ?? null);
const claims = {
  iss: 'https://identity.example',
  sub: 'u-1',
  aud: 'enotum',
  iat: SECONDS,
  exp: SECONDS + 60,
  roles: ['operator'],
};

function judge(more: object, holder?: string) {
  if (settings === null) throw new Error('there is no provider');
  const again = holder === undefined ? null : { session: holder, holder, page: '' };
  return judgeSignIn({ ...claims, ...more }, again, settings, NOW);
}

function holderOf(): string {
  const judgement = judge({});
  return 'subject' in judgement ? judgement.subject.id : '';
}

describe('when somebody proved who they are', () => {
  it('is what the provider says', () => {
    expect(judge({ auth_time: SECONDS - 7_200 })).toMatchObject({ provedAt: NOW - 7_200_000 });
    expect(judge({ auth_time: SECONDS - 60 }, holderOf())).toMatchObject({ provedAt: NOW - 60_000 });
  });

  it('is not known of who comes in, where the provider does not say', () => {
    expect(judge({})).toMatchObject({ provedAt: null });
  });

  it('is now of who was asked again, where the provider does not say', () => {
    expect(judge({}, holderOf())).toMatchObject({ provedAt: NOW });
  });
});

describe('signing in again', () => {
  it('is refused where the provider asked for nothing', () => {
    expect(judge({ auth_time: SECONDS - 901 }, holderOf())).toMatchObject({ problem: 'sign-in-failed' });
  });

  it('is refused to another', () => {
    expect(judge({ sub: 'u-2' }, holderOf())).toMatchObject({ problem: 'other-holder' });
  });
});
