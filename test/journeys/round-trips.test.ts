import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseStateChange } from '../../src/api/state-changes/parse.ts';
import { createEngine, type Engine } from '../../src/delivery/engine.ts';
import type { AttemptEvent, Sender, SubmittedChange } from '../../src/delivery/ports.ts';
import { createSender } from '../../src/delivery/post/sender.ts';
import { THE_SERVICE } from '../../src/domain/audit.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-policy.ts';
import { createMetrics } from '../../src/metrics.ts';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';
import { readBacklog } from '../../src/store/backlog.ts';
import { putEntity } from '../../src/store/entities.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { change, entitySettings } from '../support/changes.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { createQueue, type TestQueue } from '../support/queue.ts';

const ORIGINS = 50;
const DELIVERIES = 100;

/**
 * The most statements for 100 deliveries, `begin` and `commit` included. In one piece they take about 25: intake
 * 5, a round of the relay 4, claims and their endpoints 2, completions 8 and the relay's look after them 3. The
 * messages come ten at a time, which divides claims and completions into up to five pieces, each of which wakes
 * the relay; and the relay looks four times a second.
 */
const MOST_STATEMENTS = 90;

/**
 * The most calls of the queue: a message for each origin makes 5 sends, 5 receives and 5 deletes of ten; a
 * round of the relay that sees a part of the deliveries, or a receive that finds few messages, adds some.
 */
const MOST_QUEUE_CALLS = 25;

let database: TestDatabase;
let queue: TestQueue;
let sender: Sender;
let engine: Engine;
const receivers: Server[] = [];
const attempts: AttemptEvent[] = [];
let recorded: () => void = () => undefined;

beforeAll(async () => {
  database = await createDatabase();
  queue = await createQueue();
  sender = createSender({ allowPrivateEndpoints: true, userAgent: 'enotum-callbacks/test' });
  const sealer = new Sealer(Buffer.alloc(32));
  const logger = pino({ level: 'silent' });
  for (let index = 0; index < ORIGINS; index += 1) {
    const url = `http://127.0.0.1:${await openReceiver()}/reports`;
    const settings = entitySettings(url);
    await putEntity(database.db, sealer, entity(index), () => settings, THE_SERVICE);
  }
  engine = createEngine({
    db: database.db,
    databaseUrl: database.url,
    queue: queue.queue,
    sender,
    sealer,
    serviceKey: null,
    roles: { relay: true, worker: true, scheduler: true },
    alone: false,
    retrySchedule: DEFAULT_RETRY_SCHEDULE,
    bodyRetentionMs: 86_400_000,
    dailyReportDelayMs: 300_000,
    logger,
    metrics: createMetrics(async () => readBacklog(database.db)),
    onAttempt(event) {
      attempts.push(event);
      recorded();
    },
  });
  await engine.start({ attemptsAreDead: false, queueIsEmpty: false });
});

afterAll(async () => {
  await engine.stop(1_000);
  await sender.close();
  queue.queue.close();
  for (const receiver of receivers) receiver.close();
  await database.drop();
});

it('a batch of 100 deliveries to 50 origins takes few database statements and queue calls', async () => {
  const before = statements();
  const callsBefore = calls();
  const all = new Promise<void>((resolve) => {
    recorded = () => {
      if (attempts.length === DELIVERIES) resolve();
    };
  });

  await engine.intake.submit(
    Array.from({ length: DELIVERIES }, (_, index) => submitted(index)),
    () => false,
  );
  await all;

  expect(attempts.every(({ outcome }) => outcome === 'acknowledged')).toBe(true);
  expect(statements() - before).toBeLessThanOrEqual(MOST_STATEMENTS);
  expect(calls() - callsBefore).toBeLessThanOrEqual(MOST_QUEUE_CALLS);
});

function statements(): number {
  const { statements: inside, transactions } = database.db.counters;
  return inside + 2 * transactions;
}

function calls(): number {
  const { send, receive, delete: deletes } = queue.queue.calls;
  return send + receive + deletes;
}

async function openReceiver(): Promise<number> {
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'text/xml; charset=utf-8').end(writeAcknowledgement());
    });
  }).listen(0, '127.0.0.1');
  receivers.push(receiver);
  await once(receiver, 'listening');
  const address = receiver.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return address.port;
}

function entity(index: number): { organisation: string; department: string } {
  return { organisation: String(9_900_000_001 + index), department: '1' };
}

function submitted(index: number): SubmittedChange {
  const body = change({ notification: String(900_000_000_001 + index), entity: entity(index % ORIGINS) });
  const parsed = parseStateChange(body, Date.now());
  if ('code' in parsed) throw new Error(`the change is bad: ${parsed.detail}`);
  return { line: index + 1, change: parsed };
}
