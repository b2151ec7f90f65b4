import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { MAX_WINDOW } from '../../src/domain/window.ts';
import { changes, entity, journeyTest } from '../support/journey.ts';
import { until } from '../support/watch.ts';

const { started, receiving, locking } = journeyTest();

/** More than the service holds of attempts that have ended and are not recorded. */
const HELD = 250;
const ENTITIES = 5;

it('while attempts cannot be recorded, some are held, and what is due waits in the queue instead of becoming more of them', async () => {
  const t = await started();
  const receivers = await Promise.all(Array.from({ length: ENTITIES + 1 }, async () => receiving()));
  for (const [n, { url }] of receivers.entries()) await t.configure(url, {}, entity(n));
  await t.rows('update nt30.aoc_nt_origens set finestra = $1', [MAX_WINDOW]);
  const blocking = await locking(t, 'lock table nt30.aoc_nt_logs_comunicacio in exclusive mode');

  const [last, ...others] = receivers.toReversed();
  await t.take(...others.flatMap((_, n) => changes(HELD / ENTITIES, n)));
  await Promise.all(others.map(async (receiver) => receiver.times(HELD / ENTITIES)));
  await t.take(...changes(20, ENTITIES));
  await until(async () => {
    const [row] = await t.rows<{ queued: number }>(
      `select count(*)::int as queued from nt30.aoc_nt_enviaments where situacio = 'queued'`,
    );
    return row?.queued === 20 ? row : null;
  });
  // That nothing comes is no event: what is queued is otherwise claimed within some milliseconds.
  await delay(500);
  expect(last?.requests).toEqual([]);
  expect(t.attempts).toEqual([]);

  await blocking.query('commit');
  await t.attemptedTimes(HELD + 20, ({ status, attempt }) => status === 'acknowledged' && attempt === 1);
  expect(last?.requests).toHaveLength(20);
});
