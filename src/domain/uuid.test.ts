import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid, uuidFloor, uuidTime, uuidV7 } from './uuid.ts';

describe('ids', () => {
  it('sort by their instant, then by their number in it', () => {
    const ids = [uuidV7(1_000, 0), uuidV7(1_000, 1), uuidV7(1_001, 0), uuidV7(1_700_000_000_000, 0)];
    expect([...ids].sort()).toEqual(ids);
  });

  it('tell their instant, and stand above its floor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 0, max: 4095 }), (ms, n) => {
        const id = uuidV7(ms, n);
        expect(isUuid(id)).toBe(true);
        expect(uuidTime(id)).toBe(ms);
        expect(id >= uuidFloor(ms) && id < uuidFloor(ms + 1)).toBe(true);
      }),
    );
  });
});
