import { describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';

describe('TRUSTED_PROXIES', () => {
  it.each([
    ['', []],
    ['192.0.2.7', ['192.0.2.7']],
    ['10.0.0.0/8, 2001:db8::/32', ['10.0.0.0/8', '2001:db8::/32']],
  ])('is read: "%s"', (TRUSTED_PROXIES, expected) => {
    expect(readSettings({ TRUSTED_PROXIES }).trustedProxies).toEqual(expected);
  });

  it.each(['proxy.example', '10.0.0.0/33', '2001:db8::/129', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.1,', '*'])(
    'is refused: %s',
    (TRUSTED_PROXIES) => {
      expect(() => readSettings({ TRUSTED_PROXIES })).toThrow('TRUSTED_PROXIES must be');
    },
  );
});
