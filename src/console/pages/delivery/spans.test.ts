import { describe, expect, it } from 'vitest';
import type { StoryItem } from '../../texts/story.ts';
import { lengthsOf, spansOf } from './spans.ts';

const at = (second: number): string => new Date(second * 1_000).toISOString();

function item(
  kind: StoryItem['kind'],
  from: number | null,
  to: number | null,
  more: Partial<StoryItem> = {},
) {
  return {
    kind,
    at: from === null ? null : at(from),
    until: to === null ? null : at(to),
    change: null,
    delivery: null,
    communication: null,
    attempt: null,
    outcome: null,
    code: null,
    waitedFor: null,
    sentence: '',
    advice: null,
    ...more,
  };
}

describe('what a delivery’s time went into', () => {
  it('is its waits, its attempts, and what lies between', () => {
    const items = [
      item('delivery', 0, null),
      item('attempt', 2, 3, { outcome: 'refused' }),
      item('wait', 3, 63),
      item('attempt', 64, 65, { outcome: 'acknowledged' }),
      item('end', 65, null),
    ];
    const spans = spansOf({ items }, 1_000_000);
    expect(spans.map(({ kind, from, to }) => `${kind} ${from / 1_000}–${to / 1_000}`)).toEqual([
      'idle 0–2',
      'bad 2–3',
      'wait 3–63',
      'idle 63–64',
      'good 64–65',
    ]);
    expect([...lengthsOf(spans)]).toEqual([
      ['idle', 3_000],
      ['bad', 1_000],
      ['wait', 60_000],
      ['good', 1_000],
    ]);
  });

  it('goes on until now while something is to come', () => {
    const items = [
      item('delivery', 0, null),
      item('attempt', 0, 1, { outcome: 'interrupted' }),
      item('next', null, null),
    ];
    expect(spansOf({ items }, 31_000)).toEqual([
      { kind: 'wait', from: 0, to: 1_000 },
      { kind: 'wait', from: 1_000, to: 31_000 },
    ]);
  });

  it('is nothing where nothing is told', () => {
    expect(spansOf({ items: [] }, 0)).toEqual([]);
  });
});
