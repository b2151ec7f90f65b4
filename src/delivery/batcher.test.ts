import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A batcher whose batches are kept, and end when they are told to. */
function heldBatcher(max: number) {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const batcher = createBatcher<number>({
    max,
    gatherMs: { least: 1, most: 1 },
    run: async (batch) => {
      batches.push([...batch]);
      await new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  return { batcher, batches, end: () => ends.shift()?.() };
}

describe('a batcher', () => {
  it('hands on a full batch at once, and the rest after a moment', async () => {
    const batches: number[][] = [];
    const batcher = createBatcher<number>({
      max: 2,
      gatherMs: { least: 1, most: 1 },
      run: async (batch) => void batches.push([...batch]),
    });
    for (const item of [1, 2, 3]) batcher.add(item);
    expect(batches).toEqual([[1, 2]]);
    await batcher.settled();
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it('runs one batch at a time, in order', async () => {
    const { batcher, batches, end } = heldBatcher(1);
    batcher.add(1);
    batcher.add(2);
    expect(batches).toEqual([[1]]);
    const settled = batcher.settled();
    end();
    await expect.poll(() => batches).toEqual([[1], [2]]);
    end();
    await settled;
  });

  it('waits for what was added before, not for what comes after', async () => {
    const { batcher, end } = heldBatcher(1);
    batcher.add(1);
    const settled = batcher.settled();
    batcher.add(2);
    end();
    await settled;
    end();
  });

  it('is settled at once when there is nothing', async () => {
    await heldBatcher(1).batcher.settled();
  });
});
