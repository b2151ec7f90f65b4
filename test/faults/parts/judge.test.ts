import { expect, it } from 'vitest';
import type { Communication, Delivery } from './client.ts';
import { judge, type Facts } from './judge.ts';
import type { TakenChange } from './load.ts';
import type { SeenRequest } from './receiver.ts';

const DEPOSITED = '2026-11-24T10:00:00.000Z';
const STARTED = '2026-11-25T10:00:01.000Z';
const ACCEPTED = '2026-11-24T11:00:00.000Z';

function taken(deliveryId: string, occurredAt: string): TakenChange {
  return {
    id: `change ${deliveryId}`,
    notification: '1',
    state: 'DIPOSITADA',
    occurredAt,
    due: true,
    body: {},
    deliveryId,
  };
}

function delivery(id: string, more: Partial<Delivery> = {}): Delivery {
  return {
    id,
    notification: '1',
    state: 'DIPOSITADA',
    status: 'acknowledged',
    waitingFor: null,
    late: false,
    attempts: 1,
    createdAt: '2026-11-25T10:00:00.000Z',
    ...more,
  };
}

function row(id: string, more: Partial<Communication> = {}): Communication {
  return {
    delivery: id,
    attempt: 1,
    startedAt: STARTED,
    durationMs: 10,
    outcome: 'acknowledged',
    httpStatus: 200,
    errorCode: null,
    ...more,
  };
}

function request(key: string, startedAt: number, more: Partial<SeenRequest> = {}): SeenRequest {
  const occurredAt = key === 'b' ? ACCEPTED : DEPOSITED;
  return {
    key,
    attempt: 1,
    startedAt,
    endedAt: startedAt + 10,
    endedAtEpochMs: Date.parse(STARTED) + 10,
    report: { notification: '1', state: 'DIPOSITADA', occurredAt, hash: key },
    answer: 'acknowledged',
    httpStatus: 200,
    ...more,
  };
}

const timedOut = {
  outcome: 'unreachable',
  errorCode: 'answer-timeout',
  httpStatus: null,
  durationMs: 2_000,
} as const;
const refused = { outcome: 'refused' } as const;
const interrupted = { outcome: 'interrupted', httpStatus: null } as const;

/** One notification whose two changes were delivered in order. */
const GOOD: Facts = {
  taken: [taken('a', DEPOSITED), taken('b', ACCEPTED)],
  deliveries: [delivery('a'), delivery('b')],
  log: [row('a'), row('b')],
  seen: [request('a', 0), request('b', 20)],
};

it('finds nothing where every promise was kept', () => {
  expect(judge(GOOD)).toEqual([]);
});

it('accepts an interrupted attempt that the receiver answered, and one that it never saw', () => {
  const retried = [delivery('a', { attempts: 3 }), delivery('b')];
  const log = [
    row('a', interrupted),
    row('a', { ...interrupted, attempt: 2 }),
    row('a', { attempt: 3 }),
    row('b'),
  ];
  const seen = [request('a', 0), request('a', 20, { attempt: 3 }), request('b', 40)];
  expect(judge({ ...GOOD, deliveries: retried, log, seen })).toEqual([]);
});

it('accepts an attempt that ran out of time before it was answered', () => {
  const deliveries = [delivery('a', { attempts: 2 }), delivery('b')];
  const log = [row('a', timedOut), row('a', { attempt: 2 }), row('b')];
  const late = request('a', 0, { endedAtEpochMs: Date.parse(STARTED) + 1_900 });
  const seen = [late, request('a', 20, { attempt: 2 }), request('b', 40)];
  expect(judge({ ...GOOD, deliveries, log, seen })).toEqual([]);
});

it.each<[string, Partial<Facts>, RegExp]>([
  ['a delivery that is gone', { deliveries: [delivery('a')], log: [row('a')] }, /b of change b is lost/],
  ['a change without its delivery', { taken: [taken('a', DEPOSITED)] }, /belongs to no change/],
  [
    'a delivery that does not end',
    {
      deliveries: [delivery('a'), delivery('b', { status: 'queued', attempts: 0 })],
      log: [row('a')],
      seen: [request('a', 0)],
    },
    /is queued/,
  ],
  [
    'a gap between attempts',
    {
      deliveries: [delivery('a', { attempts: 2 }), delivery('b')],
      log: [row('a', { attempt: 2 }), row('b')],
      seen: [request('a', 0, { attempt: 2 }), request('b', 20)],
    },
    /has made 2 attempts, the log has 2/,
  ],
  [
    'a request that is not in the log',
    { seen: [...GOOD.seen, request('b', 40, { attempt: 2 })] },
    /not in the log/,
  ],
  ['a row that the receiver never saw', { seen: [request('a', 0)] }, /never saw it/],
  [
    'a row that says something else',
    { log: [row('a'), row('b', { httpStatus: 500 })] },
    /logged as acknowledged 500/,
  ],
  ['an acknowledgement that was none', { log: [row('a'), row('b', refused)] }, /logged as refused/],
  [
    'an answer that was there in time and not read',
    {
      deliveries: [delivery('a', { attempts: 2 }), delivery('b')],
      log: [row('a', timedOut), row('a', { attempt: 2 }), row('b')],
      seen: [request('a', 0), request('a', 12, { attempt: 2 }), request('b', 30)],
    },
    /answer-timeout, the receiver answered acknowledged 200 10 ms after its start/,
  ],
  [
    'two acknowledgements',
    {
      deliveries: [delivery('a', { attempts: 2 }), delivery('b')],
      log: [row('a'), row('a', { attempt: 2 }), row('b')],
      seen: [request('a', 0), request('a', 12, { attempt: 2 }), request('b', 30)],
    },
    /has 2 acknowledgements/,
  ],
  [
    'an end before all attempts were spent',
    {
      deliveries: [delivery('a', { status: 'exhausted' }), delivery('b')],
      log: [row('a', refused), row('b')],
      seen: [request('a', 0, { answer: 'refused' }), request('b', 20)],
    },
    /exhausted after 1 failures/,
  ],
  [
    'two requests at once',
    { seen: [request('a', 0), request('b', 5)] },
    /begun before DIPOSITADA was finished/,
  ],
  ['a later state first', { seen: [request('a', 20), request('b', 0)] }, /not marked late/],
  [
    'a late one that was none',
    {
      deliveries: [delivery('a', { late: true }), delivery('b', { createdAt: '2026-11-25T12:00:00.000Z' })],
      log: [row('a'), row('b', { startedAt: '2026-11-25T12:00:00.000Z' })],
    },
    /nothing later had been attempted/,
  ],
  [
    'a report that changed',
    {
      deliveries: [delivery('a', { attempts: 2 }), delivery('b')],
      log: [row('a', refused), row('a', { attempt: 2 }), row('b')],
      seen: [
        request('a', 0, { answer: 'refused' }),
        request('a', 12, {
          attempt: 2,
          report: { notification: '1', state: 'DIPOSITADA', occurredAt: DEPOSITED, hash: 'other' },
        }),
        request('b', 30),
      ],
    },
    /report changed/,
  ],
  [
    'the report of another change',
    {
      seen: [
        request('a', 0),
        request('b', 20, {
          report: { notification: '2', state: 'DIPOSITADA', occurredAt: ACCEPTED, hash: '' },
        }),
      ],
    },
    /tells of another change/,
  ],
  ['a key that nobody knows', { seen: [...GOOD.seen, request('c', 40)] }, /unknown key c/],
])('finds %s', (_, broken, complaint) => {
  expect(judge({ ...GOOD, ...broken }).join('\n')).toMatch(complaint);
});
