import { afterEach, expect, it } from 'vitest';
import { Database } from '../../src/store/database.ts';
import { createDatabase } from '../support/database.ts';
import { simulate, START_MS, type Simulated } from './simulation.ts';
import { openVirtualClock } from './virtual-clock.ts';

const NOTIFICATIONS = 20;
const TIME_LIMIT_MS = 120_000;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function run(seed: number): Promise<Simulated> {
  const database = await createDatabase();
  closers.push(async () => database.drop());
  const clock = await openVirtualClock(database.url, START_MS);
  closers.push(async () => clock.close());
  const db = new Database(database.url, { connections: 1, onError: () => undefined });
  closers.push(async () => db.close());
  return simulate(db, clock, { seed, notifications: NOTIFICATIONS });
}

it(
  'keeps every promise through days of trouble, and tells the same story for the same seed',
  async () => {
    const first = await run(1);
    expect(first.deliveries).toBe(2 * NOTIFICATIONS);
    expect(first.attempts).toBeGreaterThan(first.deliveries);
    expect(Object.keys(first.harm).length).toBeGreaterThan(4);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).trace).not.toBe(first.trace);
  },
  TIME_LIMIT_MS,
);
