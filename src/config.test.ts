import { describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';

const PRODUCTION = {
  DATABASE_URL: 'postgres://database.example/callbacks',
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
};

describe('where callbacks may go', () => {
  it('is the Internet, by any port, in https and http, where nothing is said', () => {
    expect(readSettings({})).toMatchObject({
      allowPrivateEndpoints: false,
      allowedNetworks: [],
      allowedPorts: null,
      requireHttps: false,
      outboundProxy: null,
    });
    expect(readSettings(PRODUCTION).requireHttps).toBe(false);
  });

  it('is read from its settings', () => {
    expect(
      readSettings({
        ALLOWED_NETWORKS: '10.20.0.0/16, fd12::/32,192.168.1.7',
        ALLOWED_PORTS: '443, 8443,9000-9100',
        REQUIRE_HTTPS: 'true',
        OUTBOUND_PROXY: 'http://usuari:secret@proxy.example:3128',
      }),
    ).toMatchObject({
      allowedNetworks: ['10.20.0.0/16', 'fd12::/32', '192.168.1.7'],
      allowedPorts: [
        { from: 443, to: 443 },
        { from: 8_443, to: 8_443 },
        { from: 9_000, to: 9_100 },
      ],
      requireHttps: true,
      outboundProxy: 'http://usuari:secret@proxy.example:3128',
    });
  });

  it.each([
    ['ALLOWED_NETWORKS', 'intranet'],
    ['ALLOWED_NETWORKS', '10.0.0.0/33'],
    ['ALLOWED_NETWORKS', '10.0.0.0/8,'],
    ['ALLOWED_PORTS', '0'],
    ['ALLOWED_PORTS', '65536'],
    ['ALLOWED_PORTS', '443-80'],
    ['ALLOWED_PORTS', '443,'],
    ['ALLOWED_PORTS', 'https'],
    ['REQUIRE_HTTPS', 'yes'],
    ['OUTBOUND_PROXY', 'proxy.example:3128'],
    ['OUTBOUND_PROXY', 'socks5://usuari:secret@proxy.example'],
    ['OUTBOUND_PROXY', 'http://usuari:secret@proxy.example/path'],
  ])('is not guessed: %s=%s', (name, value) => {
    const read = (): unknown => readSettings({ [name]: value });
    expect(read).toThrow(`${name} must be`);
    expect(read).not.toThrow('secret');
  });
});

describe('SECRETS_KEY_PREVIOUS', () => {
  it('is a key as SECRETS_KEY is', () => {
    const before = Buffer.alloc(32, 1);
    const settings = readSettings({ ...PRODUCTION, SECRETS_KEY_PREVIOUS: before.toString('base64') });
    expect(settings.secretsKeyPrevious).toEqual(before);
    expect(readSettings(PRODUCTION).secretsKeyPrevious).toBeNull();
    expect(() => readSettings({ SECRETS_KEY_PREVIOUS: 'c2hvcnQ=' })).toThrow('SECRETS_KEY_PREVIOUS must be');
  });
});

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
