import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPatience, isGivenUp, type Patient } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Request extends Patient {
  readonly refusals: unknown[];
}

function request(): Request {
  const refusals: unknown[] = [];
  return { since: performance.now(), refusals, reject: (error) => refusals.push(error) };
}

function watched() {
  const waiting: Request[] = [];
  const begun = new Set<Request>();
  const patience = createPatience({ oldest: () => waiting[0], drop: () => waiting.shift() }, () => begun);
  return { waiting, begun, patience };
}

describe('a request that waits for its answer', () => {
  it('is given up after 15 s, at the next look', () => {
    const { waiting, patience } = watched();
    const early = request();
    vi.advanceTimersByTime(500);
    const late = request();
    waiting.push(early, late);
    patience.watch();
    vi.advanceTimersByTime(14_500);
    expect([early.refusals, late.refusals]).toEqual([[], []]);
    vi.advanceTimersByTime(500);
    expect(early.refusals).toMatchObject([{ code: 'busy' }]);
    expect([waiting, late.refusals]).toEqual([[late], []]);
  });

  it('is told that the database does not answer where its transaction has begun', () => {
    const { begun, patience } = watched();
    const slow = request();
    begun.add(slow);
    patience.watch();
    vi.advanceTimersByTime(15_500);
    expect(slow.refusals).toMatchObject([{ code: 'unavailable' }]);
    expect(isGivenUp(slow)).toBe(true);
  });

  it('is looked at while any waits, and no longer', () => {
    const { waiting, begun, patience } = watched();
    const held = request();
    begun.add(held);
    patience.watch();
    patience.watch();
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(1);
    begun.delete(held);
    waiting.push(held);
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(1);
    waiting.pop();
    vi.advanceTimersByTime(500);
    expect(vi.getTimerCount()).toBe(0);
    // Whoever comes later is watched again.
    const later = request();
    waiting.push(later);
    patience.watch();
    vi.advanceTimersByTime(15_500);
    expect(later.refusals).toMatchObject([{ code: 'busy' }]);
  });
});
