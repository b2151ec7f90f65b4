import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { members } from './answers.ts';
import { createWatched } from './watch.ts';

/** An event as a webhook's receiver got it. */
interface ReceivedEvent {
  readonly id: string;
  readonly type: unknown;
  readonly timestamp: unknown;
  readonly data: Record<string, unknown>;
  /** Whether it was signed with the secret, now. */
  readonly genuine: boolean;
  /** The status that it was answered with. */
  readonly status: number;
}

/** A webhook's receiver on a real socket, which verifies each signature by the published rules. */
export interface WebhookReceiver {
  readonly url: string;
  readonly events: readonly ReceivedEvent[];
  /** The status of the next answers; null: none is given. */
  status: number | null;
  first(condition: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  times(count: number, condition?: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent[]>;
  close(): void;
}

/** How far a timestamp may be away, in seconds: what Standard Webhooks' own libraries take. */
const TOLERANCE_SECONDS = 300;

/** Starts a receiver that knows the secret. */
export async function startWebhookReceiver(secret: Buffer): Promise<WebhookReceiver> {
  const watched = createWatched<ReceivedEvent>();
  const receiver = { status: 204 as number | null };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const header = (name: string) => String(request.headers[name]);
      const id = header('webhook-id');
      const timestamp = header('webhook-timestamp');
      const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
      const given = Buffer.from(header('webhook-signature'));
      const wanted = Buffer.from(`v1,${expected}`);
      const recent = Math.abs(Date.now() / 1_000 - Number(timestamp)) < TOLERANCE_SECONDS;
      const genuine = recent && given.length === wanted.length && timingSafeEqual(given, wanted);
      const parsed: unknown = JSON.parse(body);
      const { type, timestamp: at, data } = members(parsed);
      const { status } = receiver;
      watched.note({ id, type, timestamp: at, data: members(data), genuine, status: status ?? 0 });
      if (status !== null) response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return {
    url: `http://127.0.0.1:${address.port}/events`,
    events: watched.items,
    get status() {
      return receiver.status;
    },
    set status(status) {
      receiver.status = status;
    },
    first: async (condition) => watched.first(condition),
    times: async (count, condition = () => true) => watched.times(count, condition),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
