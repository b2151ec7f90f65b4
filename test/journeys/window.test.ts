import { describe, expect, it } from 'vitest';
import { START_WINDOW } from '../../src/domain/window.ts';
import { changes, entity, journeyTest, sorted } from '../support/journey.ts';
import { acknowledge, hang, httpStatus, refuse, type TestReceiver } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const { started, receiving } = journeyTest();

interface OriginRow {
  readonly size: number;
  readonly filled: number;
  readonly probed: boolean;
}

async function originOf(t: TestService, receiver: TestReceiver): Promise<OriginRow> {
  const [row] = await t.rows<OriginRow & { readonly id: string }>(
    `select finestra as size, sondeig_proper is not null as probed,
       (select count(*)::int from nt30.aoc_nt_enviaments e
        where e.origen = o.origen and situacio in ('queued', 'sending')) as filled
     from nt30.aoc_nt_origens o where adreca like $1`,
    [`%:${receiver.port}`],
  );
  if (row === undefined) throw new Error('there is no such origin');
  return row;
}

/** Sends changes one after the other until their failures have brought the origin's window to one. */
async function bringDown(t: TestService, receiver: TestReceiver): Promise<string[]> {
  const failed: string[] = [];
  while (failed.length === 0 || (await originOf(t, receiver)).size > 1) {
    const [delivery = null] = await t.take(...changes(1, 0));
    await t.attempted((event) => event.delivery === delivery);
    failed.push(String(delivery));
  }
  return failed;
}

describe('a server that does not answer', () => {
  it('holds up nobody but itself, and has no more than its window under way', async () => {
    const t = await started();
    const dead = await receiving();
    dead.reply = hang;
    const healthy = await Promise.all(Array.from({ length: 4 }, async () => receiving()));
    await t.configure(null, { endpoint: { url: dead.url, timeoutMs: 120_000 } }, entity(0));
    for (const [n, receiver] of healthy.entries()) await t.configure(receiver.url, {}, entity(n + 1));

    await t.take(...changes(60, 0));
    await dead.times(START_WINDOW);
    await t.take(...healthy.flatMap((_, n) => changes(40, n + 1)));
    await Promise.all(healthy.map(async (receiver) => receiver.times(40)));
    await t.attemptedTimes(160, ({ status }) => status === 'acknowledged');

    expect(dead.requests).toHaveLength(START_WINDOW);
    expect(t.attempts.filter(({ organisation }) => organisation === entity(0).organisation)).toEqual([]);
    expect(await originOf(t, dead)).toMatchObject({ size: START_WINDOW, filled: START_WINDOW });
    const { body } = await t.call(
      'GET',
      `/v1/deliveries?organisation=${entity(0).organisation}&status=waiting&limit=1`,
    );
    expect(body.items).toMatchObject([{ waitingFor: 'window' }]);
    // So that the service need not wait for them.
    await dead.close();
  });

  it('is soon only probed', async () => {
    const t = await started();
    const dead = await receiving();
    dead.reply = httpStatus(503);
    await t.configure(dead.url, {}, entity(0));
    await t.take(...changes(30, 0));
    await until(async () => ((await originOf(t, dead)).size === 1 ? true : null));
    const { filled, probed } = await until(async () => {
      const origin = await originOf(t, dead);
      return origin.filled === 0 ? origin : null;
    });
    expect({ filled, probed }).toEqual({ filled: 0, probed: true });
    // The window was eight, and each failure counted: most of the thirty were spared.
    expect(dead.requests.length).toBeLessThan(30);
  });
});

describe('an entity that refuses everything', () => {
  it('does not slow down those who share its server', async () => {
    const t = await started();
    const shared = await receiving();
    shared.reply = (request, response) =>
      (request.path.endsWith('/refuses') ? refuse('No') : acknowledge)(request, response);
    await t.configure(`${shared.url}/refuses`, { retryDelays: ['10ms', '10ms'] }, entity(0));
    await t.configure(`${shared.url}/takes`, {}, entity(1));
    await t.take(...changes(40, 0), ...changes(40, 1));
    await t.attemptedTimes(40, ({ status }) => status === 'acknowledged');
    await t.attemptedTimes(40, ({ status }) => status === 'exhausted');
    const { size } = await originOf(t, shared);
    expect(size).toBeGreaterThanOrEqual(START_WINDOW);
  });
});

describe('a server that lives again', () => {
  it('gets at once what had failed because of it, instead of when each backoff ends', async () => {
    const t = await started();
    const receiver = await receiving();
    receiver.reply = httpStatus(503);
    await t.configure(receiver.url, { retryDelays: ['1h', '1h'] }, entity(0));
    const waiting = await bringDown(t, receiver);
    expect(waiting.length).toBeGreaterThan(2);

    receiver.reply = acknowledge;
    // What comes new is the probe, when its time has come.
    const [probe] = await t.take(...changes(1, 0));
    expect(await t.delivery(probe ?? '')).toMatchObject({ status: 'waiting', waitingFor: 'window' });
    expect(receiver.requests).toHaveLength(waiting.length);
    await t.rows('update nt30.aoc_nt_origens set sondeig_proper = now()');
    await t.attemptedTimes(waiting.length + 1, ({ status }) => status === 'acknowledged');
    expect(receiver.requests[waiting.length]?.delivery).toBe(probe);
    const retried = receiver.requests.slice(waiting.length + 1);
    expect(sorted(retried.map(({ delivery, attempt }) => [delivery, attempt]))).toEqual(
      sorted(waiting.map((delivery) => [delivery, 2])),
    );
    expect((await originOf(t, receiver)).size).toBeGreaterThan(1);
  });

  it('does not get what it had refused for another reason before its time', async () => {
    const t = await started();
    const receiver = await receiving();
    receiver.reply = refuse('No');
    await t.configure(receiver.url, { retryDelays: ['1h', '1h'] }, entity(0));
    const [refused] = await t.take(...changes(1, 0));
    await t.attempted(({ delivery }) => delivery === refused);
    receiver.reply = httpStatus(503);
    const failed = await bringDown(t, receiver);
    receiver.reply = acknowledge;
    await t.take(...changes(1, 0));
    await t.rows('update nt30.aoc_nt_origens set sondeig_proper = now()');
    await t.attemptedTimes(failed.length + 1, ({ status }) => status === 'acknowledged');
    expect(await t.delivery(refused ?? '')).toMatchObject({
      status: 'retrying',
      attempts: 1,
      waitingFor: 'retry',
    });
  });

  it('does not get what asked for time by Retry-After before that has passed', async () => {
    const t = await started();
    const receiver = await receiving();
    receiver.reply = httpStatus(503, { 'retry-after': '1800' });
    await t.configure(receiver.url, { retryDelays: ['1h', '1h'] }, entity(0));
    const waiting = await bringDown(t, receiver);
    receiver.reply = acknowledge;
    await t.take(...changes(1, 0));
    await t.rows('update nt30.aoc_nt_origens set sondeig_proper = now()');
    await t.attemptedTimes(1, ({ status }) => status === 'acknowledged');
    const { nextAttemptAt } = await until(async () => {
      const delivery = await t.delivery(waiting[0] ?? '');
      return Date.parse(String(delivery.nextAttemptAt)) < Date.now() + 3_000_000 ? delivery : null;
    });
    expect(Date.parse(String(nextAttemptAt))).toBeGreaterThan(Date.now() + 1_700_000);
    expect(receiver.requests).toHaveLength(waiting.length + 1);
  });
});
