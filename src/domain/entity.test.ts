import { describe, expect, it } from 'vitest';
import { DEFAULT_ENDPOINT, missingOf, originOf } from './entity.ts';

describe('an endpoint', () => {
  it.each([
    ['https://A.example/x', 'https://a.example:443'],
    ['http://a.example:8080/', 'http://a.example:8080'],
    ['http://[::1]/', 'http://[::1]:80'],
  ])('of %s has the origin %s', (url, origin) => expect(originOf(url)).toBe(origin));

  it('says what it lacks', () => {
    expect(missingOf(DEFAULT_ENDPOINT, false)).toEqual(['url']);
    expect(
      missingOf(
        {
          ...DEFAULT_ENDPOINT,
          url: 'https://a.example/',
          authentication: { type: 'basic', username: 'u', password: '' },
          tls: { ca: null, clientCertificate: 'PEM', clientKey: null },
        },
        false,
      ),
    ).toEqual(['authentication.password', 'tls.clientKey']);
  });
});
