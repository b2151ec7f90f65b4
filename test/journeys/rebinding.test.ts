import { describe, expect, it } from 'vitest';
import { change, ENTITY } from '../support/changes.ts';
import { startDnsServer, type DnsServer } from '../support/dns-server.ts';
import { fresh, journeyTest } from '../support/journey.ts';
import type { TestService } from '../support/service.ts';
import { startTrap, type Trap } from '../support/trap.ts';

const { started, closing } = journeyTest();

const PATH = `/v1/entities/${ENTITY.organisation}/${ENTITY.department}/test`;
const NAME = 'backoffice.example';

/** The address that these services may send to, in the place of one of the Internet. */
const GOOD = '127.0.0.1';

/** A server at the good address and a trap at a bad one, with the same port: only the address tells them apart. */
async function servers(): Promise<{ good: Trap; bad: Trap; badAddress: string }> {
  const good = await startTrap([GOOD]);
  closing(async () => good.close());
  // Not every system has the whole of 127.0.0.0/8.
  for (const badAddress of ['127.0.0.2', '::1']) {
    const bad = await startTrap([badAddress], good.port).catch(() => null);
    if (bad === null) continue;
    closing(async () => bad.close());
    return { good, bad, badAddress };
  }
  throw new Error('this machine has one address of the loopback alone');
}

async function service(dns: DnsServer): Promise<TestService> {
  closing(async () => dns.close());
  const settings = { allowPrivateEndpoints: false, allowedNetworks: [`${GOOD}/32`] };
  return started({ settings, resolve: dns.resolve });
}

const test = async (t: TestService) => (await t.call('POST', PATH)).body;

describe('a name whose addresses change between questions', () => {
  it('is asked for once for each connection, and the address that was judged is the one connected to', async () => {
    const { good, bad, badAddress } = await servers();
    // Whoever looks twice connects to the second answer.
    const dns = await startDnsServer((_, nth) => [nth === 0 ? GOOD : badAddress]);
    const t = await service(dns);
    await t.configure(`http://${NAME}:${good.port}/`);
    expect(await test(t)).toMatchObject({ outcome: 'acknowledged' });
    expect(dns.questions).toEqual([
      { name: NAME, type: 'A' },
      { name: NAME, type: 'AAAA' },
    ]);
    expect([good.hits(), bad.hits()]).toEqual([1, 0]);
  });

  it('is judged anew with each answer', async () => {
    const { good, bad, badAddress } = await servers();
    const dns = await startDnsServer((_, nth) => [nth % 2 === 0 ? GOOD : badAddress]);
    const t = await service(dns);
    await t.configure(`http://${NAME}:${good.port}/`);
    const outcomes: unknown[] = [];
    // Each test asks anew: it has a sender of its own.
    for (let count = 0; count < 6; count += 1) outcomes.push((await test(t)).outcome);
    expect(outcomes).toEqual([
      'acknowledged',
      'blocked',
      'acknowledged',
      'blocked',
      'acknowledged',
      'blocked',
    ]);
    expect([good.hits(), bad.hits()]).toEqual([3, 0]);
  });

  it('is judged anew for deliveries whose connections end', async () => {
    const { good, bad, badAddress } = await servers();
    const dns = await startDnsServer((_, nth) => [nth === 0 ? GOOD : badAddress]);
    const t = await service(dns);
    await t.configure(`http://${NAME}:${good.port}/`);
    const first = await t.deliver(change({ notification: fresh() }));
    expect(await t.finished(first)).toMatchObject({ status: 'acknowledged' });
    // The answer that was judged is remembered for two seconds, and used as it was judged.
    let outcome = 'acknowledged';
    for (let count = 1; outcome === 'acknowledged'; count += 1) {
      const delivery = await t.deliver(change({ notification: fresh() }));
      ({ outcome } = await t.attempted((event) => event.delivery === delivery));
      expect(good.hits()).toBe(outcome === 'acknowledged' ? count + 1 : count);
    }
    expect(outcome).toBe('blocked');
    expect(bad.hits()).toBe(0);
  });
});

describe('a name of several addresses', () => {
  it.each([
    ['the good one first', (bad: string) => [GOOD, bad]],
    ['the bad one first', (bad: string) => [bad, GOOD]],
    [
      'many bad ones around it',
      (bad: string) => [bad, '10.0.0.1', GOOD, '::1', '169.254.169.254', 'fe80::1'],
    ],
  ])('is sent to at the allowed one alone: %s', async (_, addresses) => {
    const { good, bad, badAddress } = await servers();
    const t = await service(await startDnsServer(() => addresses(badAddress)));
    await t.configure(`http://${NAME}:${good.port}/`);
    expect(await test(t)).toMatchObject({ outcome: 'acknowledged' });
    expect([good.hits(), bad.hits()]).toEqual([1, 0]);
  });

  it('is never sent to at the other one, also where the allowed one does not answer', async () => {
    const { good, bad, badAddress } = await servers();
    const t = await service(await startDnsServer(() => [GOOD, badAddress]));
    await t.configure(`http://${NAME}:${good.port}/`);
    await good.close();
    expect(await test(t)).toMatchObject({ outcome: 'unreachable', errorCode: 'connect-refused' });
    expect(bad.hits()).toBe(0);
  });
});
