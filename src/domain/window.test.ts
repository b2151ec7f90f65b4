import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjust, isProbed, MAX_PROBE_DELAY_MS, MAX_WINDOW, NEW_WINDOW, RECOVERED_WINDOW } from './window.ts';

const answer = { outcome: 'acknowledged', httpStatus: 200 } as const;
const refusal = { outcome: 'refused', httpStatus: 200 } as const;
const forbidden = { outcome: 'http-error', httpStatus: 403 } as const;
const overload = { outcome: 'http-error', httpStatus: 503 } as const;
const silence = { outcome: 'unreachable', httpStatus: null } as const;
const own = { outcome: 'interrupted', httpStatus: null } as const;

describe('the window of an origin', () => {
  it('grows with each answer, up to its limit', () => {
    expect(adjust(NEW_WINDOW, [answer, refusal, forbidden], 0).size).toBe(NEW_WINDOW.size + 3);
    expect(adjust({ ...NEW_WINDOW, size: MAX_WINDOW }, [answer], 0).size).toBe(MAX_WINDOW);
  });

  it.each([[overload], [silence]])('shrinks with trouble: %o', (trouble) => {
    expect(adjust(NEW_WINDOW, [trouble], 0).size).toBe(4);
  });

  it('shrinks with trouble among answers', () => {
    expect(adjust(NEW_WINDOW, [answer, overload, refusal], 0).size).toBe(4);
  });

  it('does not shrink with what is the entity’s own or ours', () => {
    expect(adjust(NEW_WINDOW, [refusal, forbidden, own], 0).size).toBeGreaterThanOrEqual(NEW_WINDOW.size);
  });

  it('never falls to one by a single batch of failures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: MAX_WINDOW }),
        fc.integer({ min: 1, max: 100 }),
        (size, failures) => {
          const results = Array.from({ length: failures }, () => silence);
          expect(isProbed(adjust({ ...NEW_WINDOW, size }, results, 0))).toBe(false);
        },
      ),
    );
  });

  it('is probed at its own pace: 30 s, doubling to 5 min', () => {
    let window = adjust({ ...NEW_WINDOW, size: 2 }, [silence], 0);
    const delays = [window.probeAt];
    for (let probe = 0; probe < 6; probe += 1) {
      const at = window.probeAt ?? 0;
      window = adjust(window, [silence], at);
      delays.push((window.probeAt ?? 0) - at);
    }
    expect(delays).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, MAX_PROBE_DELAY_MS]);
  });

  it('says since when it has been probed, whatever the probes say', () => {
    const probed = adjust({ ...NEW_WINDOW, size: 2 }, [silence], 7);
    expect(probed.troubledSince).toBe(7);
    expect(adjust(probed, [overload], 9).troubledSince).toBe(7);
    expect(adjust(NEW_WINDOW, [silence], 7).troubledSince).toBeNull();
  });

  it('opens at the first sign of life, far enough from being probed again', () => {
    const probed = adjust({ ...NEW_WINDOW, size: 2 }, [silence], 0);
    const opened = adjust(probed, [refusal], 5);
    expect(opened).toEqual({ ...NEW_WINDOW, size: RECOVERED_WINDOW, recoveredAt: 5 });
  });

  it('stays what it is while nothing says anything of the origin', () => {
    const probed = adjust({ ...NEW_WINDOW, size: 2 }, [silence], 0);
    expect(adjust(probed, [own], 9)).toBe(probed);
  });
});
