import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from './scenario.ts';
import { startOutside } from './outside.ts';

/** Between two kills, in milliseconds. */
const SHORTEST_MS = 200;
const LONGEST_MS = 2_500;

/** Of two services on one database and one queue now this one, now that one is killed and started again. */
export const killExternal: Scenario = {
  name: 'kill-external',
  kills: true,
  // Leases of 19 s are waited out.
  async run(trial, { kills }) {
    const { env } = await startOutside(trial);
    const services = [trial.start(env), trial.start(env)];
    await Promise.all(services.map(async (service) => trial.untilFirstReady(service)));
    await trial.beginLoad();
    for (let left = kills; left > 0; left -= 1) {
      await delay(trial.random.between(SHORTEST_MS, LONGEST_MS));
      const place = trial.random.between(0, 1);
      await services[place]?.kill();
      services[place] = trial.start(env);
      if (left === 1 || trial.random.chance(0.7)) {
        await Promise.all(services.map(async (service) => trial.untilReady(service)));
      }
    }
    await delay(500);
    await trial.settle();
  },
};
