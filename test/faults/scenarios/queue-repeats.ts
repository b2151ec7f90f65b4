import { setTimeout as delay } from 'node:timers/promises';
import { BrokenPromise } from '../parts/trial.ts';
import type { Scenario } from './scenario.ts';
import { startOutside } from './outside.ts';

/** How long the queue repeats itself, in milliseconds. */
const LOAD_MS = 6_000;

/** Each message comes at least three times: it is sent twice, and comes again after it was deleted. */
export const queueRepeats: Scenario = {
  name: 'queue-repeats',
  async run(trial) {
    const { env, queue } = await startOutside(trial);
    queue.state.repeating = true;
    const services = [trial.start(env), trial.start(env)];
    await Promise.all(services.map(async (service) => trial.untilFirstReady(service)));
    await trial.beginLoad();
    await delay(LOAD_MS);
    await trial.settle();
    trial.say(`${queue.state.received} messages received, of ${queue.state.sent} sent by the service`);
    if (queue.state.received < queue.state.sent * 2)
      throw new BrokenPromise('the queue did not repeat its messages');
  },
};
