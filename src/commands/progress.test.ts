import { expect, it } from 'vitest';
import { etaOf } from './progress.ts';

it('tells how long the rest will take, if it goes on as before', () => {
  expect(etaOf(0.25, 30_000)).toEqual(['ETA 1:30']);
  expect(etaOf(0.999, 1_000)).toEqual(['ETA 0:01']);
});

it('tells nothing where the whole is not known, at the beginning and at the end', () => {
  for (const share of [null, 0, 1]) expect(etaOf(share, 30_000)).toEqual([]);
});
