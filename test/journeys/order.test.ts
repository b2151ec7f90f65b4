import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import {
  acknowledge,
  held,
  httpStatus,
  refuse,
  startTestReceiver,
  type Reply,
  type TestReceiver,
} from '../support/receiver.ts';
import { startTestService, type TestService } from '../support/service.ts';

let t: TestService;
let receiver: TestReceiver;

beforeAll(async () => {
  t = await startTestService();
});

beforeEach(async () => {
  receiver = await startTestReceiver();
  await t.configure(receiver.url, { retryDelays: ['10m', '10m', '10m'] });
});

afterEach(async () => receiver.close());

afterAll(async () => t.close());

const statesSent = (notification: string): string[] =>
  receiver.requests.filter((request) => request.notification === notification).map(({ state }) => state);

/** Answers this state in its own way, all others by acknowledging. */
const only =
  (state: string, reply: Reply): Reply =>
  (request, response) =>
    (request.state === state ? reply : acknowledge)(request, response);

describe('the deliveries of one notification', () => {
  it('go out one after the other, in the order of their states, while those of others go beside', async () => {
    receiver.reply = (request, response) => {
      setTimeout(() => acknowledge(request, response), 5);
    };
    const notifications = Array.from({ length: 30 }, fresh);
    const states = ['DIPOSITADA', 'ACCEPTADA', 'ANUL·LADA'];
    for (const minute of [0, 1, 2]) {
      await t.take(
        ...notifications.map((notification) => change({ notification, minute, state: states[minute] ?? '' })),
      );
    }
    await receiver.times(90);
    await t.attemptedTimes(90, (event) => notifications.includes(event.notification ?? ''));
    expect(receiver.requests.map(({ besideOfNotification }) => besideOfNotification)).toEqual(
      Array.from({ length: 90 }, () => 0),
    );
    expect(Math.max(...receiver.requests.map(({ beside }) => beside))).toBeGreaterThan(0);
    for (const notification of notifications) {
      expect(statesSent(notification)).toEqual(states);
    }
  });

  it('wait for the first one, whatever becomes of it', async () => {
    const answers = held(refuse('No'));
    receiver.reply = only('DIPOSITADA', answers.reply);
    await t.configure(receiver.url, { retryDelays: ['20ms'] });
    const notification = fresh();
    const [first = '', second = ''] = await t
      .take(change({ notification }), change({ notification, minute: 1, state: 'ACCEPTADA' }))
      .then((ids) => ids.map(String));
    await receiver.first((request) => request.delivery === first);
    expect(await t.delivery(first)).toMatchObject({ status: 'sending', waitingFor: null });
    expect(await t.delivery(second)).toMatchObject({ status: 'waiting', waitingFor: 'earlier', attempts: 0 });
    answers.release();
    expect(await t.finished(first)).toMatchObject({ status: 'exhausted' });
    expect(await t.finished(second)).toMatchObject({ status: 'acknowledged' });
    expect(statesSent(notification)).toEqual(['DIPOSITADA', 'DIPOSITADA', 'ACCEPTADA']);
  });
});

describe('a change that comes late', () => {
  it('is sent after the later state that was sent already, and marked', async () => {
    const notification = fresh();
    const accepted = await t.deliver(change({ notification, minute: 9, state: 'ACCEPTADA' }));
    await t.finished(accepted);
    const deposited = await t.deliver(change({ notification, minute: 1 }));
    await t.finished(deposited);
    expect(await t.delivery(deposited)).toMatchObject({ status: 'acknowledged', late: true });
    expect(await t.delivery(accepted)).toMatchObject({ late: false });
    expect(statesSent(notification)).toEqual(['ACCEPTADA', 'DIPOSITADA']);
  });

  it('is marked while the later state is still being sent', async () => {
    const answers = held(acknowledge);
    receiver.reply = answers.reply;
    const notification = fresh();
    const accepted = await t.deliver(change({ notification, minute: 9, state: 'ACCEPTADA' }));
    await receiver.first((request) => request.delivery === accepted);
    const deposited = await t.deliver(change({ notification, minute: 1 }));
    expect(await t.delivery(deposited)).toMatchObject({ late: true, waitingFor: 'earlier' });
    answers.release();
    await t.finished(deposited);
  });

  it('goes before those that were not yet attempted', async () => {
    const answers = held(acknowledge);
    receiver.reply = only('DIPOSITADA', answers.reply);
    const notification = fresh();
    const deposited = await t.deliver(change({ notification, minute: 1 }));
    await receiver.first((request) => request.delivery === deposited);
    const cancelled = await t.deliver(change({ notification, minute: 9, state: 'ANUL·LADA' }));
    const accepted = await t.deliver(change({ notification, minute: 5, state: 'ACCEPTADA' }));
    expect(await t.delivery(accepted)).toMatchObject({ late: false });
    answers.release();
    await t.finished(cancelled);
    expect(statesSent(notification)).toEqual(['DIPOSITADA', 'ACCEPTADA', 'ANUL·LADA']);
  });
});

