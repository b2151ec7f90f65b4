import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { lowPort } from './low-port.ts';

/** The visibility time that messages get while they are repeated, in seconds: they come again soon. */
const SHORT_VISIBILITY_SECONDS = 2;

/** How much later a message is sent for the second time at the most, in milliseconds. */
const REPEAT_WITHIN_MS = 500;

/** What stands between the service and its queue, and makes trouble. */
export interface QueueProxy {
  readonly endpoint: string;
  /** What it does now, and what it counted; the switches may be set at any time. */
  readonly state: ProxyState;
  /** Refuses connections from now on, and breaks those that there are. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

interface ProxyState {
  /** Every message is put into the queue twice, and is not deleted before it came once more. */
  repeating: boolean;
  /** Receives fail, also those under way: what the queue gave is lost to the service. */
  deaf: boolean;
  /** Messages that the service has sent and received so far. */
  sent: number;
  received: number;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const Sending = Type.Object({ Entries: Type.Array(Type.Unknown()) });
const Deleting = Type.Object({
  Entries: Type.Array(Type.Object({ Id: Type.String(), ReceiptHandle: Type.String() })),
});
const Receiving = Type.Object({}, { additionalProperties: true });
const Received = Type.Object({
  Messages: Type.Optional(
    Type.Array(Type.Object({ MessageId: Type.String(), ReceiptHandle: Type.String() })),
  ),
});

/** Starts a proxy to the SQS-compatible server at a port of 127.0.0.1. */
export async function startQueueProxy(serverPort: number): Promise<QueueProxy> {
  const port = await lowPort();
  const agent = new Agent({ keepAlive: true });
  const state: ProxyState = { repeating: false, deaf: false, sent: 0, received: 0 };
  const repeats = new Repeats();
  let server: Server | null = null;

  /** The answer to a call of the service; null: its connection breaks. */
  async function answer(req: IncomingMessage): Promise<Answer | null> {
    const body = await readAll(req);
    switch (String(req.headers['x-amz-target'])) {
      case 'AmazonSQS.SendMessageBatch':
        state.sent += Value.Parse(Sending, readJson(body)).Entries.length;
        if (state.repeating) void sendLater(req, body);
        return forward(req, body);
      case 'AmazonSQS.DeleteMessageBatch':
        return (state.repeating ? repeats.answerDelete(body) : null) ?? forward(req, body);
      case 'AmazonSQS.ReceiveMessage':
        return receive(req, body);
      default:
        return forward(req, body);
    }
  }

  async function receive(req: IncomingMessage, body: Buffer): Promise<Answer | null> {
    if (state.deaf) return null;
    const received = await forward(req, state.repeating ? Repeats.hideShortly(body) : body);
    if (state.deaf) return null;
    if (received.status === 200) state.received += repeats.note(received.body);
    return received;
  }

  async function sendLater(req: IncomingMessage, body: Buffer): Promise<void> {
    await delay(Math.random() * REPEAT_WITHIN_MS);
    await forward(req, body).catch(() => undefined);
  }

  async function forward(req: IncomingMessage, body: Buffer): Promise<Answer> {
    const { host: _host, connection: _connection, ...headers } = req.headers;
    const onward = request({
      host: '127.0.0.1',
      port: serverPort,
      agent,
      method: req.method,
      path: req.url,
      headers: { ...headers, 'content-length': body.length },
    });
    // A receive whose asker is gone must not take messages with it.
    const abandon = (): void => void onward.destroy();
    req.socket.once('close', abandon);
    try {
      onward.end(body);
      const [response]: IncomingMessage[] = await once(onward, 'response');
      if (response === undefined) throw new Error('no response');
      return {
        status: response.statusCode ?? 500,
        contentType: response.headers['content-type'] ?? '',
        body: await readAll(response),
      };
    } finally {
      req.socket.off('close', abandon);
    }
  }

  async function listen(): Promise<void> {
    server = createServer((req, res) => {
      void answer(req)
        .catch(() => null)
        .then((given) => {
          if (given === null) return res.destroy();
          res.writeHead(given.status, {
            'content-type': given.contentType,
            'content-length': given.body.length,
          });
          return res.end(given.body);
        });
    });
    server.keepAliveTimeout = 0;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function goAway(): Promise<void> {
    const closing = server;
    if (closing === null) return;
    server = null;
    closing.close();
    closing.closeAllConnections();
    await once(closing, 'close');
  }

  await listen();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    state,
    goAway,
    comeBack: listen,
    async close() {
      await goAway();
      agent.destroy();
    },
  };
}

/** Makes messages come again after they were deleted. */
class Repeats {
  readonly #messageOf = new Map<string, string>();
  readonly #spared = new Set<string>();

  /** A receive whose messages stay hidden for a short time. */
  static hideShortly(body: Buffer): Buffer {
    const asked = Value.Parse(Receiving, readJson(body));
    return Buffer.from(JSON.stringify({ ...asked, VisibilityTimeout: SHORT_VISIBILITY_SECONDS }));
  }

  /** Notes which messages an answer gave; returns how many. */
  note(body: Buffer): number {
    const { Messages = [] } = Value.Parse(Received, readJson(body));
    for (const { MessageId, ReceiptHandle } of Messages) this.#messageOf.set(ReceiptHandle, MessageId);
    return Messages.length;
  }

  /** The feigned success of a delete that names a message for the first time; null: let it through. */
  answerDelete(body: Buffer): Answer | null {
    const { Entries } = Value.Parse(Deleting, readJson(body));
    const messages = Entries.map(({ ReceiptHandle }) => this.#messageOf.get(ReceiptHandle) ?? ReceiptHandle);
    const isFirst = messages.some((message) => !this.#spared.has(message));
    for (const message of messages) this.#spared.add(message);
    if (!isFirst) return null;
    const success = { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    return {
      status: 200,
      contentType: 'application/x-amz-json-1.0',
      body: Buffer.from(JSON.stringify(success)),
    };
  }
}

function readJson(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
