import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, rounded } from './figures.ts';
import { Arrivals, deliver } from './load.ts';
import type { Part } from './part.ts';
import { entity } from './parts/changes.ts';
import { Answers, Offered } from './parts/offer.ts';
import { ADMIN_KEY, type Stage, type Subject } from './stage.ts';

/** Endpoints that answer, and changes a second for each of all. */
const HEALTHY = 19;
const PER_SECOND_EACH = 10;
/** How long one slice lasts, in seconds; the first at each service warms it up at the very pace. */
const SLICE_SECONDS = 12;
const WARM_UP = 10_000;
/** Connections of the callers, so that none waits for another's answer. */
const CONNECTIONS = 100;
const FIRST_NOTIFICATION = 940_000_000_000;
/** How long the last callback of a slice may take, in milliseconds. */
const LAST_MS = 20_000;
const LOOK_MS = 50;

/** What one endpoint that never answers costs the others: the latencies of all slices together. */
export interface IsolationResult {
  readonly slices: number;
  /** Callbacks that were measured in each condition. */
  readonly measured: number;
  /** From 202 to arrival at the healthy endpoints, without the silent one and beside it. */
  readonly p50WithoutMs: number;
  readonly p50BesideMs: number;
  readonly p95WithoutMs: number;
  readonly p95BesideMs: number;
  readonly p99WithoutMs: number;
  readonly p99BesideMs: number;
  /** The one p99 by the other. */
  readonly p99Ratio: number;
  /** The same of slices without the silent endpoint among themselves, the odd by the even: what noise makes of it. */
  readonly noiseRatio: number;
  /** How far the ratios of single pairs of slices lay apart. */
  readonly ratioLeast: number;
  readonly ratioMost: number;
  /** Deliveries that wait for the silent endpoint at the end, and connections that it has taken. */
  readonly silentWaiting: number;
  readonly silentConnections: number;
}

/**
 * Alternates slices of 19 healthy endpoints with slices of the same 19 beside one that takes connections and never
 * answers, on two services that run all the while, warmed alike; the healthy ones get the same changes a second in
 * both. Callers and receivers are processes of their own.
 */
export async function isolation(
  stage: Stage,
  slices: number,
  tell: (text: string) => void,
): Promise<IsolationResult> {
  const alone = await stage.subject();
  const beside = await stage.subject();
  const silent = await openSilent();
  return stage.apart('caller', async (caller) => {
    try {
      await point(beside, HEALTHY, silent.port);
      for (const subject of [alone, beside]) {
        tell(`${WARM_UP} deliveries, and a slice, to warm a service up`);
        await deliver(stage, subject, { type: 'singles' }, WARM_UP, HEALTHY);
      }
      let from = FIRST_NOTIFICATION;
      const slice = async (subject: Subject, entities: number): Promise<number[]> => {
        const count = PER_SECOND_EACH * SLICE_SECONDS * entities;
        from += count;
        return latencies(stage, caller, subject, { entities, count, from });
      };
      await slice(alone, HEALTHY);
      await slice(beside, HEALTHY + 1);
      const without: number[][] = [];
      const withSilent: number[][] = [];
      for (let round = 1; round <= slices; round += 1) {
        without.push(await slice(alone, HEALTHY));
        withSilent.push(await slice(beside, HEALTHY + 1));
        tell(`${round}/${slices}: without ${said(without.at(-1))}, beside ${said(withSilent.at(-1))}`);
      }
      const waiting = await beside.count(
        "select count(*)::integer as count from nt30.aoc_nt_enviaments where situacio in ('waiting', 'retrying')",
      );
      return {
        ...figures(without, withSilent),
        silentWaiting: waiting,
        silentConnections: silent.connections(),
      };
    } finally {
      silent.close();
    }
  });
}

function figures(without: readonly number[][], beside: readonly number[][]) {
  const of = (share: number, slices: readonly number[][]): number => quantile(slices.flat(), share);
  const ratios = without.map((values, index) => p99(beside[index]) / p99(values));
  const odd = without.filter((_, index) => index % 2 === 0);
  const even = without.filter((_, index) => index % 2 === 1);
  return {
    slices: without.length,
    measured: without.flat().length,
    p50WithoutMs: rounded(of(0.5, without)),
    p50BesideMs: rounded(of(0.5, beside)),
    p95WithoutMs: rounded(of(0.95, without)),
    p95BesideMs: rounded(of(0.95, beside)),
    p99WithoutMs: rounded(of(0.99, without)),
    p99BesideMs: rounded(of(0.99, beside)),
    p99Ratio: rounded(of(0.99, beside) / of(0.99, without), 2),
    noiseRatio: rounded(of(0.99, odd) / of(0.99, even), 2),
    ratioLeast: rounded(Math.min(...ratios), 2),
    ratioMost: rounded(Math.max(...ratios), 2),
  };
}

function p99(values: readonly number[] = []): number {
  return quantile(values, 0.99);
}

function said(values: readonly number[] = []): string {
  return `p50 ${quantile(values, 0.5).toFixed(1)}, p99 ${p99(values).toFixed(1)}, most ${Math.max(...values).toFixed(0)} ms`;
}

/** Sends a slice to so many entities; answers the latencies of the healthy ones, the first 19. */
async function latencies(
  stage: Stage,
  caller: Part,
  subject: Subject,
  { entities, count, from }: { entities: number; count: number; from: number },
): Promise<number[]> {
  await stage.receiver.ask(Arrivals, 'take');
  const { unsent } = await caller.ask(Offered, 'offer', {
    url: subject.url,
    key: ADMIN_KEY,
    batch: 1,
    requests: count,
    perSecond: PER_SECOND_EACH * entities,
    entities,
    from,
    connections: CONNECTIONS,
  });
  const answers = await caller.ask(Answers, 'take');
  if (unsent > 0 || answers.ids.length < count) throw new Error('not every change of a slice was taken');
  const waiting = new Map<string, number>();
  for (const [index, id] of answers.ids.entries()) {
    if ((answers.places[index] ?? 0) < HEALTHY) waiting.set(id, answers.instants[index] ?? Number.NaN);
  }
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
