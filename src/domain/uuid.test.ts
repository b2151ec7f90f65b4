import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid, uuidFloor, uuidTime, uuidV7 } from './uuid.ts';

describe('ids', () => {
  it('sort by their instant, then by their number in it', () => {
    const ids = [uuidV7(1_000, 0), uuidV7(1_000, 1), uuidV7(1_001, 0), uuidV7(1_700_000_000_000, 0)];
    expect([...ids].sort()).toEqual(ids);
  });

  it('are each another one, though of one instant and number', () => {
    const ids = Array.from({ length: 10_000 }, () => uuidV7(1_000, 7));
    expect(new Set(ids).size).toBe(ids.length);
    // Version and variant (RFC 9562, 4.1 and 4.2); every other digit behind the number is random.
    expect(ids.every((id) => /^00000000-03e8-7007-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    for (const place of [19, 20, 21, 22, 24, 28, 35]) {
      expect(new Set(ids.map((id) => id[place])).size).toBe(place === 19 ? 4 : 16);
    }
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
