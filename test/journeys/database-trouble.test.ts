import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { startPostgres } from '../../src/embedded/postgres.ts';
import { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Answer } from '../support/answers.ts';
import { change } from '../support/changes.ts';
import { administer, createDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, held, type TestReceiver } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { canMount, mountSmallDisk, ownerOf, type SmallDisk } from '../support/small-disk.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/watch.ts';

const { started, receiving, locking, closing } = journeyTest();

// Each waits for a limit of the service's own.
vi.setConfig({ testTimeout: 90_000 });

/** Within this time after the end of the trouble the service is well again by itself, in milliseconds. */
const HEALED_MS = 10_000;

const many = (first: number, count: number): unknown[] =>
  Array.from({ length: count }, (_, n) => change({ notification: String(900_000_000_000 + first + n) }));

function expectUnavailable(answer: Answer): void {
  expect(answer).toMatchObject({ status: 503, body: { status: 503 } });
  expect(['unavailable', 'busy']).toContain(answer.body.code);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

/**
 * An attempt that is under way when the trouble begins. It has more time than the trouble lasts: a server that lets
 * three attempts wait in vain is only probed, half a minute later.
 */
async function underWay(t: TestService, receiver: TestReceiver) {
  await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 60_000 } });
  const answers = held(acknowledge);
  receiver.reply = answers.reply;
  const delivery = await t.deliver(change({ notification: '900000000001' }));
  await receiver.first((request) => request.delivery === delivery);
  return { delivery, release: () => answers.release() };
}

/** Repeats what was refused until it is taken, as a caller does; all must be ended, each sent once. */
async function heals(t: TestService, receiver: TestReceiver, refused: readonly unknown[], before: string) {
  const from = performance.now();
  await until(async () => ((await t.call('GET', '/health/ready')).status === 200 ? true : null));
  const taken = await until(async () => {
    const answer = await t.submit(refused);
    return answer.status === 202 ? answer : null;
  });
  expect(performance.now() - from).toBeLessThan(HEALED_MS);
  expect(taken.body.results).toHaveLength(refused.length);
  await t.attemptedTimes(refused.length + 1, ({ status }) => status === 'acknowledged');
  expect((await t.delivery(before)).status).toBe('acknowledged');
  const [row] = await t.rows<{ all: number; acknowledged: number }>(
    `select count(*)::int as all, count(*) filter (where situacio = 'acknowledged')::int as acknowledged
     from nt30.aoc_nt_enviaments`,
  );
  expect(row).toEqual({ all: refused.length + 1, acknowledged: refused.length + 1 });
  expect(receiver.requests).toHaveLength(refused.length + 1);
  expect(new Set(receiver.requests.map(({ delivery }) => delivery)).size).toBe(refused.length + 1);
}

if (!canMount) console.warn('A full disk is not tried here: only root on Linux may mount a small one.');

