import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '../../support/folder.ts';
import { ADMIN_KEY, createClient, type Client, type Delivery } from './client.ts';
import { isFinished, judge } from './judge.ts';
import { noteFolder, removeFolder } from './leftovers.ts';
import { BACK_OFFICE, DEPARTMENTS } from './lives.ts';
import { startLoad, type Load } from './load.ts';
import type { Random } from './random.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { isReady, PROMISED_MS, startServiceProcess, type ServiceProcess } from './service-process.ts';

/** How long the last delivery may take to be finished: hints of a lost message come after 60 s. */
const SETTLE_LIMIT_MS = 90_000;

/** Short, so that a whole delivery with all its attempts fits into a trial. */
const RETRY_DELAYS = '100ms,150ms,200ms,200ms,300ms,300ms';

/** The usual time limit of an attempt: with 15 s more it is the lease of one that was killed. */
export const ATTEMPT_LIMIT_MS = 4_000;

/** How long a first start may take, with its database made and migrated. */
const FIRST_START_LIMIT_MS = 60_000;

/** How long a service may take to stop before it is killed, at the end of a trial. */
const STOP_LIMIT_MS = 15_000;

/** The most complaints, and lines of the service's log, that are told of one trial. */
const MAX_TOLD = 15;

/** A promise was broken. */
export class BrokenPromise extends Error {}

/** What a trial is made of. */
export interface TrialOptions {
  readonly random: Random;
  /** The time limit of each attempt, in milliseconds. */
  readonly attemptLimitMs: number;
  /** Tells what happens, for whoever watches. */
  readonly say: (text: string) => void;
}

/** What one scenario runs in: receivers, callers, and the services that it starts. */
export class Trial {
  readonly random: Random;
  readonly folder: string;
  readonly receivers: readonly Receiver[];
  readonly client: Client;
  readonly say: (text: string) => void;
  #services: ServiceProcess[] = [];
  #load: Load | null = null;
  #turn = 0;
  #slowestReadyMs = 0;
  readonly #closers: (() => Promise<void>)[] = [];

  readonly #attemptLimitMs: number;

