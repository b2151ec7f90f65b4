import { describe, expect, it } from 'vitest';
import { missingOfPolicy, type SignaturePolicy, type UsernameTokenPolicy } from './policy.ts';

const USERNAME: UsernameTokenPolicy = {
  type: 'username-token',
  username: 'usuari',
  password: 'contrasenya',
  digest: true,
  mustUnderstand: true,
  timestampSeconds: null,
};
const SIGNATURE: SignaturePolicy = {
  type: 'signature',
  certificate: 'PEM',
  privateKey: 'PEM',
  mustUnderstand: true,
  timestampSeconds: 300,
};

describe('a policy', () => {
  it.each([
    [{ type: 'none' } as const, []],
    [USERNAME, []],
    [{ ...USERNAME, username: '' }, ['username']],
    [{ ...USERNAME, password: '' }, ['password']],
    [SIGNATURE, []],
    [{ ...SIGNATURE, certificate: null }, ['certificate']],
    [{ ...SIGNATURE, privateKey: null }, ['privateKey']],
  ])('lacks the same whether or not the service signs by itself: %j', (policy, missing) => {
    expect(missingOfPolicy(policy, false)).toEqual(missing);
    expect(missingOfPolicy(policy, true)).toEqual(missing);
  });

  it('may leave certificate and key to the service, where it has its own', () => {
    const policy = { ...SIGNATURE, certificate: null, privateKey: null };
    expect(missingOfPolicy(policy, true)).toEqual([]);
    expect(missingOfPolicy(policy, false)).toEqual(['certificate', 'privateKey']);
  });
});
