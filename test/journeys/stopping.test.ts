import { describe, expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { journeyTest } from '../support/journey.ts';
import { acknowledge, hang, held, inTurn, refuse } from '../support/receiver.ts';
import { itemsOf } from '../support/answers.ts';
import type { TestService } from '../support/service.ts';

const { started, receiving } = journeyTest();

async function rowsOf(t: TestService, delivery: string): Promise<unknown[]> {
  return itemsOf((await t.delivery(delivery)).attemptList)
    .map(({ attempt, outcome, errorCode }) => ({ attempt, outcome, errorCode }))
    .sort((a, b) => Number(a.attempt) - Number(b.attempt));
}

/** As if the process that sends it had ended long ago. */
async function expireLease(t: TestService, delivery: string): Promise<void> {
  await t.rows(
    `update nt30.aoc_nt_enviaments set arrendament = now() - interval '1 second'
     where enviament = $1 and situacio = 'sending'`,
    [delivery],
  );
}

describe('a service that stops', () => {
  it('lets an attempt under way end, and records it', async () => {
    const receiver = await receiving();
    const answers = held(acknowledge);
    receiver.reply = answers.reply;
    const t = await started();
    await t.configure(receiver.url);
    const delivery = await t.deliver(change());
    await receiver.first(() => true);
    const stopped = t.stop();
    answers.release();
    await stopped;
    expect(t.attempts).toMatchObject([{ delivery, outcome: 'acknowledged', status: 'acknowledged' }]);
    const [row] = await t.rows('select situacio, intents, arrendament from nt30.aoc_nt_enviaments');
    expect(row).toEqual({ situacio: 'acknowledged', intents: 1, arrendament: null });
  });

  it('gives back an attempt that hangs, and the next start sends it again under the same key', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(hang, acknowledge);
    const t = await started();
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 60_000 } });
    const delivery = await t.deliver(change());
    await receiver.first(() => true);
    const from = Date.now();
    await t.stop();
    expect(Date.now() - from).toBeLessThan(10_000);
    expect(t.attempts).toMatchObject([{ outcome: 'interrupted', errorCode: 'stopped', status: 'retrying' }]);

    const next = await started({ beside: t });
    expect(await next.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 2 });
    expect(receiver.of(delivery).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(await rowsOf(next, delivery)).toEqual([
      { attempt: 1, outcome: 'interrupted', errorCode: 'stopped' },
      { attempt: 2, outcome: 'acknowledged', errorCode: null },
    ]);
    const [spent] = await t.rows('select gastats, interrupcions from nt30.aoc_nt_enviaments');
    expect(spent).toEqual({ gastats: 0, interrupcions: 1 });
  });

  it('takes nothing more, and stops again without harm', async () => {
    const t = await started();
    await t.stop();
    await expect(t.submit([change()])).rejects.toThrow('fetch failed');
    await t.service.stop();
  });
});

describe('an attempt whose lease runs out', () => {
  it('counts as interrupted and is sent again; three of these spend nothing', async () => {
    const receiver = await receiving();
    receiver.reply = inTurn(hang, hang, hang, acknowledge);
    const t = await started();
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 60_000 } });
    const delivery = await t.deliver(change());
    for (const attempt of [1, 2, 3]) {
      await receiver.first((request) => request.attempt === attempt);
      await expireLease(t, delivery);
    }
    expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 4 });
    expect(await rowsOf(t, delivery)).toEqual([
      { attempt: 1, outcome: 'interrupted', errorCode: 'lease-expired' },
      { attempt: 2, outcome: 'interrupted', errorCode: 'lease-expired' },
      { attempt: 3, outcome: 'interrupted', errorCode: 'lease-expired' },
      { attempt: 4, outcome: 'acknowledged', errorCode: null },
    ]);
    const [spent] = await t.rows('select gastats, interrupcions from nt30.aoc_nt_enviaments');
    expect(spent).toEqual({ gastats: 0, interrupcions: 3 });
    await receiver.close();
  });

  it('and was acknowledged after all ends its delivery, unless that is being sent again', async () => {
    const receiver = await receiving();
    const first = held(acknowledge);
    receiver.reply = inTurn(first.reply, refuse('No'));
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await t.configure(receiver.url);
    const notification = '900000000777';
    const delivery = await t.deliver(change({ notification }));
    const next = await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    await receiver.first((request) => request.attempt === 1);
    await expireLease(t, delivery);
    await t.attempted((event) => event.attempt === 2 && event.outcome === 'refused');
    expect(await t.delivery(delivery)).toMatchObject({ status: 'retrying', attempts: 2 });

    receiver.reply = acknowledge;
    first.release();
    await t.finished(delivery);
    expect(await t.delivery(delivery)).toMatchObject({ status: 'acknowledged', attempts: 2 });
    expect(await rowsOf(t, delivery)).toEqual([
      { attempt: 1, outcome: 'acknowledged', errorCode: null },
      { attempt: 2, outcome: 'refused', errorCode: 'error-element' },
    ]);
    expect(await t.finished(next)).toMatchObject({ status: 'acknowledged' });
  });

  it('and was refused after all turns its own row, and nothing else', async () => {
    const receiver = await receiving();
    const first = held(refuse('No'));
    receiver.reply = inTurn(first.reply, refuse('Tampoc'));
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await t.configure(receiver.url);
    const delivery = await t.deliver(change());
    await receiver.first((request) => request.attempt === 1);
    await expireLease(t, delivery);
    await t.attempted((event) => event.attempt === 2);
    const before = await t.delivery(delivery);
    first.release();
    expect(await t.attempted((event) => event.attempt === 1 && event.outcome === 'refused')).toMatchObject({
      status: null,
    });
    const { attemptList: _before, ...same } = before;
    expect(await t.delivery(delivery)).toMatchObject(same);
    expect(await rowsOf(t, delivery)).toEqual([
      { attempt: 1, outcome: 'refused', errorCode: 'error-element' },
      { attempt: 2, outcome: 'refused', errorCode: 'error-element' },
    ]);
  });

  it('while a second one is under way does not end it: the second tells for itself', async () => {
    const receiver = await receiving();
    const [first, second] = [held(acknowledge), held(refuse('No'))];
    receiver.reply = inTurn(first.reply, second.reply);
    const t = await started({ settings: { retrySchedule: [3_600_000] } });
    await t.configure(receiver.url);
    const delivery = await t.deliver(change());
    await receiver.first((request) => request.attempt === 1);
    await expireLease(t, delivery);
    await receiver.first((request) => request.attempt === 2);
    first.release();
    await t.attempted((event) => event.attempt === 1 && event.outcome === 'acknowledged');
    expect(await t.delivery(delivery)).toMatchObject({ status: 'sending', attempts: 2 });
    second.release();
    await t.attempted((event) => event.attempt === 2);
    expect(await rowsOf(t, delivery)).toEqual([
      { attempt: 1, outcome: 'acknowledged', errorCode: null },
      { attempt: 2, outcome: 'refused', errorCode: 'error-element' },
    ]);
  });
});
