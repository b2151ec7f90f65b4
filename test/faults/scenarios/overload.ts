import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { ADMIN_KEY } from '../parts/client.ts';
import { ORGANISATION } from '../parts/lives.ts';
import { BrokenPromise, seconds, type Trial } from '../parts/trial.ts';
import { embed } from './kill.ts';
import type { Scenario } from './scenario.ts';

/** Callers that never stop, with requests of so many changes: three times what may wait to be written. */
const CALLERS = 30;
const BATCH = 1_000;
/** It goes on until so many requests were refused, and so many callbacks came meanwhile. */
const REFUSALS = 60;
const CALLBACKS = 30;
const LIMIT_MS = 60_000;
/** Before a refused caller asks again: as soon as the callers of the load, who would else never come in. */
const AGAIN_MS = 100;

/** Notifications that are only registered: nobody is told of these. */
const FIRST_NOTIFICATION = 990_000_000_000;

/** What a flood met. */
interface Flood {
  taken: number;
  refused: number;
  readonly others: string[];
}

/** Far more changes come than can be taken: the rest is refused, callbacks go on, and nothing that was taken is lost. */
export const overload: Scenario = {
  name: 'overload',
  async run(trial) {
    const service = trial.start({ DATA_DIR: embed(trial) });
    await trial.untilFirstReady(service);
    await trial.beginLoad();
    await delay(1_000);
    const url = service.url();
    if (url === null) throw new Error('a service that is ready has an address');

    const met: Flood = { taken: 0, refused: 0, others: [] };
    const stopping = new AbortController();
    const from = performance.now();
    const seenBefore = seen(trial);
    let next = FIRST_NOTIFICATION;
    const callers = Promise.all(
      Array.from({ length: CALLERS }, async () => {
        while (!stopping.signal.aborted) {
          next += BATCH;
          if (!(await flood(url, next, met))) await delay(AGAIN_MS);
        }
      }),
    );
    while (met.refused < REFUSALS || seen(trial) - seenBefore < CALLBACKS) {
      if (performance.now() - from > LIMIT_MS || met.others.length > 0) break;
      await delay(50);
    }
    const came = seen(trial) - seenBefore;
    stopping.abort();
    await callers;
    trial.say(
      `${met.taken} changes of the flood were taken, ${met.refused * BATCH} refused, ${came} callbacks came in ${seconds(performance.now() - from)}`,
    );
    if (met.others.length > 0)
      throw new BrokenPromise(`a request of the flood was answered ${met.others[0]}`);
    if (met.refused < REFUSALS) throw new BrokenPromise('nothing of the flood was refused');
    if (came < CALLBACKS) throw new BrokenPromise('callbacks did not go on');
    await trial.settle();
  },
};

function seen(trial: Trial): number {
  return trial.receivers.reduce((sum, receiver) => sum + receiver.seen.length, 0);
}

/** One request of the flood, whose Retry-After is not heeded; says whether it was taken. */
async function flood(url: string, first: number, met: Flood): Promise<boolean> {
  const occurredAt = new Date().toISOString();
  const lines = Array.from({ length: BATCH }, (_, index) =>
    JSON.stringify({
      id: `flood-${first + index}`,
      occurredAt,
      state: 'REGISTRADA',
      notification: {
        id: String(first + index),
        kind: 'NOTIFICACIO',
        origin: 'INTEGRACIO',
        reference: 'FLOOD',
        entity: { organisation: ORGANISATION, department: '1' },
      },
    }),
  );
  const response = await fetch(new URL('/v1/state-changes', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  const text = await response.text();
  if (response.status === 202) met.taken += BATCH;
  else if (response.status === 503 && Number(response.headers.get('retry-after')) > 0) met.refused += 1;
  else met.others.push(`${response.status} ${text}`);
  return response.status === 202;
}
