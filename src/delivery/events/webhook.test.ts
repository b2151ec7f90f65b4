import { afterEach, describe, expect, it } from 'vitest';
import { startWebhookReceiver } from '../../../test/support/webhook.ts';
import { DEFAULT_ADDRESS_RULES, type AddressRules } from '../../domain/address-rules.ts';
import { NO_FACTS, type OperationalEvent } from '../../domain/event.ts';
import { createWebhook } from './webhook.ts';

const SECRET = Buffer.alloc(32, 9);
const EVENT: OperationalEvent = {
  ...NO_FACTS,
  id: '00000000-0000-7000-8000-000000000001',
  type: 'delivery.exhausted',
  at: '2026-11-02T10:00:00.000Z',
  organisation: '9900000001',
  department: '1',
  backOffice: null,
};

const open: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Posts an event to a host that stands for these addresses; the receiver listens at 127.0.0.1. */
async function post(
  host: string,
  addresses: string[],
  networks: string[],
  rules: Partial<AddressRules> = {},
) {
  const receiver = await startWebhookReceiver(SECRET);
  open.push(() => receiver.close());
  const url = receiver.url.replace('127.0.0.1', host);
  const channel = createWebhook(
    { url, secret: SECRET, networks },
    {
      rules: { ...DEFAULT_ADDRESS_RULES, ...rules },
      resolve: (_, resolved) =>
        resolved(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        ),
    },
  );
  open.push(async () => channel.close());
  const failure = await channel.send([EVENT], new AbortController().signal);
  return { failure, came: receiver.events.length };
}

describe('a webhook’s host', () => {
  it.each([
    ['leads inside', ['127.0.0.1'], []],
    ['leads to a cloud’s metadata', ['169.254.169.254'], []],
    ['leads inside, elsewhere than is allowed', ['127.0.0.1'], ['10.0.0.0/8']],
    ['has no address', [], []],
  ])('that %s is not connected to', async (_how, addresses, networks) => {
    const { failure, came } = await post('alertes.invalid', addresses, networks);
    expect(failure).toEqual({ code: 'address-not-allowed', status: null });
    expect(came).toBe(0);
  });

  it.each([
    ['lies in a network of its own setting', 'alertes.invalid', ['127.0.0.0/8'], {}],
    ['lies in a network where callbacks may go', 'alertes.invalid', [], { allowedNetworks: ['127.0.0.1'] }],
    ['lies inside, where callbacks may go anywhere', 'alertes.invalid', [], { allowPrivateEndpoints: true }],
    ['is an address that the operator wrote', '127.0.0.1', [], {}],
  ])('that %s is', async (_how, host, networks, rules) => {
    const { failure, came } = await post(host, ['127.0.0.1'], networks, rules);
    expect(failure).toBeNull();
    expect(came).toBe(1);
  });

  it('is connected to at those of its addresses alone that may be', async () => {
    const { failure } = await post('alertes.invalid', ['10.0.0.1', '127.0.0.1'], ['127.0.0.1']);
    expect(failure).toBeNull();
  });
});
