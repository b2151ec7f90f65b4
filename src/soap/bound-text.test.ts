import { expect, it } from 'vitest';
import { boundText } from './bound-text.ts';

it('leaves a text that fits as it is', () => {
  expect(boundText('abcd', 4)).toBe('abcd');
});

it('cuts a longer one and says so', () => {
  expect(boundText('abcde', 4)).toBe('abc…');
});

it('never cuts inside a character', () => {
  expect(boundText('ab𝒜cd', 4)).toBe('ab…');
});
