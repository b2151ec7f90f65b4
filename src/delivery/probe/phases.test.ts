import { expect, it } from 'vitest';
import { PhaseClock } from './phases.ts';

it('the time of each phase runs from the step before it', () => {
  const told: string[] = [];
  const clock = new PhaseClock((phase, ms) => told.push(`${phase} ${ms}`), 1_000);
  clock.step('resolved', 1_002.04);
  clock.step('connected', 1_012);
  clock.step('secured', 1_042);
  clock.step('written', 1_043);
  clock.step('answering', 1_143);
  const times = clock.end(1_150);
  expect(times).toEqual({ dns: 2, connect: 10, tls: 30, firstByte: 100, whole: 150 });
  expect(told).toEqual(['dns 2', 'connect 10', 'tls 30', 'firstByte 100', 'whole 150']);
});

it('a phase that was not reached has no time', () => {
  const clock = new PhaseClock(() => undefined, 0);
  clock.step('connected', 5.55);
  expect(clock.end(9)).toEqual({ dns: null, connect: 5.6, tls: null, firstByte: null, whole: 9 });
});
