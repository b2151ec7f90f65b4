import { assert, asyncProperty, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../domain/errors.ts';
import { uuidFloor, uuidV7 } from '../domain/uuid.ts';
import { isNotificationId, readFilters, readPage } from './paging.ts';

/** A page of the ids, which are newest first. */
async function page(ids: readonly string[], query: { limit: number; after?: string }) {
  const { ceiling } = readFilters(query);
  const rest = ids.filter((id) => ceiling === null || id < ceiling).map((id) => ({ id }));
  return readPage(query, (limit) => Promise.resolve(rest.slice(0, limit)));
}

describe('paging', () => {
  it('goes through everything once, whatever the limit', async () => {
    await assert(
      asyncProperty(integer({ min: 0, max: 30 }), integer({ min: 1, max: 12 }), async (count, limit) => {
        const ids = Array.from({ length: count }, (_, n) => uuidV7(1_000 + n, 0)).toReversed();
        const read: string[] = [];
        for (let after: string | null = null; ;) {
          const found: Awaited<ReturnType<typeof page>> = await page(ids, {
            limit,
            ...(after === null ? {} : { after }),
          });
          read.push(...found.items.map(({ id }) => id));
          if (found.next === null) break;
          expect(found.items).toHaveLength(limit);
          after = found.next;
        }
        expect(read).toEqual(ids);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses every cursor that it did not write', () => {
    assert(
      property(string(), (after) => {
        expect(() => readFilters({ after })).toThrow(ProblemError);
      }),
    );
  });

  it('is bounded by the earlier of the cursor and the period’s end', async () => {
    const ids = [uuidV7(2_000, 0), uuidV7(1_000, 0)];
    const { next } = await page(ids, { limit: 1 });
    const after = next ?? '';
    expect(readFilters({ after }).ceiling).toBe(ids[0]);
    expect(readFilters({ after, to: '1970-01-01T00:00:01Z' }).ceiling).toBe(uuidFloor(1_000));
    expect(readFilters({ after, to: '1970-01-01T00:00:03Z' }).ceiling).toBe(ids[0]);
  });
});

describe('an instant', () => {
  const floorOf = (from: string): string | null => readFilters({ from }).floor;

  it.each([
    ['2026-11-24T10:15:30Z', Date.UTC(2026, 10, 24, 10, 15, 30)],
    ['2026-11-24T10:15:30.12+01:00', Date.UTC(2026, 10, 24, 9, 15, 30, 120)],
    ['2026-11-24T10:15:30 01:00', Date.UTC(2026, 10, 24, 9, 15, 30)],
    ['2026-11-24T10:15:30.0001Z', Date.UTC(2026, 10, 24, 10, 15, 30, 1)],
    ['2026-11-24T10:15:30.123000Z', Date.UTC(2026, 10, 24, 10, 15, 30, 123)],
    ['9999-12-31T23:59:59Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('%s is read', (text, ms) => {
    expect(floorOf(text)).toBe(uuidFloor(ms));
  });

  it.each(['2026-11-24', '2026-11-24T10:15:30', '2026-02-30T00:00:00Z', '1764000000', ''])(
    '%j is none',
    (text) => {
      expect(() => floorOf(text)).toThrow(ProblemError);
    },
  );
});

describe('an IdNotificacio', () => {
  it('is a decimal number of an xs:long that is not negative', () => {
    expect(['0', '007', '9223372036854775807'].every(isNotificationId)).toBe(true);
    expect(['', '-1', '9223372036854775808', '1e3', ' 1', 'x'].some(isNotificationId)).toBe(false);
  });
});
