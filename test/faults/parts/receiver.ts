import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { writeAcknowledgement, writeFault, writeRefusal } from '../../../src/soap/write-answer.ts';
import { createRandom } from './random.ts';

/**
 * How a request ended at the receiver: as the outcome that the sender must have made of it, or `gone` where the
 * sender's connection closed first.
 */
type Answer = 'acknowledged' | 'refused' | 'faulted' | 'http-error' | 'unreadable' | 'unreachable' | 'gone';

/** One request as the receiver saw it. Instants are milliseconds of one monotonic clock. */
export interface SeenRequest {
  readonly key: string;
  readonly attempt: number;
  readonly startedAt: number;
  /** What the report says; null where the body did not come whole. */
  readonly report: { notification: string; state: string; occurredAt: string; hash: string } | null;
  /** Null while it is being answered. */
  readonly answer: Answer | null;
  readonly httpStatus: number | null;
  /** When the answer was given or the connection closed. */
  readonly endedAt: number | null;
  /** The same by the clock that the log goes by. */
  readonly endedAtEpochMs: number | null;
}

/** An integrator's web service that records all it sees, and answers by chance that repeats itself. */
export interface Receiver {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** From now on each request is answered only after so many milliseconds. */
  delayAll(ms: number): void;
  close(): Promise<void>;
}

interface Behaviour {
  readonly answer: Exclude<Answer, 'gone'>;
  readonly delayMs: number;
}

/** Starts a receiver on a free port of 127.0.0.1. */
export async function startReceiver(seed: string): Promise<Receiver> {
  const seen: SeenRequest[] = [];
  let leastDelayMs = 0;

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const place = seen.length;
    let request: SeenRequest = {
      key: String(req.headers['idempotency-key']),
      attempt: Number(req.headers['enotum-attempt']),
      startedAt: performance.now(),
      report: null,
      answer: null,
      httpStatus: null,
      endedAt: null,
      endedAtEpochMs: null,
    };
    seen.push(request);
    const note = (news: Partial<SeenRequest>): void => {
      request = { ...request, ...news };
      seen[place] = request;
    };
    const end = (answer: Answer, httpStatus: number | null): void =>
      note({ answer, httpStatus, endedAt: performance.now(), endedAtEpochMs: Date.now() });
    res.once('close', () => {
      if (request.answer === null) end('gone', null);
    });
    const body = await readBody(req);
    if (body === null) return;
    note({ report: readReport(body) });
    const behaviour = decide(seed, request);
    setTimeout(
      () => {
        if (request.answer !== null) return;
        // Noted before it is sent: the sender cannot know it earlier.
        end(behaviour.answer, statusOf(behaviour));
        reply(res, behaviour);
      },
      Math.max(behaviour.delayMs, leastDelayMs),
    );
  }

  const server = createServer((req, res) => void serve(req, res));
  // It never closes a connection by itself: a request lost that way would be the receiver's fault.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1_000 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return {
    url: `http://127.0.0.1:${address.port}/reports`,
    seen,
    delayAll(ms) {
      leastDelayMs = ms;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function readBody(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readReport(xml: string): SeenRequest['report'] {
  const text = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  const report = xml.slice(xml.indexOf('<Report '), xml.indexOf('</Report>'));
  return {
    notification: text('IdNotificacio'),
    state: text('Estat'),
    occurredAt: text('DataActualitzacio'),
    hash: createHash('sha256').update(report).digest('base64'),
  };
}

/** What this report meets at this attempt. Some are refused for ever, so that some deliveries are exhausted. */
function decide(seed: string, { report, attempt }: SeenRequest): Behaviour {
  const name = `${seed}/${report?.notification}/${report?.state}/${report?.occurredAt}`;
  if (createRandom(name).chance(0.02)) return { answer: 'refused', delayMs: 0 };
  const random = createRandom(`${name}/${attempt}`);
  const soon = random.between(0, 20);
  const chance = random.next();
  if (chance < 0.06) return { answer: 'refused', delayMs: soon };
  if (chance < 0.1) return { answer: 'faulted', delayMs: soon };
  if (chance < 0.12) return { answer: 'unreadable', delayMs: soon };
  // Few: trouble of the server makes its window small.
  if (chance < 0.13) return { answer: 'http-error', delayMs: soon };
  if (chance < 0.14) return { answer: 'unreachable', delayMs: soon };
  return { answer: 'acknowledged', delayMs: chance < 0.24 ? random.between(100, 500) : soon };
}

function statusOf({ answer }: Behaviour): number | null {
  if (answer === 'unreachable') return null;
  return answer === 'faulted' || answer === 'http-error' ? 500 : 200;
}

function reply(res: ServerResponse, behaviour: Behaviour): void {
  if (behaviour.answer === 'unreachable') {
    res.destroy();
    return;
  }
  res.writeHead(statusOf(behaviour) ?? 0, { 'content-type': 'text/xml; charset=utf-8' });
  res.end(bodyOf(behaviour.answer));
}

function bodyOf(answer: Exclude<Behaviour['answer'], 'unreachable'>): string {
  switch (answer) {
    case 'acknowledged':
      return writeAcknowledgement();
    case 'refused':
      return writeRefusal('Refused by an invented receiver.');
    case 'faulted':
      return writeFault('An invented fault.');
    case 'http-error':
    case 'unreadable':
      return '<html>An invented page.</html>';
  }
}
