import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { median, quantile, rounded } from './figures.ts';
import { Arrivals, deliver, sendPaced } from './load.ts';
import { entity } from './parts/changes.ts';
import type { Stage, Subject } from './stage.ts';

/** Endpoints that answer, and changes a second for each of all. */
const HEALTHY = 19;
const PER_SECOND_EACH = 10;
/** Deliveries of each round for each endpoint. */
const EACH = 80;
const WARM_UP = 5_000;
/** How long the last callback of a round may take, in milliseconds. */
const LAST_MS = 20_000;
const LOOK_MS = 50;

/** What one endpoint that never answers costs the others: medians of the rounds. */
export interface IsolationResult {
  readonly rounds: number;
  /** From 202 to arrival at the healthy endpoints, without the silent one and beside it. */
  readonly p50WithoutMs: number;
  readonly p50BesideMs: number;
  readonly p99WithoutMs: number;
  readonly p99BesideMs: number;
  /** The one p99 by the other, and how far those of single pairs of rounds lay apart. */
  readonly p99Ratio: number;
  readonly ratioLeast: number;
  readonly ratioMost: number;
  /** Connections that the silent endpoint has taken. */
  readonly silentConnections: number;
}

/**
 * Alternates rounds of 19 healthy endpoints with rounds of the same 19 beside one that takes connections and never
 * answers, on a service of its own each; the healthy ones get the same changes a second in both.
 */
export async function isolation(
  stage: Stage,
  rounds: number,
  tell: (text: string) => void,
): Promise<IsolationResult> {
  const alone = await stage.subject();
  const beside = await stage.subject();
  await deliver(stage, alone, { type: 'singles' }, WARM_UP);
  await deliver(stage, beside, { type: 'singles' }, WARM_UP);
  const silent = await openSilent();
  try {
    await point(beside, HEALTHY, silent.port);
    const without: number[][] = [];
    const withSilent: number[][] = [];
    for (let round = 1; round <= rounds; round += 1) {
      without.push(await latencies(stage, alone, HEALTHY));
      withSilent.push(await latencies(stage, beside, HEALTHY + 1));
      tell(
        `${round}/${rounds}: p99 ${p99(without.at(-1)).toFixed(1)} ms without, ${p99(withSilent.at(-1)).toFixed(1)} ms beside`,
      );
    }
    const ratios = without.map((values, index) => p99(withSilent[index]) / p99(values));
    const of = (share: number, each: number[][]): number =>
      median(each.map((values) => quantile(values, share)));
    return {
      rounds,
      p50WithoutMs: rounded(of(0.5, without)),
      p50BesideMs: rounded(of(0.5, withSilent)),
      p99WithoutMs: rounded(of(0.99, without)),
      p99BesideMs: rounded(of(0.99, withSilent)),
      p99Ratio: rounded(of(0.99, withSilent) / of(0.99, without), 2),
      ratioLeast: rounded(Math.min(...ratios), 2),
      ratioMost: rounded(Math.max(...ratios), 2),
      silentConnections: silent.connections(),
    };
  } finally {
    silent.close();
  }
}

function p99(values: readonly number[] = []): number {
  return quantile(values, 0.99);
}

/** Sends a round to so many entities; answers the latencies of the healthy ones, the first 19. */
async function latencies(stage: Stage, subject: Subject, entities: number): Promise<number[]> {
  await stage.receiver.ask(Arrivals, 'take');
  const perSecond = PER_SECOND_EACH * entities;
  const accepted = await sendPaced(subject, { perSecond, count: EACH * entities, entities });
  const waiting = new Map(accepted.slice(0, HEALTHY).flatMap((each) => [...each]));
  const found: number[] = [];
  for (const until = performance.now() + LAST_MS; waiting.size > 0; await delay(LOOK_MS)) {
    const { ids, instants } = await stage.receiver.ask(Arrivals, 'take');
    for (const [index, id] of ids.entries()) {
      const at = waiting.get(id);
      if (at !== undefined) found.push(Math.max(0, (instants[index] ?? Number.NaN) - at));
      waiting.delete(id);
    }
    if (performance.now() > until) throw new Error(`${waiting.size} callbacks did not arrive`);
  }
  return found;
}

async function point(subject: Subject, place: number, port: number): Promise<void> {
  const { organisation, department } = entity(place);
  const configuration = {
    organisationName: 'Ajuntament Inventat',
    departmentName: 'Secretaria',
    endpoint: { url: `http://127.0.0.1:${port}/reports` },
  };
  await subject.call('PUT', `/v1/entities/${organisation}/${department}`, JSON.stringify(configuration));
}

/** A server that takes connections and requests, and says nothing. */
async function openSilent(): Promise<{ port: number; connections(): number; close(): void }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return {
    port: address.port,
    connections: () => connections,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
