import { expect, it } from 'vitest';
import { Restraint } from './restraint.ts';

/** A restraint on a clock of its own, in a process that is so busy. */
function restrained() {
  let now = 0;
  let busy = 0;
  const restraint = new Restraint(
    () => ({ idle: 0, active: 0, utilization: busy }),
    () => now,
  );
  return {
    restraint,
    /** Lets time go by in which the process is busy for such a share. */
    pass: (ms: number, share: number): void => {
      now += ms;
      busy = share;
    },
  };
}

it('does not rest while the process has time left', () => {
  const { restraint, pass } = restrained();
  pass(100, 0.9);
  restraint.note(50);
  expect(restraint.saturated).toBe(false);
  expect(restraint.restMs).toBe(0);
});

it('rests twice as long as a transaction took while there is more than the process can carry', () => {
  const { restraint, pass } = restrained();
  pass(100, 0.95);
  restraint.note(50);
  expect(restraint.saturated).toBe(true);
  expect(restraint.restMs).toBe(100);
  pass(60, 0.95);
  expect(restraint.restMs).toBe(40);
  pass(60, 0.95);
  expect(restraint.restMs).toBe(0);
});

it('rests no longer than a second, however long a transaction took', () => {
  const { restraint, pass } = restrained();
  pass(5_000, 1);
  restraint.note(5_000);
  expect(restraint.restMs).toBe(1_000);
});

it('judges by what was in the last tenth of a second at least, not by a moment', () => {
  const { restraint, pass } = restrained();
  pass(99, 1);
  expect(restraint.saturated).toBe(false);
  pass(1, 1);
  expect(restraint.saturated).toBe(true);
  pass(99, 0);
  expect(restraint.saturated).toBe(true);
  pass(1, 0);
  expect(restraint.saturated).toBe(false);
});
