/** Simulates days of trouble on a virtual clock, one seed after the other: `npm run simulate -- --seed 7 --count 1`. */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startPostgres } from '../../src/embedded/postgres.ts';
import { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { temporaryFolder } from '../support/folder.ts';
import { simulate, START_MS } from './simulation.ts';
import { openVirtualClock } from './virtual-clock.ts';

const USAGE = `npm run simulate -- [options]
  --seed N            the first seed; 1 if absent
  --count N           how many seeds, one after the other; 20 if absent
  --notifications N   how many live at a time; 40 if absent
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    notifications: { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});
const [seed, count, notifications] = [values.seed, values.count, values.notifications].map(Number);

if (values.help || !isCount(seed) || !isCount(count) || !isCount(notifications)) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await run(seed, count, notifications);
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1;
}

async function run(first: number, many: number, lives: number): Promise<number> {
  const folder = await temporaryFolder();
  const postgres = await startPostgres(folder, { settings: { fsync: 'off', synchronous_commit: 'off' } });
  const admin = new Client({ connectionString: postgres.url });
  await admin.connect();
  let failed = 0;
  try {
    for (let each = first; each < first + many; each += 1) {
      const name = `simulation_${each}`;
      await admin.query(`create database ${name}`);
      const url = new URL(`/${name}`, postgres.url).href;
      const said = await runSeed(url, each, lives);
      process.stdout.write(said.line);
      if (said.failed) failed += 1;
      await admin.query(`drop database ${name} with (force)`);
    }
  } finally {
    await admin.end();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${many - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function runSeed(url: string, each: number, lives: number): Promise<{ line: string; failed: boolean }> {
  const open = (): Database => new Database(url, { connections: 1, onError: () => undefined });
  const migrating = open();
  await migrate(migrating);
  await migrating.close();
  const clock = await openVirtualClock(url, START_MS);
  // Its connections are made after the clock: they see it.
  const db = open();
  try {
    const found = await simulate(db, clock, { seed: each, notifications: lives });
    return { line: `seed ${each}: ${JSON.stringify({ ...found, trace: undefined })}\n`, failed: false };
  } catch (error) {
    return { line: `${String(error)}\n`, failed: true };
  } finally {
    await db.close();
    await clock.close();
  }
}
