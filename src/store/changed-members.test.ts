import { expect, it } from 'vitest';
import { changedMembers, changedValues } from './changed-members.ts';

const BEFORE = {
  online: true,
  retryDelays: ['1m', '2m'],
  endpoint: { url: 'https://a.example/', authentication: { type: 'bearer', token: 'secret' } },
  backOffices: new Map([['GESTEXP', { url: 'https://b.example/' }]]),
};

it('names the members that differ, and no value', () => {
  const after = {
    ...BEFORE,
    retryDelays: ['1m'],
    endpoint: { ...BEFORE.endpoint, authentication: { type: 'bearer', token: 'other' } },
    backOffices: new Map([['NOU', { url: 'https://b.example/' }]]),
  };
  expect(changedMembers(BEFORE, after)).toEqual([
    'retryDelays',
    'endpoint.authentication.token',
    'backOffices.GESTEXP',
    'backOffices.NOU',
  ]);
});

it('names nothing where nothing differs, nor what only the settings before had', () => {
  expect(changedMembers({ ...BEFORE, version: '7' }, structuredClone(BEFORE))).toEqual([]);
});

it('tells values of what is no secret and can hold none', () => {
  const after = {
    ...BEFORE,
    online: false,
    endpoint: {
      url: 'https://c.example/token',
      timeoutMs: 5,
      authentication: { type: 'basic', password: 'x' },
    },
  };
  const values = changedValues(BEFORE, after, changedMembers(BEFORE, after));
  expect(values).toEqual([
    { member: 'online', before: true, after: false },
    { member: 'endpoint.authentication.type', before: 'bearer', after: 'basic' },
    { member: 'endpoint.timeoutMs', before: null, after: 5 },
  ]);
});
