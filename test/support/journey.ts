import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { change } from './changes.ts';
import { acknowledge, startTestReceiver, type Reply, type TestReceiver } from './receiver.ts';
import { startTestService, type TestService, type TestServiceOptions } from './service.ts';

/** What a journey starts; it ends with its test, last started, first closed. */
export interface Journey {
  readonly started: (options?: TestServiceOptions) => Promise<TestService>;
  readonly receiving: (reply?: Reply) => Promise<TestReceiver>;
  /** Holds a lock on what a statement takes, in a transaction that its connection leaves open. */
  readonly locking: (t: TestService, statement: string) => Promise<Client>;
  /** Has something else end with the test. */
  readonly closing: (close: () => Promise<void> | void) => void;
}

/** Sets up one test file. */
export function journeyTest(): Journey {
  const open: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  return {
    async started(options) {
      const t = await startTestService(options);
      open.push(async () => t.close());
      return t;
    },
    async receiving(reply) {
      const receiver = await startTestReceiver(reply);
      open.push(async () => receiver.close());
      return receiver;
    },
    async locking(t, statement) {
      const client = new Client({ connectionString: t.database.url });
      await client.connect();
      open.push(async () => client.end());
      await client.query(`begin; ${statement}`);
      return client;
    },
    closing: (close) => {
      open.push(close);
    },
  };
}

/** One service and one receiver for all tests of a file. */
export interface SharedJourney {
  readonly t: TestService;
  readonly receiver: TestReceiver;
  /** How often a notification, its changes and their ids are in the tables. */
  readonly count: (notification: string) => Promise<Counts>;
  /** The report of a delivery, as the receiver got it. */
  readonly reportOf: (delivery: string | null | undefined) => Promise<string>;
}

interface Counts {
  readonly changes: number;
  readonly deliveries: number;
  readonly taken: number;
}

/**
 * Starts a service and a receiver before the file's tests; before each, the entity's callbacks go to the
 * receiver, which acknowledges.
 */
export function sharedJourney(): SharedJourney {
  let t: TestService | null = null;
  let receiver: TestReceiver | null = null;
  beforeAll(async () => {
    receiver = await startTestReceiver();
    t = await startTestService();
  });
  afterAll(async () => {
    await t?.close();
    await receiver?.close();
  });
  const journey: SharedJourney = {
    get t() {
      return present(t);
    },
    get receiver() {
      return present(receiver);
    },
    async count(notification) {
      const [row] = await journey.t.rows<{ changes: number; deliveries: number; taken: number }>(
        `select (select count(*)::int from nt30.aoc_nt_canvis_estat where notificacio = $1) as changes,
           (select count(*)::int from nt30.aoc_nt_enviaments where notificacio = $1) as deliveries,
           (select count(*)::int from nt30.aoc_nt_canvis_rebuts r where exists (
             select from nt30.aoc_nt_canvis_estat c where c.notificacio = $1 and c.id = r.id)) as taken`,
        [notification],
      );
      return present(row ?? null);
    },
    reportOf: async (delivery) =>
      (await journey.receiver.first((request) => request.delivery === delivery)).report,
  };
  beforeEach(async () => {
    journey.receiver.reply = acknowledge;
    await journey.t.configure(journey.receiver.url);
  });
  return journey;
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the journey has not begun');
  return value;
}

let last = 910_000_000_000;

/** A notification that no other test of the file speaks of. */
export function fresh(): string {
  last += 1;
  return String(last);
}

/** One of the entities of a test that has several. */
export function entity(number: number) {
  return { organisation: String(9_900_000_000 + number), department: '1' };
}

/** So many changes of the entity of that number, each of a notification of its own. */
export function changes(count: number, of: number) {
  return Array.from({ length: count }, () => change({ notification: fresh(), entity: entity(of) }));
}

/** The same in an order that does not depend on how they came about. */
export function sorted(items: readonly unknown[]): string[] {
  return items
    .map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
    .sort((a, b) => (a < b ? -1 : Number(a > b)));
}
