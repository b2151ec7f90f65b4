import { describe, expect, it } from 'vitest';
import {
  createAddressGuard,
  DEFAULT_ADDRESS_RULES,
  describeRules,
  isNetwork,
  portOf,
} from './address-rules.ts';

const refusal = (url: string, rules: Partial<typeof DEFAULT_ADDRESS_RULES> = {}): string | null =>
  createAddressGuard({ ...DEFAULT_ADDRESS_RULES, ...rules }).refusalOf(new URL(url));

describe('a URL', () => {
  it.each([
    ['ftp://receptor.example/', {}, 'Only https and http are sent to.'],
    ['http://user@receptor.example/', {}, 'A URL with a user is not sent to.'],
    ['http://:secret@receptor.example/', {}, 'A URL with a user is not sent to.'],
    ['http://receptor.example/', { requireHttps: true }, 'Only https is sent to (REQUIRE_HTTPS).'],
    ['http://127.0.0.1/', {}, 'The address is private or reserved.'],
    ['http://[::1]/', {}, 'The address is private or reserved.'],
    ['http://receptor/', { outboundProxy: 'http://p.example' }, 'The host name is one of a local network.'],
    [
      'http://a.internal./',
      { outboundProxy: 'http://p.example' },
      'The host name is one of a local network.',
    ],
  ])('%s is refused by %o', (url, rules, sentence) => {
    expect(refusal(url, rules)).toBe(sentence);
  });

  it.each([
    ['https://receptor.example/', { requireHttps: true }],
    ['http://127.0.0.1/', { allowPrivateEndpoints: true }],
    ['http://127.0.0.1/', { allowedNetworks: ['127.0.0.0/8'] }],
    ['http://[::1]/', { allowedNetworks: ['::1'] }],
    ['http://receptor.example/', { outboundProxy: 'http://p.example' }],
    ['http://receptor/', { outboundProxy: 'http://p.example', allowPrivateEndpoints: true }],
    ['http://receptor/', {}],
  ])('%s is not refused by %o', (url, rules) => {
    expect(refusal(url, rules)).toBeNull();
  });

  it('is refused at a port outside of every range, both ends included', () => {
    const rules = {
      allowedPorts: [
        { from: 80, to: 80 },
        { from: 8_000, to: 8_010 },
      ],
    };
    const ports = [79, 80, 81, 7_999, 8_000, 8_010, 8_011];
    const allowed = ports.filter((port) => refusal(`http://receptor.example:${port}/`, rules) === null);
    expect(allowed).toEqual([80, 8_000, 8_010]);
  });
});

it('a port is its scheme’s own where none is written', () => {
  expect(['http://a/', 'https://a/', 'https://a:8443/'].map((url) => portOf(new URL(url)))).toEqual([
    80, 443, 8_443,
  ]);
});

it('an allowed address without a prefix is that one alone', () => {
  const guard = createAddressGuard({ ...DEFAULT_ADDRESS_RULES, allowedNetworks: ['10.0.0.1', '::1'] });
  expect(['10.0.0.1', '10.0.0.2', '::1', '::2'].filter((address) => guard.allows(address))).toEqual([
    '10.0.0.1',
    '::1',
  ]);
});

it('what is no address is not allowed', () => {
  const guard = createAddressGuard({ ...DEFAULT_ADDRESS_RULES, allowedNetworks: ['10.0.0.0/8'] });
  const names = ['', 'receptor.example', '10.0.0', '10.0.0.1%eth0'];
  expect(names.filter((name) => guard.allows(name))).toEqual([]);
});

it.each([
  ['10.0.0.0/8', true],
  ['10.0.0.0/32', true],
  ['10.0.0.0/33', false],
  ['10.0.0.1', true],
  ['::1/128', true],
  ['::1/129', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['receptor.example', false],
])('%s is a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});

it('rules are described without the proxy’s login', () => {
  const rules = { ...DEFAULT_ADDRESS_RULES, outboundProxy: 'http://user:secret@p.example:3128' };
  expect(describeRules(rules)).toContain('p.example:3128');
  expect(describeRules(rules)).not.toContain('secret');
});
