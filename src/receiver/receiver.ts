import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import { readReportRequest } from '../soap/read-request.ts';
import { writeAcknowledgement, writeFault, writeRefusal } from '../soap/write-answer.ts';

/** How a receiver answers a report that follows the contract. `hang`: never. `garbage`: with a web page. */
export const BEHAVIOURS = ['acknowledge', 'refuse', 'fault', 'http-500', 'hang', 'garbage'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** A request that a receiver took. */
interface ReceivedRequest {
  /** The delivery's id, the same at each attempt; null where the sender gave none. */
  readonly idempotencyKey: string | null;
  /** Enotum-Attempt; null where the sender gave none. */
  readonly attempt: number | null;
  /** Null where it does not follow the contract; then `problem` says why, without personal data. */
  readonly report: Report | null;
  readonly problem: string | null;
  /** Whether it had been acknowledged before: a receiver does its work once, and acknowledges again. */
  readonly repeated: boolean;
  /** How it is answered; a request with a problem by a SOAP Fault. */
  readonly behaviour: Behaviour;
}

export interface ReceiverOptions {
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Any free one by default. */
  readonly port?: number;
  /**
   * How a report is answered, `acknowledge` by default. It is asked for each request that follows the contract
   * and was not acknowledged before; `n` counts these from 1.
   */
  readonly behave?: (report: Report, n: number) => Behaviour;
  /** How long each answer takes, in milliseconds; 0 by default. */
  readonly delayMs?: number;
  /** Told of each request before it is answered. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

/** An integrator's web service that listens. */
export interface Receiver {
  /** Where callbacks are to be sent. */
  readonly url: string;
  readonly port: number;
  /** The requests that came, in order; the last 10,000. */
  readonly received: readonly ReceivedRequest[];
  /** Stops listening and cuts what is open. */
  close(): Promise<void>;
}

/** The most that a request may have, in bytes: a daily report of a large body. */
const MAX_REQUEST_BYTES = 20 * 1024 * 1024;
const MAX_RECEIVED = 10_000;
/** How many acknowledged deliveries are remembered: more than are retried at any time. */
const MAX_ACKNOWLEDGED = 100_000;

const ACKNOWLEDGEMENT = writeAcknowledgement();
const GARBAGE = '<!doctype html><html><body>Manteniment</body></html>';

/** Fails the first requests in one way, then acknowledges. */
export function failFirst(behaviour: Behaviour, times: number): (report: Report, n: number) => Behaviour {
  return (_, n) => (n <= times ? behaviour : 'acknowledge');
}

/**
 * Starts an integrator's receiver: reads reports by the contract, drops repeats by their Idempotency-Key, and
 * answers as it is told.
 *
 * @throws CommandError `address-in-use`
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { host = '127.0.0.1', port = 0 } = options;
  const desk = new ReceptionDesk(options);
  const server = createServer((request, response) => void desk.serve(request, response));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CommandError('address-in-use', `The receiver cannot listen on ${host}:${port}`, {
      cause: error,
    });
  }
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${ownPort}/reports`,
    port: ownPort,
    received: desk.received,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

class ReceptionDesk {
  readonly received: ReceivedRequest[] = [];
  readonly #options: ReceiverOptions;
  /** Oldest first. */
  readonly #acknowledged = new Set<string>();
  #asked = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.writeHead(405, { Allow: 'POST' }).end();
      return;
    }
    const body = await readBody(request);
    if (body === 'too-large') {
      response.writeHead(413, { Connection: 'close' }).end();
    } else if (body !== 'broken') {
      const received = this.#take(request, body);
      this.received.push(received);
      if (this.received.length > MAX_RECEIVED) this.received.shift();
      this.#options.onRequest?.(received);
      const { delayMs = 0 } = this.#options;
      if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
      answer(response, received);
    }
  }

  #take({ headers }: IncomingMessage, body: Buffer): ReceivedRequest {
    const idempotencyKey = headerOf(headers, 'idempotency-key');
    const attempt = headerOf(headers, 'enotum-attempt');
    const read = readReportRequest(body, headerOf(headers, 'content-type'));
    const common = { idempotencyKey, attempt: /^\d+$/.test(attempt ?? '') ? Number(attempt) : null };
    if ('problem' in read) {
      return { ...common, report: null, problem: read.problem, repeated: false, behaviour: 'fault' };
    }
    const { report } = read;
    const repeated = idempotencyKey !== null && this.#acknowledged.has(idempotencyKey);
    const behaviour = repeated ? 'acknowledge' : this.#behave(report);
    if (behaviour === 'acknowledge' && idempotencyKey !== null) this.#remember(idempotencyKey);
    return { ...common, report, problem: null, repeated, behaviour };
  }

  #behave(report: Report): Behaviour {
    this.#asked += 1;
    return this.#options.behave?.(report, this.#asked) ?? 'acknowledge';
  }

  #remember(idempotencyKey: string): void {
    this.#acknowledged.add(idempotencyKey);
    if (this.#acknowledged.size <= MAX_ACKNOWLEDGED) return;
    for (const oldest of this.#acknowledged) {
      this.#acknowledged.delete(oldest);
      break;
    }
  }
}

function answer(response: ServerResponse, { behaviour, problem }: ReceivedRequest): void {
  switch (behaviour) {
    case 'acknowledge':
      send(response, 200, 'text/xml', ACKNOWLEDGEMENT);
      break;
    case 'refuse':
      send(response, 200, 'text/xml', writeRefusal('El receptor rebutja el report (prova)'));
      break;
    case 'fault':
      send(response, 500, 'text/xml', writeFault(problem ?? 'El receptor ha fallat (prova)'));
      break;
    case 'http-500':
      send(response, 500, 'text/html', '<!doctype html><html><body>Error intern</body></html>');
      break;
    case 'garbage':
      send(response, 200, 'text/html', GARBAGE);
      break;
    case 'hang':
      break;
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const content = Buffer.from(body);
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': content.length,
  });
  response.end(content);
}

/** The whole body; `broken` where the sender went away before its end. */
async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'broken'> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_REQUEST_BYTES) resolve('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('broken'));
  });
}

function headerOf(headers: IncomingMessage['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
