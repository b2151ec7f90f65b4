import { afterEach } from 'vitest';
import type { Sender, SendRequest } from '../../src/delivery/ports.ts';
import { createSender, type SenderOptions } from '../../src/delivery/post/sender.ts';
import type { AttemptResult } from '../../src/domain/attempt.ts';
import { DEFAULT_ENDPOINT, type Endpoint } from '../../src/domain/entity.ts';
import { startHostileServer, type Answerer, type HostileServer } from './hostile-server.ts';

/** What a test changes of an attempt that it sends. */
interface Sending extends Partial<Omit<SendRequest, 'endpoint'>> {
  readonly endpoint?: Partial<Endpoint>;
  readonly signal?: AbortSignal;
}

/** Sends attempts in a test, over servers and senders that end with it. */
export interface SendingTest {
  sender(options?: Partial<SenderOptions>): Sender;
  server(answer: Answerer, tls?: Parameters<typeof startHostileServer>[1]): Promise<HostileServer>;
  /** Sends one attempt, by a sender of the test's own unless one is given. */
  send(url: string, sending?: Sending, sender?: Sender): Promise<AttemptResult>;
  /** Sends one attempt to a server that answers so. */
  answeredBy(answer: Answerer, timeoutMs?: number): Promise<AttemptResult>;
}

/** Sets up one test file; what its tests start is closed after each of them. */
export function sendingTest(): SendingTest {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(async (each) => each.close()));
  });
  const sender: SendingTest['sender'] = (options) => {
    const made = createSender({
      allowPrivateEndpoints: true,
      userAgent: 'enotum-callbacks/0.0.0',
      ...options,
    });
    open.push(made);
    return made;
  };
  const test: SendingTest = {
    sender,
    async server(answer, tls) {
      const server = await startHostileServer(answer, tls);
      open.push(server);
      return server;
    },
    async send(url, sending = {}, by = sender()) {
      const { endpoint, signal = new AbortController().signal, ...request } = sending;
      return by.send(
        {
          endpoint: { ...DEFAULT_ENDPOINT, ...endpoint, url },
          body: Buffer.from('<Report/>'),
          secrets: [],
          headers: { 'Content-Type': 'text/xml; charset=utf-8' },
          timeoutMs: 5_000,
          writeBefore: performance.now() + 20_000,
          ...request,
        },
        signal,
      );
    },
    async answeredBy(answer, timeoutMs = 5_000) {
      const server = await test.server(answer);
      return test.send(server.url, { timeoutMs });
    },
  };
  return test;
}
