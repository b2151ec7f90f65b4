import { expect, it } from 'vitest';
import { bucketEdges, SPANS } from './span.ts';

const iso = (ms: number | undefined): string => new Date(ms ?? Number.NaN).toISOString();

it.each([
  ['hour', 60, '2026-11-24T08:16:00.000Z', '2026-11-24T09:16:00.000Z'],
  ['day', 24, '2026-11-23T10:00:00.000Z', '2026-11-24T10:00:00.000Z'],
  ['week', 7, '2026-11-17T23:00:00.000Z', '2026-11-24T23:00:00.000Z'],
] as const)('of a span of a %s there are %d buckets', (span, count, first, last) => {
  const edges = bucketEdges(span, Date.parse('2026-11-24T09:15:30Z'));
  expect([edges.length, iso(edges[0]), iso(edges.at(-1))]).toEqual([count + 1, first, last]);
});

it('a week over the end of the summer time has a day of 25 hours', () => {
  const edges = bucketEdges('week', Date.parse('2026-10-27T12:00:00Z'));
  const hours = edges.slice(1).map((edge, place) => (edge - (edges[place] ?? 0)) / 3_600_000);
  expect(hours).toEqual([24, 24, 24, 24, 25, 24, 24]);
});

it.each(SPANS)('now lies in the last bucket of a %s, at its very beginning too', (span) => {
  for (const now of [Date.parse('2026-11-24T23:00:00Z'), Date.parse('2026-11-24T22:59:59.999Z')]) {
    const edges = bucketEdges(span, now);
    expect((edges.at(-2) ?? 0) <= now && now < (edges.at(-1) ?? 0)).toBe(true);
  }
});