describe.runIf(canMount)('a full disk (runs where root may mount one)', () => {
  /** A database whose tables lie on a disk of 48 MB. */
  async function onSmallDisk(): Promise<{ database: TestDatabase; disk: SmallDisk }> {
    const [shown] = await administer('show data_directory');
    const disk = await mountSmallDisk(48, await ownerOf(String(shown?.['data_directory'])));
    closing(async () => disk.remove());
    const space = `small_${Date.now()}`;
    await administer(`create tablespace ${space} location '${disk.folder}'`);
    closing(async () => {
      await disk.free();
      await administer(`drop tablespace ${space}`);
    });
    return { database: await createDatabase(space), disk };
  }

  it('is told as unavailable, loses nothing that was accepted, and is over when there is room', async () => {
    const { database, disk } = await onSmallDisk();
    const receiver = await receiving();
    const t = await started({ database });
    const { delivery, release } = await underWay(t, receiver);
    await disk.fill();

    const batch = many(2, 300);
    expectUnavailable(await t.submit(batch));
    expect((await t.call('GET', '/health/live')).status).toBe(200);
    const ready = await t.call('GET', '/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { checks: { database: 'full' } } });
    // What is read is answered still.
    expect((await t.delivery(delivery)).status).toBe('sending');
    const [before] = await t.rows<{ at: string }>('select clock_timestamp()::text as at');
    release();
    // The end of the attempt was to be recorded, and there was no room.
    await until(async () => {
      const rows = await t.rows(
        `select from pg_stat_activity
         where datname = current_database() and query = 'rollback' and query_start > $1::timestamptz`,
        [before?.at],
      );
      return rows.length > 0 ? true : null;
    });

    await disk.free();
    await heals(t, receiver, batch, delivery);
  });
});

it('while others hold all connections, the service says so, and works again when they have gone', async () => {
  const folder = await temporaryFolder();
  closing(async () => rm(folder, { recursive: true, force: true }));
  const postgres = await startPostgres(folder, { settings: { max_connections: '40', fsync: 'off' } });
  closing(async () => postgres.stop());
  const db = new Database(postgres.url, { connections: 2, onError: () => undefined });
  await migrate(db);
  const receiver = await receiving();
  const t = await started({ database: { url: postgres.url, db, drop: async () => db.close() } });
  const { delivery, release } = await underWay(t, receiver);

  const others = await takeAllConnections(postgres.url);
  const batch = many(2, 10);
  expectUnavailable(await t.submit(batch));
  expect((await t.call('GET', '/health/ready')).status).toBe(503);
  expect((await t.call('GET', '/health/live')).status).toBe(200);
  release();
  await until(async () => (receiver.of(delivery)[0]?.ended() === true ? true : null));

  await Promise.all(others.map(async (client) => client.end()));
  await heals(t, receiver, batch, delivery);
});

/** Ends everybody else's connections, and takes each that is free. */
async function takeAllConnections(url: string): Promise<Client[]> {
  const others: Client[] = [];
  const open = async (): Promise<boolean> => {
    const client = new Client({ connectionString: url, application_name: 'others' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      others.push(client);
      return true;
    } catch {
      return false;
    }
  };
  await open();
  for (let ended = -1; ended !== 0;) {
    const { rows } = (await others[0]?.query<{ ended: number }>(
      `select count(pg_terminate_backend(pid))::int as ended from pg_stat_activity
       where backend_type = 'client backend' and application_name <> 'others'`,
    )) ?? { rows: [] };
    while (await open()) continue;
    ended = rows[0]?.ended ?? 0;
  }
  return others;
}

it('a database that does not answer is told as unavailable in time, and what it holds up goes on with it', async () => {
  const receiver = await receiving();
  const database = await createDatabase();
  const url = new URL(database.url);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${proxy.port}`;
  closing(async () => proxy.close());
  const t = await started({ database, settings: { databaseUrl: url.href } });
  const { delivery, release } = await underWay(t, receiver);

  proxy.stall();
  const batch = many(2, 10);
  const from = performance.now();
  // As more come than two transactions take, some wait in the process and some in the database.
  const told = Promise.all(Array.from({ length: 4 }, async () => t.submit(batch)));
  const read = t.call('GET', '/v1/deliveries');
  (await told).forEach(expectUnavailable);
  expect(performance.now() - from).toBeLessThan(20_000);
  expectUnavailable(await read);
  expect(performance.now() - from).toBeLessThan(20_000);
  expect((await t.call('GET', '/health/ready')).status).toBe(503);
  expect((await t.call('GET', '/health/live')).status).toBe(200);
  release();
  await until(async () => (receiver.of(delivery)[0]?.ended() === true ? true : null));

  proxy.flow();
  await heals(t, receiver, batch, delivery);
});

it('while somebody holds a lock on a table, intake is refused in time, and what is refused can be repeated', async () => {
  const receiver = await receiving();
  const t = await started();
  const { delivery, release } = await underWay(t, receiver);
  const blocking = await locking(t, 'lock table nt30.aoc_nt_canvis_rebuts in access exclusive mode');

  const batch = many(2, 10);
  const from = performance.now();
  const answers = await Promise.all(batch.map(async (one) => t.submit([one])));
  expect(performance.now() - from).toBeLessThan(20_000);
  answers.forEach(expectUnavailable);
  release();
  expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 1 });

  await blocking.end();
  await heals(t, receiver, batch, delivery);
});

it('while somebody holds a lock on one notification, its attempt waits to be recorded, and no other', async () => {
  const receiver = await receiving();
  const t = await started();
  const { delivery, release } = await underWay(t, receiver);
  const together = await t.take(...many(2, 7));
  await receiver.times(8);
  const blocking = await locking(
    t,
    'select from nt30.aoc_nt_notificacions where notificacio = 900000000001 for update',
  );

  // All eight end together, and are recorded together where nothing is in the way.
  release();
  await Promise.all(together.map(async (id) => t.finished(String(id))));
  await t.finished(await t.deliver(change({ notification: '900000000777' })));
  expect((await t.delivery(delivery)).status).toBe('sending');

  await blocking.query('commit');
  expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 1 });
});
