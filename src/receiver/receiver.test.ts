import { afterEach, describe, expect, it } from 'vitest';
import { sendingTest } from '../../test/support/sending.ts';
import { DEFAULT_ENDPOINT } from '../domain/entity.ts';
import type { Report } from '../domain/report.ts';
import { writeEnvelope } from '../soap/envelope.ts';
import { writeReport40 } from '../soap/report-40.ts';
import { describeReport } from './describe.ts';
import { failFirst, startReceiver, type Behaviour, type Receiver, type ReceiverOptions } from './receiver.ts';

const REPORT: Report = {
  kind: 'OnLine',
  issuer: {
    organisation: '9900000001',
    department: '1',
    organisationName: 'Ajuntament Inventat',
    departmentName: 'Secretaria',
    backOffice: null,
  },
  date: '2026-11-24',
  items: [
    {
      state: 'ACCEPTADA',
      occurredAt: '2026-11-24T10:15:30.123+01:00',
      notification: {
        id: '900000000001',
        kind: 'NOTIFICACIO',
        backOffice: null,
        reference: 'EXP-2026/0001',
        issuerReference: null,
        channel: null,
        expirationDays: null,
        registry: null,
      },
      signer: {
        type: 'interested',
        party: {
          person: {
            document: { type: 'NIF', number: '00000000T', country: null },
            fullName: 'Persona Inventada',
          },
        },
      },
      channelChange: null,
    },
  ],
};
const BODY = Buffer.from(writeEnvelope(writeReport40(REPORT), DEFAULT_ENDPOINT.envelope));

const test = sendingTest();
const open: Receiver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (receiver) => receiver.close()));
});

async function start(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  open.push(receiver);
  return receiver;
}

describe('a receiver', () => {
  it('reads a report, acknowledges it, and drops its repeats', async () => {
    const receiver = await start();
    const headers = {
      'Content-Type': 'text/xml; charset=utf-8',
      'Idempotency-Key': 'delivery-1',
      'Enotum-Attempt': '2',
    };
    for (let count = 0; count < 2; count += 1) {
      expect(await test.send(receiver.url, { body: BODY, headers })).toMatchObject({
        outcome: 'acknowledged',
      });
    }
    const common = { idempotencyKey: 'delivery-1', attempt: 2, problem: null, behaviour: 'acknowledge' };
    expect(receiver.received).toEqual([
      { ...common, report: REPORT, repeated: false },
      { ...common, report: REPORT, repeated: true },
    ]);
  });

  it.each<[Behaviour, string, string]>([
    ['refuse', 'refused', 'error-element'],
    ['fault', 'faulted', 'soap-fault'],
    ['http-500', 'http-error', 'http-500'],
    ['garbage', 'unreadable', 'not-soap'],
    ['hang', 'unreachable', 'answer-timeout'],
  ])('fails the first reports on request: %s', async (behaviour, outcome, errorCode) => {
    const receiver = await start({ behave: failFirst(behaviour, 1) });
    const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'Idempotency-Key': 'delivery-1' };
    const sending = { body: BODY, headers, timeoutMs: behaviour === 'hang' ? 500 : 5_000 };
    expect(await test.send(receiver.url, sending)).toMatchObject({ outcome, errorCode });
    expect(await test.send(receiver.url, sending)).toMatchObject({ outcome: 'acknowledged' });
    expect(receiver.received.map((request) => request.repeated)).toEqual([false, false]);
  });

  it('answers what does not follow the contract with a Fault that says why', async () => {
    const told: (string | null)[] = [];
    const receiver = await start({ onRequest: (request) => told.push(request.problem) });
    const result = await test.send(receiver.url, { body: Buffer.from('<Report/>') });
    expect(result).toMatchObject({ outcome: 'faulted', httpStatus: 500 });
    expect(told).toHaveLength(1);
    expect(result.errorText).toContain(told[0]);
  });

  it('takes POST alone, and no more than it can hold', async () => {
    const receiver = await start();
    const got = await fetch(receiver.url);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    const posted = await fetch(receiver.url, { method: 'POST', body: Buffer.alloc(21 * 1024 * 1024) }).catch(
      () => null,
    );
    // The connection may be cut before the answer is read.
    expect([413, undefined]).toContain(posted?.status);
    expect(receiver.received).toHaveLength(0);
  });

  it('says when its port is taken', async () => {
    const { port } = await start();
    await expect(startReceiver({ port })).rejects.toMatchObject({ code: 'address-in-use' });
  });

  it('is closed with requests that hang', async () => {
    const receiver = await start({ behave: () => 'hang' });
    const hanging = test.send(receiver.url, { body: BODY });
    await expect.poll(() => receiver.received.length).toBe(1);
    await receiver.close();
    open.pop();
    expect(await hanging).toMatchObject({ outcome: 'unreachable', errorCode: 'connection-lost' });
  });
});

describe('a report in one line', () => {
  it('names the notification and the state, and nobody', () => {
    expect(describeReport(REPORT)).toBe(
      'notificació 900000000001 (EXP-2026/0001) ACCEPTADA, per la persona interessada · 2026-11-24T10:15:30.123+01:00 · 9900000001/1 Ajuntament Inventat',
    );
  });

  it('counts the notifications of a daily report', () => {
    const daily: Report = { ...REPORT, kind: 'Diari', items: [...REPORT.items, ...REPORT.items] };
    expect(describeReport(daily)).toBe(
      'informe diari del 2026-11-24, 2 notificacions · 9900000001/1 Ajuntament Inventat',
    );
  });

  it('cannot steer the terminal', () => {
    const issuer = { ...REPORT.issuer, organisationName: 'A\u001B[2J\nB' };
    expect(describeReport({ ...REPORT, issuer })).toContain('A [2J B');
  });
});
