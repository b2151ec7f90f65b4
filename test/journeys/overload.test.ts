import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, held } from '../support/receiver.ts';
import { TEST_KEY, type TestService } from '../support/service.ts';
import { createWatched, until } from '../support/watch.ts';

const { started, receiving, locking, closing } = journeyTest();

/**
 * Two transactions take 1,000 changes each, one where the process is busy, and from 9,000 to 10,000 wait: this many
 * batches of 1,000 are too many.
 */
const BATCHES = 16;
const MOST_TAKEN = 12;
const LEAST_TAKEN = 10;

function batch(number: number): unknown[] {
  return Array.from({ length: 1_000 }, (_, n) =>
    change({ notification: String(900_000_000_000 + number * 1_000 + n), facts: {} }),
  );
}

it('while the database takes nothing more, intake refuses what it cannot hold, deliveries go on, and what was taken is kept', async () => {
  const receiver = await receiving();
  const answers = held(acknowledge);
  receiver.reply = answers.reply;
  const t = await started();
  await t.configure(receiver.url, { online: true });
  const before = await t.deliver(change({ notification: '900000000001' }));
  await receiver.first(({ delivery }) => delivery === before);
  await t.configure(receiver.url, { online: false });
  const blocking = await locking(t, 'lock table nt30.aoc_nt_canvis_rebuts in access exclusive mode');

  const refusals = createWatched<number>();
  const submitted = Array.from({ length: BATCHES }, async (_, number) => {
    const answer = await t.submit(batch(number));
    if (answer.status === 503) refusals.note(number);
    return answer;
  });
  await refusals.times(BATCHES - MOST_TAKEN, () => true);
  // What is being sent is not held up by what cannot be written.
  answers.release();
  expect(await t.finished(before)).toMatchObject({ status: 'acknowledged' });
  await blocking.query('rollback');

  const all = await Promise.all(submitted);
  for (const answer of all) {
    if (answer.status === 202) expect(answer.body).toMatchObject({ accepted: 1_000, duplicates: 0 });
    else {
      expect(answer).toMatchObject({ status: 503, body: { code: 'busy' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  }
  const taken = all.filter(({ status }) => status === 202).length;
  expect(taken).toBeLessThanOrEqual(MOST_TAKEN);
  expect(taken).toBeGreaterThanOrEqual(LEAST_TAKEN);
  const again = await t.submit(batch(refusals.items[0] ?? -1));
  expect(again).toMatchObject({ status: 202, body: { accepted: 1_000, duplicates: 0 } });
});

/** Begins a request with a long body, and sends only a part of it. */
async function beginLong({ url }: TestService): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /v1/state-changes HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${TEST_KEY}\r\n` +
      'content-type: application/x-ndjson\r\ncontent-length: 9999999\r\n\r\n{',
  );
  return socket;
}

async function firstBytes(socket: Socket): Promise<string> {
  const [bytes] = await once(socket, 'data');
  return String(bytes);
}

it('more bodies than can be held at once are refused before they are read, and their room comes back', async () => {
  const t = await started();
  const sockets = await Promise.all(Array.from({ length: 7 }, async () => beginLong(t)));
  closing(async () => sockets.forEach((socket) => socket.destroy()));
  const refused = await Promise.race(sockets.map(async (socket) => firstBytes(socket)));
  expect(refused).toMatch(/^HTTP\/1\.1 503 /);
  expect(refused).toContain('"code":"busy"');
  // What has no body is not refused.
  expect((await t.call('GET', '/v1/deliveries')).status).toBe(200);

  const ends = sockets.map(async (socket) => once(socket, 'close'));
  for (const socket of sockets) socket.destroy();
  await Promise.all(ends);
  const taken = await t.submit([change({ notification: '900000000001' })]);
  expect(taken.status).toBe(202);
});

/** How many statements wait for the lock that `blocking` has. */
async function waitingFor(blocking: Client): Promise<number> {
  const { rows } = await blocking.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

/** Resolves once the service has seen all that reached it before: what comes first is read first. */
async function seen(t: TestService): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await t.call('GET', '/v1/deliveries');
}

it('what a caller sent who has hung up before it was begun is not taken, and its repeat is', async () => {
  const t = await started();
  const blocking = await locking(t, 'lock table nt30.aoc_nt_canvis_rebuts in access exclusive mode');
  // Two transactions are under way at once; what comes then waits for one of them.
  const taken: Promise<unknown>[] = [];
  for (const number of [1, 2]) {
    taken.push(t.submit([change({ notification: `90000000000${number}` })]));
    await until(async () => ((await waitingFor(blocking)) === number ? true : null));
  }
  const late = change({ notification: '900000000003' });
  const leaving = new AbortController();
  const left = fetch(`${t.url}/v1/state-changes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(late),
    signal: leaving.signal,
  });
  const refused = expect(left).rejects.toThrow('aborted');
  await seen(t);
  const stays = t.submit([change({ notification: '900000000004' })]);
  leaving.abort();
  await refused;
  await seen(t);
  await blocking.query('rollback');

  await Promise.all([...taken, stays]);
  const known = await t.rows('select notificacio from nt30.aoc_nt_notificacions order by notificacio');
  expect(known.map(({ notificacio }) => Number(notificacio) % 10)).toEqual([1, 2, 4]);
  expect(await t.submit([late])).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 0 } });
});