  private constructor(folder: string, receivers: readonly Receiver[], options: TrialOptions) {
    this.random = options.random;
    this.folder = folder;
    this.receivers = receivers;
    this.say = options.say;
    this.#attemptLimitMs = options.attemptLimitMs;
    this.client = createClient(() => this.#anyUrl());
  }

  /** Makes its folder and starts its receivers. */
  static async begin(options: TrialOptions): Promise<Trial> {
    const folder = await temporaryFolder();
    noteFolder(folder);
    // Where this runs as root, PostgreSQL does not: it must pass through.
    await chmod(folder, 0o711);
    const receivers = await Promise.all([1, 2].map(async () => startReceiver(String(options.random.next()))));
    return new Trial(folder, receivers, options);
  }

  /** Has something closed at the end, the last first. */
  atEnd(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  /** What every service gets, besides its database and queue. */
  settings(): Record<string, string> {
    return { ADMIN_KEY, RETRY_DELAYS, ALLOW_PRIVATE_ENDPOINTS: 'true', LOG_LEVEL: 'info' };
  }

  /** Starts a service; see `untilReady`. */
  start(env: Readonly<Record<string, string>>): ServiceProcess {
    const service = startServiceProcess({ ...this.settings(), ...env }, join(this.folder, 'service.log'));
    this.#services = [...this.#services.filter((other) => !other.hasEnded()), service];
    return service;
  }

  /** Waits for a first start, which may take its time. */
  async untilFirstReady(service: ServiceProcess): Promise<void> {
    if ((await within(FIRST_START_LIMIT_MS, service.ready())) === null) {
      throw new BrokenPromise('/health/ready does not come to be true');
    }
  }

  /** @throws BrokenPromise where a service that was started again is not ready within 10 s */
  async untilReady(service: ServiceProcess): Promise<void> {
    const ms = await within(PROMISED_MS, service.ready());
    if (ms === null || ms > PROMISED_MS) {
      throw new BrokenPromise('/health/ready is not true 10 s after the start');
    }
    this.#slowestReadyMs = Math.max(this.#slowestReadyMs, ms);
  }

  /** @throws BrokenPromise where a service that goes on is not ready within 10 s from now */
  async untilReadyAgain(service: ServiceProcess): Promise<void> {
    const from = performance.now();
    for (;;) {
      const url = service.url();
      if (service.hasEnded()) throw new BrokenPromise('the service ended by itself');
      if (url !== null && (await isReady(url))) break;
      if (performance.now() - from > PROMISED_MS)
        throw new BrokenPromise('/health/ready is not true again after 10 s');
      await delay(25);
    }
    this.#slowestReadyMs = Math.max(this.#slowestReadyMs, performance.now() - from);
  }

  /** Configures the entities and starts the callers. A service must be there, or come. */
  async beginLoad(): Promise<void> {
    await Promise.all(
      DEPARTMENTS.map(async (department, index) => {
        const endpoint = (place: number) => ({
          url: this.receivers[place % this.receivers.length]?.url,
          timeoutMs: this.#attemptLimitMs,
        });
        await this.client.putEntity(department, {
          organisationName: 'Ajuntament Inventat',
          departmentName: `Departament ${department}`,
          endpoint: endpoint(index),
          backOffices: { [BACK_OFFICE]: { endpoint: endpoint(index + 1) } },
        });
      }),
    );
    this.#load = startLoad(this.client, this.random.fork('load'));
  }

  /** Lets the callers end, waits for the last delivery, and judges what happened. */
  async settle(): Promise<void> {
    const load = this.#load;
    if (load === null) throw new Error('there was no load');
    await load.stop();
    const from = performance.now();
    const deliveries = await this.#untilFinished(from + SETTLE_LIMIT_MS);
    const settledMs = performance.now() - from;
    const log = await this.client.communications();
    const seen = this.receivers.flatMap((receiver) => receiver.seen);
    const taken = [...load.taken.values()];
    const problems = [...load.contradictions, ...judge({ taken, deliveries, log, seen })];
    const count = (outcome: string): number => log.filter((row) => row.outcome === outcome).length;
    this.say(
      `${taken.length} changes, ${deliveries.length} deliveries (${deliveries.filter(({ status }) => status === 'exhausted').length} exhausted, ` +
        `${deliveries.filter(({ late }) => late).length} late), ${log.length} attempts (${count('interrupted')} interrupted); ` +
        `slowest ready ${seconds(this.#slowestReadyMs)}, last finished ${seconds(settledMs)} after the load`,
    );
    if (problems.length > 0) throw new BrokenPromise(tell(problems));
  }

  /** Every delivery, once all are finished, or when time is up. */
  async #untilFinished(until: number): Promise<Delivery[]> {
    for (;;) {
      if (performance.now() > until || !(await this.client.hasUnfinished())) {
        const deliveries = await this.client.deliveries();
        // While one status after the other was asked, a delivery may have gone from one that was not asked yet
        // to one that had been.
        if (performance.now() > until || deliveries.every(({ status }) => isFinished(status)))
          return deliveries;
      }
      await delay(250);
    }
  }

  /** How many changes were taken until now. */
  takenSoFar(): number {
    return this.#load?.taken.size ?? 0;
  }

  /** Attempts of the log with this outcome. */
  async attemptsThatWere(outcome: string): Promise<number> {
    return (await this.client.communications()).filter((row) => row.outcome === outcome).length;
  }

  /** The last warnings and errors that the services wrote. */
  lastWarnings(): string {
    if (!readdirSync(this.folder).includes('service.log')) return '';
    const lines = readFileSync(join(this.folder, 'service.log'), 'utf8').trim().split('\n');
    return lines
      .filter((line) => !/"level":"info"|"event":"listening"|"msg":"attempt failed"/.test(line))
      .slice(-MAX_TOLD)
      .join('\n');
  }

  /** Ends all that was started and removes the folder. */
  async end(): Promise<void> {
    await Promise.all(
      this.#services.map(async (service) => {
        await within(STOP_LIMIT_MS, service.terminate());
        await service.kill();
      }),
    );
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) await close();
    await Promise.all(this.receivers.map(async (receiver) => receiver.close()));
    removeFolder(this.folder);
  }

  /** The API of the services that run, each in its turn. */
  #anyUrl(): string | null {
    const urls = this.#services.flatMap((service) => service.url() ?? []);
    this.#turn += 1;
    return urls[this.#turn % urls.length] ?? null;
  }
}

/** A SECRETS_KEY for services that share a database. */
export function newSecretsKey(): string {
  return randomBytes(32).toString('base64');
}

/** What a promise resolves to, or null where it takes longer. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const patience = new AbortController();
  const late = delay(ms, null, { signal: patience.signal }).catch(() => null);
  try {
    return await Promise.race([promise, late]);
  } finally {
    patience.abort();
  }
}

/** Milliseconds for people. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function tell(problems: readonly string[]): string {
  const more = problems.length > MAX_TOLD ? [`and ${problems.length - MAX_TOLD} more`] : [];
  return [...problems.slice(0, MAX_TOLD), ...more].join('\n');
}
