import { describe, expect, it } from 'vitest';
import { changedPaths, mergeDrafts } from './changes.ts';
import { NEW_ENDPOINT, type Draft } from './draft.ts';

const BASE: Draft = {
  organisationName: 'Ajuntament Inventat',
  departmentName: 'Secretaria',
  online: true,
  daily: false,
  sendCancelled: true,
  retryDelays: null,
  endpoint: { ...NEW_ENDPOINT, url: 'https://one.example/r' },
  backOffices: { A: { ...NEW_ENDPOINT, url: 'https://a.example/r' } },
};

describe('changes of a configuration', () => {
  it('are told by the members that differ', () => {
    const after: Draft = {
      ...BASE,
      daily: true,
      endpoint: { ...BASE.endpoint, authentication: { type: 'bearer', token: 'new' } },
      backOffices: {},
    };
    expect(changedPaths(BASE, after)).toEqual(['daily', 'endpoint.authentication', 'backOffices.A']);
    expect(changedPaths(BASE, structuredClone(BASE))).toEqual([]);
  });

  it('of two people are put together; where both changed a member, one’s own holds', () => {
    const mine: Draft = {
      ...BASE,
      online: false,
      endpoint: { ...BASE.endpoint, url: 'https://mine.example/r' },
    };
    const theirs: Draft = {
      ...BASE,
      departmentName: 'Intervenció',
      endpoint: { ...BASE.endpoint, url: 'https://theirs.example/r', timeoutMs: 5_000 },
      backOffices: { ...BASE.backOffices, B: NEW_ENDPOINT },
    };
    expect(mergeDrafts(BASE, mine, theirs)).toEqual({
      ...theirs,
      online: false,
      endpoint: { ...theirs.endpoint, url: 'https://mine.example/r' },
    });
  });

  it('keep a back office away that one took away, and the ones that others made', () => {
    const theirs: Draft = { ...BASE, backOffices: { ...BASE.backOffices, B: NEW_ENDPOINT } };
    expect(Object.keys(mergeDrafts(BASE, { ...BASE, backOffices: {} }, theirs).backOffices)).toEqual(['B']);
  });
});
