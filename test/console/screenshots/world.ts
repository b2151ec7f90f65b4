import { createClient } from '../../../src/commands/client.ts';
import { settleNeighbours } from '../../../src/commands/demo/neighbours.ts';
import { isRefusedFirst, Narrator, runLives } from '../../../src/commands/demo/run.ts';
import { NEIGHBOURS } from '../../../src/commands/demo/neighbours.ts';
import { REFUSED_FIRST } from '../../../src/commands/demo/scenario.ts';
import { trickle } from '../../../src/commands/demo/trickle.ts';
import { startReceiver } from '../../../src/receiver/receiver.ts';
import { TEST_KEY, type TestService } from '../../support/service.ts';

/** What the demo is made of, on a test’s service. */
interface World {
  /** A delivery that was refused first and acknowledged then. */
  readonly retried: string;
  /** A delivery that fails, and its notification. */
  readonly failing: string;
  readonly failingNotification: string;
  close(): Promise<void>;
}

/** Has a service live through the demo, and go on until each of its neighbours was sent to. */
export async function liveThroughDemo(t: TestService): Promise<World> {
  const stop = new AbortController();
  const cleanups: (() => Promise<void>)[] = [];
  const client = createClient(t.url, TEST_KEY);
  const receiver = await startReceiver({
    behave: ({ items }) => {
      const isFirst = items.some(({ notification: { id }, state }) => isRefusedFirst(id, state));
      return isFirst && !t.attempts.some(isOfRefused) ? 'refuse' : 'acknowledge';
    },
  });
  cleanups.push(async () => receiver.close());
  await runLives({
    client,
    receiverUrl: receiver.url,
    narrator: new Narrator(() => undefined),
    finished: { wait: async (delivery) => t.finished(delivery).then(() => true) },
    paceMs: 0,
    signal: stop.signal,
  });
  await settleNeighbours(client, cleanups, stop.signal);
  const flow = trickle(client, stop.signal).catch(() => undefined);
  const [fails, slow] = NEIGHBOURS;
  const failed = await t.attempted(({ organisation }) => organisation === fails?.organisation);
  await t.attempted(({ organisation }) => organisation === slow?.organisation);
  const retried = t.attempts.find(isOfRefused);
  return {
    retried: retried?.delivery ?? '',
    failing: failed.delivery,
    failingNotification: failed.notification ?? '',
    async close() {
      stop.abort();
      await flow;
      for (const cleanUp of cleanups.toReversed()) await cleanUp();
    },
  };
}

function isOfRefused({ notification, state }: TestService['attempts'][number]): boolean {
  return notification === REFUSED_FIRST.id && state === REFUSED_FIRST.state;
}
