import { expect, it } from 'vitest';
import { preferredLanguage } from './language.ts';

it.each([
  [undefined, 'ca'],
  ['', 'ca'],
  ['*', 'ca'],
  ['de', 'ca'],
  ['es', 'es'],
  ['es-ES,es;q=0.9,en;q=0.8', 'es'],
  ['en-GB', 'en'],
  ['de, en;q=0.5', 'en'],
  ['en;q=0.5, ca-ES;q=0.7, *;q=0.1', 'ca'],
  ['en;q=oops', 'ca'],
])('Accept-Language %s is answered in %s', (accept, language) => {
  expect(preferredLanguage(accept)).toBe(language);
});
