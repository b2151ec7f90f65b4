import type { Story } from '../../texts/story.ts';
import { toneOfOutcome } from './model.ts';

/** What a stretch of a delivery's life went into. */
export type SpanKind = 'wait' | 'good' | 'bad' | 'idle';

/** A stretch of time, in milliseconds since the epoch. */
export interface Span {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number;
}

/**
 * What a delivery's time went into: what was waited for, each attempt, and (`idle`) what is neither, which is making
 * it ready and the queue. Until now, where it is not over.
 */
export function spansOf({ items }: Pick<Story, 'items'>, now: number): readonly Span[] {
  const past = items.filter(({ kind, at }) => kind !== 'next' && at !== null);
  const begin = instant(past[0]?.at);
  const end = past.findLast(({ kind }) => kind === 'end');
  if (begin === null) return [];
  const isWaiting = items.some(({ kind }) => kind === 'next');
  const spans: Span[] = [];
  let last = begin;
  for (const { kind, at, until, outcome } of past) {
    const [from, to] = [instant(at), instant(until)];
    if (from === null || to === null || (kind !== 'wait' && kind !== 'attempt')) continue;
    if (from > last) spans.push({ kind: 'idle', from: last, to: from });
    const tone = outcome === null ? 'wait' : toneOfOutcome(outcome);
    spans.push({ kind: tone === 'good' || tone === 'bad' ? tone : 'wait', from, to });
    last = Math.max(last, to);
  }
  const over = instant(end?.at) ?? now;
  if (over > last) spans.push({ kind: isWaiting ? 'wait' : 'idle', from: last, to: over });
  return spans;
}

/** How long each kind took in all, in milliseconds; those that took nothing are not there. */
export function lengthsOf(spans: readonly Span[]): ReadonlyMap<SpanKind, number> {
  const lengths = new Map<SpanKind, number>();
  for (const { kind, from, to } of spans) lengths.set(kind, (lengths.get(kind) ?? 0) + to - from);
  return new Map([...lengths].filter(([, length]) => length > 0));
}

function instant(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}
