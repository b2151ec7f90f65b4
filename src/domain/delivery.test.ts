import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bringForward,
  cancel,
  claim,
  complete,
  conclude,
  enqueue,
  FREE_INTERRUPTIONS,
  isFinished,
  join,
  lineUp,
  retryNow,
  STATUSES,
  type Schedule,
} from './delivery.ts';

const SCHEDULE = [1_000, 10_000];
const follow = { schedule: SCHEDULE, now: 100_000, random: 0.5 };

function delivery(more: Partial<Schedule> = {}): Schedule {
  return {
    id: 'a',
    line: '900000000001',
    status: 'waiting',
    position: 0,
    arrival: 0,
    first: true,
    attempts: 0,
    failures: 0,
    interruptions: 0,
    dueAt: 0,
    notBefore: null,
    broughtForward: false,
    blockedBy: null,
    troubledAt: null,
    lastOutcome: null,
    ...more,
  };
}

function ended(outcome: 'acknowledged' | 'refused' | 'unreachable' | 'blocked' | 'interrupted') {
  return { outcome, httpStatus: null, errorCode: outcome, retryAfterMs: null };
}

function attempt(d: Schedule, outcome: Parameters<typeof ended>[0]): Schedule {
  const held = claim(enqueue(d));
  if (held === null) throw new Error('not queued');
  return complete(held, ended(outcome), follow);
}

describe('a delivery', () => {
  it('ends with the acknowledgement', () => {
    expect(attempt(delivery(), 'acknowledged')).toMatchObject({ status: 'acknowledged', attempts: 1 });
  });

  it('has one attempt more than the schedule has delays', () => {
    let d = delivery();
    for (const _ of SCHEDULE) {
      d = attempt(d, 'refused');
      expect(d.status).toBe('retrying');
    }
    expect(attempt(d, 'refused')).toMatchObject({ status: 'exhausted', attempts: 3, failures: 3 });
  });

  it('is claimed once alone', () => {
    const held = claim(enqueue(delivery()));
    expect(held === null ? null : claim(held)).toBeNull();
    expect(claim(delivery())).toBeNull();
  });

  it('spends no attempt of the integrator’s while we interrupt it, the first times', () => {
    let d = delivery();
    for (let time = 0; time < FREE_INTERRUPTIONS; time += 1) {
      d = attempt(d, 'interrupted');
      expect(d).toMatchObject({ status: 'retrying', failures: 0, dueAt: follow.now });
    }
    expect(attempt(d, 'interrupted')).toMatchObject({ status: 'retrying', failures: 1 });
  });

  it('ends even when it interrupts us each time', () => {
    let d = delivery();
    let attempts = 0;
    while (!isFinished(d.status)) {
      d = attempt(d, 'interrupted');
      attempts += 1;
    }
    expect(attempts).toBe(FREE_INTERRUPTIONS + SCHEDULE.length + 1);
  });

  it('gives its number back when it was blocked', () => {
    const d = attempt(delivery(), 'blocked');
    expect(d).toMatchObject({ status: 'waiting', attempts: 0, failures: 0, blockedBy: 'blocked' });
  });

  it('is brought forward once, never before Retry-After, nor while its origin is probed', () => {
    const waiting = delivery({ status: 'retrying', attempts: 1, dueAt: 500_000 });
    const brought = bringForward(waiting, 1_000, false);
    expect(brought).toMatchObject({ dueAt: 1_000, broughtForward: true });
    expect(bringForward({ ...brought, dueAt: 500_000 }, 2_000, false).dueAt).toBe(500_000);
    expect(bringForward({ ...waiting, notBefore: 3_000 }, 1_000, false).dueAt).toBe(3_000);
    expect(bringForward(waiting, 1_000, true)).toBe(waiting);
    // What is due then anyway has not used up its one time.
    expect(bringForward(waiting, 500_000, false)).toBe(waiting);
  });

  it('is retried at once whenever somebody asks, never before Retry-After, and nothing else of it changes', () => {
    const planned = delivery({ status: 'retrying', attempts: 2, failures: 2, dueAt: 500_000 });
    const asked = retryNow(planned, 1_000);
    expect(asked).toEqual({ ...planned, dueAt: 1_000 });
    expect(retryNow({ ...asked, dueAt: 500_000 }, 2_000).dueAt).toBe(2_000);
    expect(retryNow({ ...planned, notBefore: 3_000 }, 1_000).dueAt).toBe(3_000);
    // A Retry-After that is over asks for nothing any more.
    expect(retryNow({ ...planned, notBefore: 500 }, 1_000).dueAt).toBe(1_000);
    expect(retryNow(planned, 500_000)).toBe(planned);
    for (const status of [
      'waiting',
      'queued',
      'sending',
      'acknowledged',
      'exhausted',
      'cancelled',
    ] as const) {
      const other = delivery({ status, dueAt: 500_000 });
      expect(retryNow(other, 1_000)).toBe(other);
    }
  });

  it('that is cancelled holds no place in its line, nor waits for anything', () => {
    expect(cancel(delivery({ blockedBy: 'configuration-incomplete' }))).toMatchObject({
      status: 'cancelled',
      first: false,
      blockedBy: null,
    });
  });
});

