import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../test/support/certificates.ts';
import { createAddressGuard, DEFAULT_ADDRESS_RULES } from '../../domain/address-rules.ts';
import { Pools } from './pools.ts';
import { resolveBySystem } from './resolver.ts';

const NONE = { ca: null, clientCertificate: null, clientKey: null };
const authority = createAuthority();

describe('the pools', () => {
  const pools = new Pools({
    resolve: resolveBySystem,
    guard: createAddressGuard(DEFAULT_ADDRESS_RULES),
    proxy: null,
    onCertificate: () => undefined,
  });
  afterEach(async () => pools.close());

  it('are one for each origin and set of TLS material', () => {
    const first = authority.issue(['one.example']);
    const second = authority.issue(['two.example']);
    const url = new URL('https://backoffice.example/reports');
    const materials = [
      NONE,
      { ...NONE, ca: authority.certificate },
      { ca: authority.certificate, clientCertificate: first.certificate, clientKey: first.key },
      { ca: authority.certificate, clientCertificate: second.certificate, clientKey: second.key },
    ];
    const got = materials.map((material) => pools.get(url, material));
    expect(new Set(got).size).toBe(materials.length);
    expect(pools.get(new URL('https://backoffice.example:443/other'), NONE)).toBe(got[0]);
    expect(pools.get(new URL('https://backoffice.example:444/reports'), NONE)).not.toBe(got[0]);
  });

  it('are bounded: those without work make room', () => {
    const get = (port: number): unknown => pools.get(new URL(`http://backoffice.example:${port}/`), NONE);
    const first = get(1_000);
    expect(get(1_000)).toBe(first);
    for (let port = 1_001; port <= 1_500; port += 1) get(port);
    expect(get(1_000)).not.toBe(first);
  });
});
