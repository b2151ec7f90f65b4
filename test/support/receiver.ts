import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { writeAcknowledgement, writeFault, writeRefusal } from '../../src/soap/write-answer.ts';
import { createWatched } from './watch.ts';

/** A request as an integrator's web service got it. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The Report element's bytes, as text. */
  readonly report: string;
  /** `Idempotency-Key` and `Enotum-Attempt`. */
  readonly delivery: string;
  readonly attempt: number;
  /** IdNotificacio and Estat. */
  readonly notification: string;
  readonly state: string;
  /** Whether its answer was given, or its connection ended. */
  readonly ended: () => boolean;
  /** Requests of the same notification, and of the whole receiver, that were under way when it came. */
  readonly besideOfNotification: number;
  readonly beside: number;
}

/** Answers a request; one that writes nothing leaves it hanging. */
export type Reply = (request: Received, response: ServerResponse) => void;

/** An integrator's web service on a real socket, which answers as a test says. */
export interface TestReceiver {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly Received[];
  /** How the next requests are answered. */
  reply: Reply;
  first(condition: (request: Received) => boolean): Promise<Received>;
  times(count: number, condition?: (request: Received) => boolean): Promise<Received[]>;
  /** The requests of one delivery, in order. */
  of(delivery: string): Received[];
  close(): Promise<void>;
}

const XML = { 'content-type': 'text/xml; charset=utf-8' };

const write = (status: number, body: string, headers: Record<string, string> = {}): Reply => {
  return (_request, response) => {
    response.writeHead(status, { ...XML, ...headers }).end(body);
  };
};

export const acknowledge: Reply = write(200, writeAcknowledgement());
export const refuse = (text: string): Reply => write(200, writeRefusal(text));
export const fault = (text: string): Reply => write(500, writeFault(text));
export const httpStatus = (status: number, headers: Record<string, string> = {}): Reply =>
  write(status, '<html>no</html>', { 'content-type': 'text/html', ...headers });
export const garbage: Reply = write(200, '<html><body>Benvinguts</body></html>');
export const hang: Reply = () => undefined;

/** Answers the attempts of each delivery one after the other; the last reply for all that follow. */
export function inTurn(...replies: readonly Reply[]): Reply {
  return (request, response) => {
    const reply = replies[Math.min(request.attempt, replies.length) - 1];
    reply?.(request, response);
  };
}

/** Holds answers back until the test lets them go. */
export function held(reply: Reply): { readonly reply: Reply; release(): void } {
  const waiting: (() => void)[] = [];
  let open = false;
  return {
    reply(request, response) {
      if (open) reply(request, response);
      else waiting.push(() => reply(request, response));
    },
    release() {
      open = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}

/** Starts a receiver at 127.0.0.1; it acknowledges until told otherwise. */
export async function startTestReceiver(reply: Reply = acknowledge, port = 0): Promise<TestReceiver> {
  const watched = createWatched<Received>();
  const underWay = new Set<Received>();
  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message);
    let ended = false;
    const report = /<Report [\s\S]*<\/Report>/.exec(body.toString('utf8'))?.[0] ?? '';
    const notification = textOf(report, 'IdNotificacio');
    const request: Received = {
      method: message.method ?? '',
      path: message.url ?? '',
      headers: message.headers,
      body,
      report,
      delivery: String(message.headers['idempotency-key']),
      attempt: Number(message.headers['enotum-attempt']),
      notification,
      state: textOf(report, 'Estat'),
      ended: () => ended,
      besideOfNotification: [...underWay].filter((other) => other.notification === notification).length,
      beside: underWay.size,
    };
    underWay.add(request);
    const end = (): void => {
      ended = true;
      underWay.delete(request);
      watched.touch();
    };
    // The answer is on its way from `finish` on: what is sent then may come before `close`.
    response.on('finish', end).on('close', end);
    watched.note(request);
    receiver.reply(request, response);
  }

  // A request that breaks off in its body is none.
  const server = createServer((message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${address.port}/reports`,
    port: address.port,
    requests: watched.items,
    reply,
    first: async (condition) => watched.first(condition),
    times: async (count, condition = () => true) => watched.times(count, condition),
    of: (delivery) => watched.items.filter((request) => request.delivery === delivery),
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

/** The text of the first element of this name; '' where there is none. */
export function textOf(xml: string, name: string): string {
  return new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
