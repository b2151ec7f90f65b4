import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, errors, request } from 'undici';
import { createAddressGuard, type AddressGuard, type AddressRules } from '../../domain/address-rules.ts';
import type { OperationalEvent } from '../../domain/event.ts';
import { USER_AGENT } from '../../version.ts';
import type { Resolve } from '../post/resolver.ts';
import type { Channel, NoticeFailure } from './channel.ts';
import { webhookHeaders } from './signature.ts';
import { tellEvent } from './texts.ts';

const CONNECT_LIMIT_MS = 5_000;
/** Connection to last byte. */
const LIMIT_MS = 10_000;
/** More of an answer is not read: it says nothing that counts. */
const MAX_ANSWER_BYTES = 65_536;

/** Where events are posted to. */
export interface WebhookSettings {
  readonly url: string;
  readonly secret: Buffer;
  /** Networks in CIDR, or addresses, where its name may lead to besides those where callbacks may go. */
  readonly networks: readonly string[];
}

/** Where the service may connect to, and how names are resolved. */
export interface WebhookNetwork {
  readonly rules: AddressRules;
  readonly resolve: Resolve;
}

/** The host's name stands for no address that may be connected to. */
class WebhookAddressError extends Error {}

/**
 * Posts each event to one address, signed by Standard Webhooks: a 2xx takes it, a redirect is not followed.
 *
 * The URL is an operator's. An address that it names is the operator's word, internal or not. What a host name
 * stands for is said by others each time: that is judged like a callback's, and what was judged is connected to.
 */
export function createWebhook(
  { url, secret, networks }: WebhookSettings,
  { rules, resolve }: WebhookNetwork,
): Channel {
  const allowedNetworks = [...rules.allowedNetworks, ...networks];
  const guard = createAddressGuard({ ...rules, allowedNetworks });
  const agent = new Agent({
    connect: { timeout: CONNECT_LIMIT_MS, lookup: judgedLookup(resolve, guard) },
    headersTimeout: LIMIT_MS,
    bodyTimeout: LIMIT_MS,
    connections: 1,
  });

  async function post(event: OperationalEvent, signal: AbortSignal): Promise<NoticeFailure | null> {
    const body = writeWebhookBody(event);
    const seconds = Math.floor(Date.now() / 1_000);
    const answer = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        ...webhookHeaders(secret, event.id, seconds, body),
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    await answer.body.dump({ limit: MAX_ANSWER_BYTES });
    const { statusCode: status } = answer;
    return status >= 200 && status < 300 ? null : { code: 'http-status', status };
  }

  return {
    name: 'webhook',
    together: 1,
    limitMs: LIMIT_MS,
    async send(events, signal) {
      try {
        for (const event of events) {
          const failure = await post(event, signal);
          if (failure !== null) return failure;
        }
        return null;
      } catch (error) {
        if (error instanceof WebhookAddressError) return { code: 'address-not-allowed', status: null };
        return { code: isTimeout(error) ? 'timeout' : 'unreachable', status: null };
      }
    },
    close: async () => agent.destroy(),
  };
}

/** Resolves a name to those of its addresses that may be connected to. */
function judgedLookup(resolve: Resolve, guard: AddressGuard): LookupFunction {
  return (hostname, { all }, found) => {
    resolve(hostname, (error, addresses) => {
      const [first, ...others] = addresses.filter(({ address }) => guard.allows(address));
      if (error !== null) found(error, []);
      else if (first === undefined) found(new WebhookAddressError(), []);
      else if (all === true) found(null, [first, ...others] satisfies LookupAddress[]);
      else found(null, first.address, first.family);
    });
  };
}

/** The event as a webhook's receiver gets it: `type`, `timestamp`, `data`, as Standard Webhooks recommends. */
export function writeWebhookBody(event: OperationalEvent): string {
  const { type, at, ...data } = event;
  return JSON.stringify({ type, timestamp: at, data: { ...data, text: tellEvent(event) } });
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  );
}
