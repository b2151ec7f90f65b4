import { describe, expect, it } from 'vitest';
import { choosePiece, type Candidate } from './resend-candidates.ts';

const item = (delivery: string, origin: string, more: Partial<Candidate> = {}): Candidate => ({
  delivery,
  origin,
  reason: null,
  earlier: [],
  ...more,
});

const chosenOf = (...args: Parameters<typeof choosePiece>) => {
  const { chosen, ...rest } = choosePiece(...args);
  return { chosen: chosen.map(({ delivery }) => delivery), ...rest };
};

describe('a piece of a job', () => {
  it('takes in order what has room, and reads past what has none', () => {
    const items = [item('a', '1'), item('b', '2'), item('c', '1'), item('d', '2')];
    const rooms = new Map([
      ['1', 1],
      ['2', 5],
    ]);
    expect(chosenOf(items, rooms, [], 10)).toEqual({
      chosen: ['a', 'b', 'd'],
      last: 'd',
      isWhole: true,
      held: ['1'],
    });
  });

  it('ends before the first that is one too many', () => {
    const items = [item('a', '1'), item('b', '1'), item('c', '1')];
    const rooms = new Map([['1', 5]]);
    expect(chosenOf(items, rooms, [], 2)).toEqual({
      chosen: ['a', 'b'],
      last: 'b',
      isWhole: false,
      held: [],
    });
  });

  it('leaves a server for the whole round, though it has room again', () => {
    const rooms = new Map([['1', 5]]);
    expect(chosenOf([item('a', '1')], rooms, ['1'], 2)).toMatchObject({ chosen: [], last: 'a', held: ['1'] });
  });

  it('leaves what comes after something left in its line, also for another server', () => {
    const items = [item('a', '1'), item('b', '2', { earlier: ['a'] }), item('c', '3', { earlier: ['z'] })];
    const rooms = new Map([
      ['2', 5],
      ['3', 5],
    ]);
    expect(chosenOf(items, rooms, [], 9)).toMatchObject({ chosen: [], held: ['1', '2', '3'] });
  });

  it('takes what comes after something that it takes itself', () => {
    const items = [item('a', '1'), item('b', '2', { earlier: ['a'] })];
    const rooms = new Map([
      ['1', 1],
      ['2', 1],
    ]);
    expect(chosenOf(items, rooms, [], 9)).toMatchObject({ chosen: ['a', 'b'], held: [] });
  });

  it('passes over what has a reason, without room and beyond its number', () => {
    const items = [item('a', '1', { reason: 'repeated' }), item('b', '1', { reason: 'unfinished' })];
    expect(chosenOf(items, new Map(), ['1'], 0)).toEqual({
      chosen: ['a', 'b'],
      last: 'b',
      isWhole: true,
      held: ['1'],
    });
  });
});
