import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeAcknowledgement, writeFault } from '../../src/soap/write-answer.ts';
import { VERSION } from '../../src/version.ts';
import { change } from '../support/changes.ts';
import { fresh } from '../support/journey.ts';
import {
  acknowledge,
  fault,
  garbage,
  hang,
  httpStatus,
  inTurn,
  refuse,
  startTestReceiver,
  type Reply,
  type TestReceiver,
} from '../support/receiver.ts';
import { itemsOf } from '../support/answers.ts';
import { startTestService, type TestService } from '../support/service.ts';

let t: TestService;
const open: TestReceiver[] = [];

beforeAll(async () => {
  t = await startTestService();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(async (receiver) => receiver.close()));
});

afterAll(async () => t.close());

/** A receiver, and thereby an origin, of the test's own; the entity is configured to send there. */
async function receiving(reply: Reply, more: Readonly<Record<string, unknown>> = {}): Promise<TestReceiver> {
  const receiver = await startTestReceiver(reply);
  open.push(receiver);
  await t.configure(receiver.url, more);
  return receiver;
}

async function attemptsOf(delivery: string): Promise<Readonly<Record<string, unknown>>[]> {
  return itemsOf((await t.delivery(delivery)).attemptList);
}

describe('a delivery that is refused each time', () => {
  it('is attempted 1 + 6 times, and then exhausted', async () => {
    const receiver = await receiving(refuse('No és per a nosaltres'));
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.finished(delivery);
    expect(receiver.of(delivery).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await t.delivery(delivery)).toMatchObject({
      status: 'exhausted',
      waitingFor: null,
      attempts: 7,
      nextAttemptAt: null,
      lastOutcome: 'refused',
    });
    expect((await attemptsOf(delivery)).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('follows the schedule of its entity where that has one', async () => {
    const receiver = await receiving(fault('Avui no'), { retryDelays: ['10ms', '20ms'] });
    const delivery = await t.deliver(change({ notification: fresh() }));
    expect(await t.finished(delivery)).toMatchObject({ status: 'exhausted', attempt: 3 });
    expect(receiver.of(delivery)).toHaveLength(3);
  });

  it('follows a schedule that is changed meanwhile from its next failure on', async () => {
    const receiver = await receiving(refuse('No'), { retryDelays: ['1s', '10m'] });
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.attempted((event) => event.delivery === delivery);
    await t.configure(receiver.url, { retryDelays: ['1s'] });
    expect(await t.finished(delivery)).toMatchObject({ status: 'exhausted', attempt: 2 });
  });

  it('carries the same key and the same report each time, with the attempt’s number', async () => {
    const receiver = await receiving(inTurn(refuse('No'), fault('No'), garbage, acknowledge));
    const delivery = await t.deliver(change({ notification: fresh() }));
    expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 4 });
    const requests = receiver.of(delivery);
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(
      Array.from({ length: 4 }, () => delivery),
    );
    expect(requests.map(({ headers }) => headers['enotum-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(new Set(requests.map(({ report }) => report)).size).toBe(1);
  });
});

describe('an attempt', () => {
  it('is the contract’s HTTP request', async () => {
    const receiver = await receiving(acknowledge);
    const delivery = await t.deliver(change({ notification: fresh() }));
    await t.finished(delivery);
    const [request] = receiver.of(delivery);
    expect(request).toMatchObject({ method: 'POST', path: '/reports' });
    expect(request?.headers).toMatchObject({
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'text/xml; charset=utf-8',
      'content-length': String(request?.body.length),
      soapaction: '"http://www.openuri.org/clientRequestwithReturn"',
      'idempotency-key': delivery,
      'enotum-attempt': '1',
      'user-agent': `enotum-callbacks/${VERSION}`,
    });
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(request?.headers['expect']).toBeUndefined();
  });

  const answer =
    (status: number, body: string): Reply =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    };

  it.each<[string, Reply, Readonly<Record<string, unknown>>]>([
    [
      'an Error element',
      refuse('No'),
      { outcome: 'refused', errorCode: 'error-element', httpStatus: 200, errorText: 'No' },
    ],
    [
      'an empty Error element',
      refuse(''),
      { outcome: 'refused', errorCode: 'error-element', httpStatus: 200 },
    ],
    [
      'a Fault',
      fault('Ha fallat'),
      {
        outcome: 'faulted',
        errorCode: 'soap-fault',
        httpStatus: 500,
        errorText: 'soapenv:Server: Ha fallat',
      },
    ],
    [
      'a Fault with status 200',
      answer(200, writeFault('Ha fallat')),
      { outcome: 'faulted', httpStatus: 200 },
    ],
    ['HTTP 500', httpStatus(500), { outcome: 'http-error', errorCode: 'http-500', httpStatus: 500 }],
    ['HTTP 404', httpStatus(404), { outcome: 'http-error', errorCode: 'http-404', httpStatus: 404 }],
    ['HTTP 401', httpStatus(401), { outcome: 'http-error', errorCode: 'http-401', httpStatus: 401 }],
    [
      'an acknowledgement with HTTP 500',
      answer(500, writeAcknowledgement()),
      { outcome: 'http-error', httpStatus: 500 },
    ],
    ['a web page', garbage, { outcome: 'unreadable', errorCode: 'not-soap', httpStatus: 200 }],
    ['nothing', answer(200, ''), { outcome: 'unreadable', errorCode: 'not-soap', httpStatus: 200 }],
    [
      'broken XML',
      answer(200, writeAcknowledgement().slice(0, -20)),
      { outcome: 'unreadable', httpStatus: 200 },
    ],
    [
      'an answer that is cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('<s:Envelope', () => response.destroy());
      },
      { outcome: 'unreadable', errorCode: 'answer-incomplete', httpStatus: 200 },
    ],
    [
      'the end of the connection',
      (_request, response) => {
        response.destroy();
      },
      { outcome: 'unreachable', errorCode: 'connection-lost', httpStatus: null },
    ],
  ])('that is answered by %s failed so, and is made again', async (_, reply, expected) => {
    await receiving(inTurn(reply, acknowledge));
    const delivery = await t.deliver(change({ notification: fresh() }));
    expect(await t.finished(delivery)).toMatchObject({ status: 'acknowledged', attempt: 2 });
    const first = (await attemptsOf(delivery)).find(({ attempt }) => attempt === 1);
    expect(first).toMatchObject(expected);
  });

  it('that nobody answers ends when its time is up', async () => {
    const receiver = await startTestReceiver(inTurn(hang, acknowledge));
    open.push(receiver);
    await t.configure(null, { endpoint: { url: receiver.url, timeoutMs: 1_000 } });
    const delivery = await t.deliver(change({ notification: fresh() }));
    const first = await t.attempted((event) => event.delivery === delivery);
    expect(first).toMatchObject({ outcome: 'unreachable', errorCode: 'answer-timeout', httpStatus: null });
    expect(first.durationMs).toBeGreaterThanOrEqual(1_000);
    expect(first.durationMs).toBeLessThan(4_000);
    await t.finished(delivery);
  });

  it('to where nobody listens is refused by the machine there', async () => {
    const receiver = await receiving(acknowledge);
    await receiver.close();
    open.splice(0);
    const delivery = await t.deliver(change({ notification: fresh() }));
    expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'connect-refused',
      httpStatus: null,
      status: 'retrying',
    });
  });

  it.each([301, 302, 307, 308])('never follows a redirect (%i)', async (status) => {
    const elsewhere = await startTestReceiver();
    open.push(elsewhere);
    const receiver = await receiving(inTurn(httpStatus(status, { location: elsewhere.url }), acknowledge));
    const delivery = await t.deliver(change({ notification: fresh() }));
    expect(await t.attempted((event) => event.delivery === delivery)).toMatchObject({
      outcome: 'http-error',
      errorCode: `http-${status}`,
    });
    await t.finished(delivery);
    expect(elsewhere.requests).toEqual([]);
    expect(receiver.of(delivery)).toHaveLength(2);
  });
});

describe('Retry-After', () => {
  /** How long after the first attempt the second is planned, in milliseconds. */
  async function plannedAfter(reply: Reply, retryDelays: string[]): Promise<number> {
    await receiving(reply, { retryDelays });
    const delivery = await t.deliver(change({ notification: fresh() }));
    const before = Date.now();
    const { nextAttemptAt } = await t.attempted((event) => event.delivery === delivery);
    return (nextAttemptAt ?? 0) - before;
  }

  it('puts the next attempt off', async () => {
    const planned = await plannedAfter(httpStatus(503, { 'retry-after': '120' }), ['1s', '1h']);
    expect(planned).toBeGreaterThan(115_000);
    expect(planned).toBeLessThan(130_000);
  });

  it('cannot put it off beyond the next step of the schedule', async () => {
    const planned = await plannedAfter(httpStatus(429, { 'retry-after': '86400' }), ['1s', '10m']);
    expect(planned).toBeGreaterThan(590_000);
    expect(planned).toBeLessThan(610_000);
  });

  it('does not bring it forward', async () => {
    const planned = await plannedAfter(httpStatus(503, { 'retry-after': '1' }), ['10m']);
    expect(planned).toBeGreaterThan(530_000);
  });
});
