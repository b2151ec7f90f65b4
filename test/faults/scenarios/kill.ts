import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { noteLastWish } from '../parts/leftovers.ts';
import { killPostgres } from '../parts/postgres-process.ts';
import type { Trial } from '../parts/trial.ts';
import type { Scenario } from './scenario.ts';

/** After a start: some kills come before it is ready. In milliseconds. */
const EARLIEST_KILL_MS = 100;
const LATEST_KILL_MS = 4_000;
const LATEST_FIRST_KILL_MS = 2_000;

/**
 * The whole process group of a service with embedded parts is killed: its PostgreSQL outlives it, and is taken
 * over by the next start, or dies with it.
 */
export const kill: Scenario = {
  name: 'kill',
  kills: true,
  async run(trial, { kills }) {
    const dataDir = embed(trial);
    let service = trial.start({ DATA_DIR: dataDir });
    // The first start, too, may be cut short: at any step of making the database.
    await delay(trial.random.between(0, LATEST_FIRST_KILL_MS));
    await service.kill();
    service = trial.start({ DATA_DIR: dataDir });
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    for (let left = kills; left > 0; left -= 1) {
      await delay(trial.random.between(EARLIEST_KILL_MS, LATEST_KILL_MS));
      await service.kill();
      if (trial.random.chance(0.5)) killPostgres(dataDir);
      service = trial.start({ DATA_DIR: dataDir });
      // The next kill may come before it is ready.
      if (left === 1 || trial.random.chance(0.7)) await trial.untilReady(service);
    }
    await delay(500);
    await trial.settle();
  },
};

/** Names the trial's data directory; the PostgreSQL in it ends with the trial. */
export function embed(trial: Trial): string {
  const dataDir = join(trial.folder, 'data');
  const end = (): void => killPostgres(dataDir);
  const forget = noteLastWish(end);
  trial.atEnd(async () => {
    end();
    forget();
    return Promise.resolve();
  });
  return dataDir;
}