describe('a newer change', () => {
  it('brings the retry before it forward, once', async () => {
    receiver.reply = refuse('No');
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await t.attempted((event) => event.delivery === deposited);
    await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    const second = await t.attempted((event) => event.delivery === deposited && event.attempt === 2);
    await t.deliver(change({ notification, minute: 2, state: 'ANUL·LADA' }));
    const { nextAttemptAt, attempts } = await t.delivery(deposited);
    expect({ at: Date.parse(String(nextAttemptAt)), attempts }).toEqual({
      at: Math.round(second.nextAttemptAt ?? 0),
      attempts: 2,
    });
    expect(statesSent(notification)).toEqual(['DIPOSITADA', 'DIPOSITADA']);
  });

  it('does not bring it before what Retry-After asked for', async () => {
    receiver.reply = httpStatus(400, { 'retry-after': '300' });
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await t.attempted((event) => event.delivery === deposited);
    await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    const { nextAttemptAt, status, waitingFor } = await t.delivery(deposited);
    expect({ status, waitingFor }).toEqual({ status: 'retrying', waitingFor: 'retry' });
    const after = Date.parse(String(nextAttemptAt)) - Date.now();
    expect(after).toBeGreaterThan(280_000);
    expect(after).toBeLessThan(310_000);
  });

  it('does not bring it forward while its origin is only probed', async () => {
    receiver.reply = refuse('No');
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await t.attempted((event) => event.delivery === deposited);
    await t.rows(
      `update nt30.aoc_nt_origens set finestra = 1, sondeig_proper = now() + interval '1 hour' where adreca like $1`,
      [`%:${receiver.port}`],
    );
    await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    const { nextAttemptAt } = await t.delivery(deposited);
    expect(Date.parse(String(nextAttemptAt)) - Date.now()).toBeGreaterThan(500_000);
  });
});

describe('a delivery that is cancelled', () => {
  it('lets the next one go', async () => {
    receiver.reply = only('DIPOSITADA', refuse('No'));
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await t.attempted((event) => event.delivery === deposited);
    const failed = await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    await t.attempted((event) => event.delivery === deposited && event.attempt === 2);
    const cancel = await t.call('POST', `/v1/deliveries/${deposited}/cancel`, { reason: 'Ja no cal' });
    expect(cancel.status).toBe(200);
    expect(await t.finished(failed)).toMatchObject({ status: 'acknowledged' });
    expect(await t.delivery(deposited)).toMatchObject({ status: 'cancelled', attempts: 2 });
  });

  it('while it is being sent stays so, and the log says what the integrator answered', async () => {
    const answers = held(acknowledge);
    receiver.reply = only('DIPOSITADA', answers.reply);
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await receiver.first((request) => request.delivery === deposited);
    await t.call('POST', `/v1/deliveries/${deposited}/cancel`, {});
    const failed = await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    await t.finished(failed);
    answers.release();
    expect(await t.attempted((event) => event.delivery === deposited)).toMatchObject({
      outcome: 'acknowledged',
      status: null,
    });
    expect(await t.delivery(deposited)).toMatchObject({
      status: 'cancelled',
      attempts: 1,
      attemptList: [{ attempt: 1, outcome: 'acknowledged' }],
    });
  });
});

describe('a delivery that is sent again', () => {
  it('goes last in its notification’s line, with the same report under a key of its own', async () => {
    receiver.reply = only('ERROR', refuse('No'));
    const notification = fresh();
    const deposited = await t.deliver(change({ notification }));
    await t.finished(deposited);
    const failed = await t.deliver(change({ notification, minute: 1, state: 'ERROR' }));
    await t.attempted((event) => event.delivery === failed);
    const { status, body } = await t.call('POST', `/v1/deliveries/${deposited}/resend`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ resentFrom: deposited, waitingFor: 'earlier', state: 'DIPOSITADA' });
    const cancelled = await t.deliver(change({ notification, minute: 2, state: 'ANUL·LADA' }));
    await t.attempted((event) => event.delivery === failed && event.attempt === 2);
    await t.call('POST', `/v1/deliveries/${failed}/cancel`, {});
    await t.finished(String(body.id));
    await t.finished(cancelled);
    const [first, again] = [receiver.of(deposited)[0], receiver.of(String(body.id))[0]];
    expect(again?.report).toBe(first?.report);
    expect(again?.attempt).toBe(1);
  });
});