describe('an attempt that ends late', () => {
  const retrying = delivery({ status: 'retrying', attempts: 1, failures: 1, dueAt: 500_000 });

  it('ends its delivery where it was acknowledged', () => {
    expect(conclude(retrying, 1, ended('acknowledged'), follow)?.status).toBe('acknowledged');
  });

  it.each(['refused', 'unreachable', 'interrupted', 'blocked'] as const)(
    'changes nothing where it is %s',
    (outcome) => {
      expect(conclude(retrying, 1, ended(outcome), follow)).toBeNull();
    },
  );

  it.each(['acknowledged', 'exhausted', 'cancelled'] as const)('changes nothing of what is %s', (status) => {
    expect(conclude({ ...retrying, status }, 1, ended('acknowledged'), follow)).toBeNull();
  });

  it('changes nothing while another attempt is under way', () => {
    const sending = delivery({ status: 'sending', attempts: 2 });
    expect(conclude(sending, 1, ended('acknowledged'), follow)).toBeNull();
    expect(conclude(sending, 2, ended('acknowledged'), follow)?.status).toBe('acknowledged');
  });
});

describe('the line of a notification', () => {
  const schedule = fc.record({
    status: fc.constantFrom(...STATUSES),
    position: fc.integer({ min: 0, max: 3 }),
    attempts: fc.integer({ min: 0, max: 2 }),
    first: fc.boolean(),
  });
  const line = fc
    .array(schedule, { maxLength: 8 })
    .map((items) => items.map((item, arrival) => delivery({ ...item, id: String(arrival), arrival })));

  it('has exactly one first delivery, unless all are finished', () => {
    fc.assert(
      fc.property(line, (deliveries) => {
        const placed = lineUp(deliveries);
        expect(placed.filter((d) => d.first)).toHaveLength(Math.min(placed.length, 1));
        expect(placed.length).toBe(deliveries.filter((d) => !isFinished(d.status)).length);
      }),
    );
  });

  it('lets none be queued but the first', () => {
    fc.assert(
      fc.property(line, (deliveries) => {
        for (const d of lineUp(deliveries)) if (!d.first) expect(d.status).not.toBe('queued');
      }),
    );
  });

  it('puts a late change before those not yet attempted, and after one that was', () => {
    const late = delivery({ id: 'late', position: 1, arrival: 9, first: false });
    const untried = delivery({ id: 'untried', position: 2, arrival: 1 });
    const tried = delivery({
      id: 'tried',
      position: 3,
      arrival: 2,
      status: 'retrying',
      attempts: 1,
      first: false,
    });
    expect(lineUp([untried, late]).map((d) => d.id)).toEqual(['late', 'untried']);
    expect(lineUp([tried, late]).map((d) => d.id)).toEqual(['tried', 'late']);
  });

  it('puts those of one instant in the order in which they came', () => {
    const came = [3, 1, 2].map((arrival) => delivery({ id: String(arrival), arrival }));
    expect(lineUp(came).map((d) => d.id)).toEqual(['1', '2', '3']);
  });

  it('hastens its first delivery’s retry when a newer change comes', () => {
    const joining = { id: 'a', line: '900000000001', position: 1, arrival: 1, blockedBy: null };
    const failed = join([], joining, 0, false).map((d) => attempt(d, 'refused'));
    const [first] = join(failed, { ...joining, id: 'b', position: 2, arrival: 2 }, follow.now + 1, false);
    expect(failed[0]?.dueAt).toBe(follow.now + 1_000);
    expect(first).toMatchObject({ id: 'a', dueAt: follow.now + 1 });
  });

  it('hastens no retry but that of its first delivery', () => {
    const retrying = { status: 'retrying', attempts: 1, dueAt: 500_000 } as const;
    const others = [delivery({ ...retrying }), delivery({ ...retrying, id: 'b', position: 1, first: false })];
    const joining = { id: 'c', line: '900000000001', position: 2, arrival: 2, blockedBy: null };
    expect(join(others, joining, 1_000, false)).toMatchObject([
      { id: 'a', dueAt: 1_000 },
      { id: 'b', dueAt: 500_000 },
      { id: 'c', dueAt: 1_000 },
    ]);
  });

  it('stands still when it is lined up again', () => {
    fc.assert(
      fc.property(line, (deliveries) => {
        const once = lineUp(deliveries);
        lineUp(once).forEach((d, place) => expect(d).toBe(once[place]));
      }),
    );
  });
});
