import { afterEach, describe, expect, it } from 'vitest';
import {
  startTestReceiver,
  acknowledge,
  fault,
  garbage,
  hang,
  httpStatus,
  refuse,
  type Reply,
  type TestReceiver,
} from '../../../../test/support/receiver.ts';
import { sendingTest } from '../../../../test/support/sending.ts';
import { startReceiver } from '../../../receiver/receiver.ts';
import { DEFAULT_ENDPOINT } from '../../../domain/entity.ts';
import type { Destination } from '../destination.ts';
import { CASE_IDS } from './cases.ts';
import { runCheck, type CaseResult } from './run.ts';

const ISSUER = {
  organisation: '9900000001',
  organisationName: 'Ajuntament Inventat',
  department: '1',
  departmentName: 'Secretaria',
  backOffice: 'GESTEXP',
};

const test = sendingTest();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (each) => each.close()));
});

async function receiving(reply: Reply): Promise<TestReceiver> {
  const receiver = await startTestReceiver(reply);
  open.push(receiver);
  return receiver;
}

const to = (url: string, envelope = DEFAULT_ENDPOINT.envelope): Destination => ({
  endpoint: { ...DEFAULT_ENDPOINT, url, timeoutMs: 1_000, envelope },
  security: { type: 'none' },
});

async function check(destination: Destination, signal = new AbortController().signal): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of runCheck(test.sender(), destination, ISSUER, signal)) results.push(result);
  expect(results.map(({ id }) => id)).toEqual(CASE_IDS);
  return results;
}

const of = (results: readonly CaseResult[], status: CaseResult['status']): string[] =>
  results.filter((result) => result.status === status).map(({ id }) => id);

describe('a check', () => {
  it.each([DEFAULT_ENDPOINT.envelope, { soapVersion: '1.2', wrapper: false, soapAction: '' }] as const)(
    'is passed by a receiver that reads the contract: %o',
    async (envelope) => {
      const receiver = await startReceiver();
      open.push(receiver);
      const results = await check(to(receiver.url, envelope));
      expect(of(results, 'passed')).toEqual(CASE_IDS);
      expect(receiver.received.map(({ problem }) => problem)).toEqual(receiver.received.map(() => null));
      expect(receiver.received.filter(({ repeated }) => repeated)).toHaveLength(1);
    },
  );

  it.each<[string, Reply, readonly string[]]>([
    [
      'wants a signer in everything that is accepted',
      (request, response) => {
        const isWanting = request.state === 'ACCEPTADA' && !request.report.includes('<DadesSignador>');
        (isWanting ? fault('DadesSignador missing') : acknowledge)(request, response);
      },
      ['communication-accepted', 'without-signer'],
    ],
    [
      'refuses what it had before',
      (request, response) => (request.attempt > 1 ? refuse('Duplicat') : acknowledge)(request, response),
      ['repeated'],
    ],
    [
      'knows no nil',
      (request, response) =>
        (request.report.includes('xsi:nil') ? httpStatus(500) : acknowledge)(request, response),
      ['nil-registry', 'least'],
    ],
    [
      'reads ids into 32 bits',
      (request, response) =>
        (request.notification.length > 12 ? refuse('overflow') : acknowledge)(request, response),
      ['greatest-id'],
    ],
  ])('is failed, there alone, by a receiver that %s', async (_what, reply, failed) => {
    const results = await check(to((await receiving(reply)).url));
    expect(of(results, 'failed')).toEqual(failed);
    expect(of(results, 'skipped')).toEqual([]);
    const first = results.find(({ status }) => status === 'failed');
    expect(first?.request?.body).toContain('PROVA: informe inventat');
  });

  it.each<[string, Reply]>([
    ['does not answer', hang],
    ['answers a web page', garbage],
    ['lets nobody in', httpStatus(401)],
    ['is elsewhere', httpStatus(302, { location: '/new' })],
  ])('is given up after the first case where the web service %s', async (_what, reply) => {
    const receiver = await receiving(reply);
    const results = await check(to(receiver.url));
    expect(of(results, 'failed')).toEqual(['deposited']);
    expect(of(results, 'skipped')).toEqual(CASE_IDS.slice(1));
    expect(receiver.requests).toHaveLength(1);
  });

  it('goes on where every report is refused: that may be said of each for its own reason', async () => {
    const receiver = await receiving(refuse('No'));
    const results = await check(to(receiver.url));
    expect(of(results, 'failed')).toEqual(CASE_IDS);
    // The repeat is not sent where the first was refused.
    expect(receiver.requests).toHaveLength(CASE_IDS.length);
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const receiver = await receiving((request, response) => {
      if (request.state === 'REBUTJADA') stop.abort();
      else acknowledge(request, response);
    });
    const results = await check(to(receiver.url), stop.signal);
    expect(of(results, 'passed')).toEqual(['deposited', 'accepted']);
    expect(of(results, 'failed')).toEqual(['rejected']);
    expect(results[2]?.result).toMatchObject({ outcome: 'interrupted' });
  });
});
