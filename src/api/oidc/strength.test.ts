import { describe, expect, it } from 'vitest';
import { isStrongEnough } from './strength.ts';

describe('how strongly somebody was authenticated', () => {
  it('does not count where nothing is required', () => {
    expect(isStrongEnough({}, null)).toBe(true);
  });

  it.each([
    [{ acr: 'urn:example:2fa' }, true],
    [{ acr: 'urn:example:3fa' }, true],
    [{ acr: 'urn:example:1fa' }, false],
    [{ acr: ['urn:example:2fa'] }, false],
    [{}, false],
  ])('by acr: %j', (claims, enough) => {
    expect(isStrongEnough(claims, { acr: ['urn:example:2fa', 'urn:example:3fa'], amr: [] })).toBe(enough);
  });

  it.each([
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: ['hwk'] }, true],
    [{ amr: ['pwd'] }, false],
    [{ amr: [] }, false],
    [{ amr: 'mfa' }, false],
    [{}, false],
  ])('by amr: %j', (claims, enough) => {
    expect(isStrongEnough(claims, { acr: [], amr: ['mfa', 'hwk'] })).toBe(enough);
  });

  it('needs both where both are required', () => {
    const required = { acr: ['high'], amr: ['mfa'] };
    expect(isStrongEnough({ acr: 'high', amr: ['mfa'] }, required)).toBe(true);
    expect(isStrongEnough({ acr: 'high', amr: ['pwd'] }, required)).toBe(false);
    expect(isStrongEnough({ acr: 'low', amr: ['mfa'] }, required)).toBe(false);
  });
});
