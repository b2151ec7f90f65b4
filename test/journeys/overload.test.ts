import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, held } from '../support/receiver.ts';
import { TEST_KEY, type TestService } from '../support/service.ts';
import { createWatched } from '../support/watch.ts';

const { started, receiving, closing } = journeyTest();

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
  const blocking = new Client({ connectionString: t.database.url });
  await blocking.connect();
  await blocking.query('begin; lock table nt30.aoc_nt_canvis_rebuts in access exclusive mode');

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
  await blocking.end();

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
