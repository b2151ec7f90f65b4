import { setTimeout as delay } from 'node:timers/promises';
import { PROMISED_MS, type ServiceProcess } from '../parts/service-process.ts';
import { BrokenPromise, type Trial } from '../parts/trial.ts';
import { embed } from './kill.ts';
import type { Scenario } from './scenario.ts';

/** Slower than what a stop grants to attempts under way, faster than their own time limit; in milliseconds. */
const SLOW_MS = 7_000;

/** SIGTERM under load ends the service in time, and interrupts nothing but what is slower than the grace. */
export const sigterm: Scenario = {
  name: 'sigterm',
  attemptLimitMs: 20_000,
  async run(trial) {
    const dataDir = embed(trial);
    let service = trial.start({ DATA_DIR: dataDir });
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    await delay(trial.random.between(1_000, 3_000));
    await stop(service);
    service = trial.start({ DATA_DIR: dataDir });
    await trial.untilReady(service);
    const interrupted = await trial.attemptsThatWere('interrupted');
    if (interrupted > 0) throw new BrokenPromise(`the stop interrupted ${interrupted} attempts`);

    await interruptSlowOnes(trial, service);
    service = trial.start({ DATA_DIR: dataDir });
    await trial.untilReady(service);
    if ((await trial.attemptsThatWere('interrupted')) === 0) {
      throw new BrokenPromise('attempts slower than the stop’s grace were not given back');
    }
    await delay(500);
    await trial.settle();
  },
};

async function interruptSlowOnes(trial: Trial, service: ServiceProcess): Promise<void> {
  for (const receiver of trial.receivers) receiver.delayAll(SLOW_MS);
  await delay(1_000);
  await stop(service);
  for (const receiver of trial.receivers) receiver.delayAll(0);
}

async function stop(service: ServiceProcess): Promise<void> {
  const { code, ms } = await service.terminate();
  if (code !== 0) throw new BrokenPromise(`SIGTERM ended the service with exit code ${code}`);
  if (ms > PROMISED_MS) throw new BrokenPromise(`SIGTERM took ${Math.round(ms)} ms to end the service`);
}
