import { setTimeout as delay } from 'node:timers/promises';
import { killPostgres } from '../parts/postgres-process.ts';
import { embed } from './kill.ts';
import type { Scenario } from './scenario.ts';
import { startOutside } from './outside.ts';

/** How long the server is away at the most, and how often it dies. */
const LONGEST_AWAY_MS = 2_000;
const DEATHS = 2;

/** PostgreSQL with all its processes is killed, and started again by whoever runs it. */
export const postgresKilled: Scenario = {
  name: 'postgres-killed',
  async run(trial) {
    const { env, postgres } = await startOutside(trial);
    const service = trial.start(env);
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    for (let left = DEATHS; left > 0; left -= 1) {
      await delay(trial.random.between(500, 3_000));
      postgres.kill();
      await delay(trial.random.between(0, LONGEST_AWAY_MS));
      await postgres.restart();
      await trial.untilReadyAgain(service);
    }
    await delay(1_000);
    await trial.settle();
  },
};

/** The same with the embedded server, which the service starts again by itself. */
export const embeddedKilled: Scenario = {
  name: 'embedded-killed',
  async run(trial) {
    const dataDir = embed(trial);
    const service = trial.start({ DATA_DIR: dataDir });
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    for (let left = DEATHS; left > 0; left -= 1) {
      await delay(trial.random.between(500, 3_000));
      killPostgres(dataDir);
      await trial.untilReadyAgain(service);
    }
    await delay(1_000);
    await trial.settle();
  },
};
