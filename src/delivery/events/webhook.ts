import { Agent, errors, request } from 'undici';
import type { OperationalEvent } from '../../domain/event.ts';
import { USER_AGENT } from '../../version.ts';
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
}

/**
 * Posts each event to one address, signed by Standard Webhooks: a 2xx takes it, a redirect is not followed. The
 * address is the operator's own and may be an internal one.
 */
export function createWebhook({ url, secret }: WebhookSettings): Channel {
  const agent = new Agent({
    connect: { timeout: CONNECT_LIMIT_MS },
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
        return { code: isTimeout(error) ? 'timeout' : 'unreachable', status: null };
      }
    },
    close: async () => agent.destroy(),
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
