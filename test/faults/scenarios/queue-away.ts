import { setTimeout as delay } from 'node:timers/promises';
import { BrokenPromise } from '../parts/trial.ts';
import { isReady } from '../parts/service-process.ts';
import type { Scenario } from './scenario.ts';
import { startOutside } from './outside.ts';

/** How long the queue is away, in milliseconds. */
const AWAY_MS = 10_000;

/** The queue refuses every connection for 10 s; state changes are taken all the same. */
export const queueAway: Scenario = {
  name: 'queue-away',
  async run(trial) {
    const { env, queue } = await startOutside(trial);
    const service = trial.start(env);
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    await delay(1_500);

    const before = trial.takenSoFar();
    await queue.goAway();
    await delay(AWAY_MS);
    if (await isReady(service.url() ?? ''))
      throw new BrokenPromise('/health/ready is true without the queue');
    if (trial.takenSoFar() === before)
      throw new BrokenPromise('no change was taken while the queue was away');
    await queue.comeBack();
    await trial.untilReadyAgain(service);

    await delay(1_000);
    await trial.settle();
  },
};
