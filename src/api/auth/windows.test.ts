import { describe, expect, it } from 'vitest';
import { Windows } from './windows.ts';

function windowsAt(clock: { now: number }, capacity = 3): Windows {
  return new Windows(60_000, capacity, () => clock.now);
}

describe('a window', () => {
  it('counts down, says when it ends, and begins again', () => {
    const clock = { now: 1_000 };
    const windows = windowsAt(clock);
    expect(windows.take('a', 2)).toEqual({ excess: 0, remaining: 1, seconds: 60 });
    clock.now += 59_500;
    expect(windows.take('a', 2)).toEqual({ excess: 0, remaining: 0, seconds: 1 });
    expect(windows.take('a', 2)).toEqual({ excess: 1, remaining: 0, seconds: 1 });
    clock.now += 500;
    expect(windows.take('a', 2)).toEqual({ excess: 0, remaining: 1, seconds: 60 });
  });

  it('is each one’s own', () => {
    const windows = windowsAt({ now: 0 });
    windows.take('a', 1);
    expect(windows.take('b', 1).excess).toBe(0);
    expect(windows.take('a', 1).excess).toBe(1);
  });

  it('takes back what should not have been counted', () => {
    const clock = { now: 0 };
    const windows = windowsAt(clock);
    windows.take('a', 1);
    windows.giveBack('a');
    windows.giveBack('a');
    windows.giveBack('b');
    expect(windows.take('a', 1).excess).toBe(0);
    expect(windows.take('a', 1).excess).toBe(1);
  });
});

it('keeps no more windows than it may: the one that began first is forgotten', () => {
  const clock = { now: 0 };
  const windows = windowsAt(clock);
  for (const who of ['a', 'b', 'c', 'd']) windows.take(who, 1);
  expect(['b', 'c', 'd', 'a'].map((who) => windows.take(who, 1).excess)).toEqual([1, 1, 1, 0]);
  // One that begins anew is no longer the oldest.
  clock.now = 60_000;
  for (const who of ['c', 'd', 'e']) windows.take(who, 1);
  expect(['c', 'd', 'e'].map((who) => windows.take(who, 1).excess)).toEqual([1, 1, 1]);
});
