import { describe, expect, it } from 'vitest';
import { answerOf, tryCase } from './trial.ts';

const NUMBERS = Array.from({ length: 200 }, (_, number) => number);

describe('the fuzzer of answers', () => {
  it('makes the same answer of the same seed and number, and others of others', () => {
    for (const number of NUMBERS) expect(answerOf('a', number)).toEqual(answerOf('a', number));
    const bodies = new Set(
      NUMBERS.flatMap((number) => ['a', 'b'].map((seed) => answerOf(seed, number).body.toString('latin1'))),
    );
    expect(bodies.size).toBeGreaterThan(NUMBERS.length * 1.5);
  });

  it('makes answers that are read in every way', () => {
    const outcomes = new Set(NUMBERS.map((number) => tryCase('a', number).outcome));
    expect([...outcomes].toSorted()).toEqual([
      'acknowledged',
      'faulted',
      'http-error',
      'refused',
      'unreadable',
    ]);
  });

  it('finds nothing wrong in what it has read before', () => {
    expect(NUMBERS.flatMap((number) => tryCase('a', number).fault ?? [])).toEqual([]);
  });
});
