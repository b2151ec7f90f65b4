import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from './attempt.ts';
import {
  DEFAULT_TROUBLE_POLICY,
  describePolicy,
  healthChanges,
  isFailure,
  isToBeSuspended,
  lookEveryMs,
  stagesReached,
  type HealthSign,
} from './health.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const sign = (outcome: (typeof OUTCOMES)[number], more: Partial<HealthSign> = {}): HealthSign => ({
  endpoint: '1',
  failing: false,
  exhausted: false,
  result: { outcome, httpStatus: null, errorCode: outcome === 'acknowledged' ? null : `code-${outcome}` },
  ...more,
});

describe('the health of an endpoint', () => {
  it('goes by what the integrator’s side does, and by nothing of ours', () => {
    expect(OUTCOMES.filter((outcome) => isFailure({ outcome }))).toEqual([
      'refused',
      'faulted',
      'unreadable',
      'http-error',
      'unreachable',
    ]);
  });

  it('does not change while all is well', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('acknowledged', 'interrupted', 'blocked')), (outcomes) => {
        expect(healthChanges(outcomes.map((outcome) => sign(outcome)))).toEqual([]);
      }),
    );
  });

  it('has the failures since the last acknowledgement, and the last of them', () => {
    expect(
      healthChanges([sign('refused'), sign('acknowledged'), sign('faulted'), sign('unreachable')]),
    ).toEqual([
      {
        endpoint: '1',
        recovered: false,
        failures: 2,
        lastFailure: { outcome: 'unreachable', errorCode: 'code-unreachable', httpStatus: null },
        exhausted: 0,
      },
    ]);
  });

  it('recovers with an acknowledgement, where it was known to fail', () => {
    expect(
      healthChanges([sign('refused', { failing: true }), sign('acknowledged', { failing: true })]),
    ).toEqual([{ endpoint: '1', recovered: true, failures: 0, lastFailure: null, exhausted: 0 }]);
  });

  it('counts exhausted deliveries, also one that our own interruptions exhausted', () => {
    const changes = healthChanges([
      sign('refused', { exhausted: true }),
      sign('acknowledged'),
      sign('interrupted', { endpoint: '10', exhausted: true }),
      sign('refused', { endpoint: '9' }),
    ]);
    expect(changes.map(({ endpoint, failures, exhausted }) => [endpoint, failures, exhausted])).toEqual([
      ['1', 0, 1],
      ['9', 1, 0],
      ['10', 0, 1],
    ]);
  });
});

describe('the stages of warning', () => {
  const since = 1_000;
  const reached = (after: number, failures = 2) =>
    stagesReached({ failingSince: since, failures }, DEFAULT_TROUBLE_POLICY, since + after);

  it('come one after the other, each from its instant on', () => {
    expect(
      [15 * MINUTE - 1, 15 * MINUTE, 4 * 60 * MINUTE, DAY, 9 * DAY].map((after) => reached(after)),
    ).toEqual([0, 1, 2, 3, 3]);
  });

  it('do not come of a single failure', () => {
    expect(reached(9 * DAY, 1)).toBe(0);
  });

  it('are none where none is set', () => {
    expect(
      stagesReached({ failingSince: 0, failures: 9 }, { ...DEFAULT_TROUBLE_POLICY, stagesMs: [] }, DAY),
    ).toBe(0);
  });
});

describe('suspension', () => {
  it('comes once failures span its time, however long ago the last one was', () => {
    const after = (ms: number) =>
      isToBeSuspended({ failingSince: 0, lastFailureAt: ms }, DEFAULT_TROUBLE_POLICY);
    expect([after(0), after(5 * DAY - 1), after(5 * DAY)]).toEqual([false, false, true]);
  });

  it('never comes where it is off', () => {
    const policy = { ...DEFAULT_TROUBLE_POLICY, suspendAfterMs: null };
    expect(isToBeSuspended({ failingSince: 0, lastFailureAt: 1_000 * DAY }, policy)).toBe(false);
  });
});

describe('the policy', () => {
  it('can be printed', () => {
    expect(describePolicy(DEFAULT_TROUBLE_POLICY)).toEqual({
      warnAfter: ['15m', '4h', '1d'],
      suspendAfter: '5d',
    });
    expect(describePolicy({ stagesMs: [], suspendAfterMs: null })).toEqual({
      warnAfter: [],
      suspendAfter: 'off',
    });
  });

  it('says how often to look: a tenth of its shortest time, within bounds', () => {
    expect(lookEveryMs(DEFAULT_TROUBLE_POLICY)).toBe(15_000);
    expect(lookEveryMs({ stagesMs: [], suspendAfterMs: null })).toBe(15_000);
    expect(lookEveryMs({ stagesMs: [20_000], suspendAfterMs: 10_000 })).toBe(1_000);
    expect(lookEveryMs({ stagesMs: [1], suspendAfterMs: null })).toBe(50);
  });
});
