import { describe, expect, it } from 'vitest';
import { readCredentials } from './credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a bearer token', () => {
  it.each(['Bearer abc', 'bearer   abc', 'BEARER abc  '])('is the key: %s', (header) => {
    expect(readCredentials(header, false)).toBe('abc');
  });

  it.each([
    undefined,
    '',
    'abc',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer "abc"',
    `Bearer ${'a'.repeat(1_025)}`,
    `Bearer${' '.repeat(50_000)}"`,
  ])('is none: %s', (header) => {
    expect(readCredentials(header, true)).toBeNull();
  });
});

describe('HTTP Basic', () => {
  it.each([
    ['the password', basic('anything:abc'), 'abc'],
    ['the password without a user', basic(':abc'), 'abc'],
    ['all after the first colon', basic('user:a:b'), 'a:b'],
  ])('brings the key as %s', (_, header, key) => {
    expect(readCredentials(header, true)).toBe(key);
  });

  it.each([basic('no colon'), basic('user:'), 'Basic !', 'Basic'])('brings none: %s', (header) => {
    expect(readCredentials(header, true)).toBeNull();
  });

  it('is not taken where it is not said', () => {
    expect(readCredentials(basic('user:abc'), false)).toBeNull();
  });
});
