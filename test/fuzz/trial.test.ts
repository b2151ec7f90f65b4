import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReadAnswer } from '../../src/delivery/post/verdict.ts';
import { answerOf, tryCase } from './trial.ts';

const NUMBERS = Array.from({ length: 200 }, (_, number) => number);

function hashOf({ body, ...other }: ReadAnswer): string {
  return hash('sha256', body) + JSON.stringify(other);
}

describe('the fuzzer of answers', () => {
  it('makes the same answer of the same seed and number, and others of others', () => {
    const hashes = (seed: string): string[] => NUMBERS.map((number) => hashOf(answerOf(seed, number)));
    expect(hashes('a')).toEqual(hashes('a'));
    expect(new Set([...hashes('a'), ...hashes('b')]).size).toBeGreaterThan(NUMBERS.length * 1.5);
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
