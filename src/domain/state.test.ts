import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canFollow, kindHasState, KINDS, STATES, statesBetween } from './state.ts';

describe('the life cycle', () => {
  it('leads from the first state to each final one, with gaps allowed', () => {
    for (const final of ['ACCEPTADA', 'REBUTJADA', 'EXPIRADA', 'ERROR', 'ANUL·LADA'] as const) {
      expect(canFollow('NOTIFICACIO', 'PENDENT', final)).toBe(true);
    }
  });

  it('lets nothing leave ANUL·LADA', () => {
    for (const kind of KINDS) {
      for (const state of STATES) expect(canFollow(kind, 'ANUL·LADA', state)).toBe(false);
    }
  });

  it('never leads back to the same state but through a relaunch from ERROR', () => {
    expect(canFollow('NOTIFICACIO', 'DIPOSITADA', 'DIPOSITADA')).toBe(true);
    expect(canFollow('COMUNICACIO', 'DIPOSITADA', 'DIPOSITADA')).toBe(false);
    expect(canFollow('NOTIFICACIO', 'ACCEPTADA', 'ACCEPTADA')).toBe(false);
  });

  it('lets a final answer be followed by nothing but the cancellation', () => {
    for (const final of ['ACCEPTADA', 'REBUTJADA', 'EXPIRADA'] as const) {
      expect(STATES.filter((state) => canFollow('NOTIFICACIO', final, state))).toEqual(['ANUL·LADA']);
    }
  });

  it('knows no refusal nor expiry of a comunicació', () => {
    expect(STATES.filter((state) => !kindHasState('COMUNICACIO', state))).toEqual(['REBUTJADA', 'EXPIRADA']);
  });

  it('lets a comunicació fail before its deposit alone', () => {
    expect(canFollow('COMUNICACIO', 'REGISTRADA', 'ERROR')).toBe(true);
    expect(canFollow('COMUNICACIO', 'DIPOSITADA', 'ERROR')).toBe(false);
  });

  it('is transitive: what follows a follower follows', () => {
    const state = fc.constantFrom(...STATES);
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), state, state, state, (kind, a, b, c) => {
        fc.pre(canFollow(kind, a, b) && canFollow(kind, b, c));
        expect(canFollow(kind, a, c)).toBe(true);
      }),
    );
  });

  it('names exactly the states that fit between two neighbours', () => {
    expect(statesBetween('NOTIFICACIO', 'REGISTRADA', 'ACCEPTADA')).toEqual([
      'PENDENT',
      'REGISTRADA',
      'DIPOSITADA',
      'ERROR',
    ]);
    expect(statesBetween('COMUNICACIO', 'DIPOSITADA', null)).toEqual(['ACCEPTADA', 'ANUL·LADA']);
    expect(statesBetween('NOTIFICACIO', 'ANUL·LADA', null)).toEqual([]);
  });
});
