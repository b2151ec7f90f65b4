import { expect, it } from 'vitest';
import { paintFor } from './terminal.ts';
import { languageOf } from './texts.ts';

const terminal = { isTTY: true, columns: 80 };
const pipe = { isTTY: false, columns: 80 };

it.each([
  ['a terminal', terminal, {}, true],
  ['a terminal with NO_COLOR', terminal, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
  ['a pipe', pipe, {}, false],
  ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
])('shows colours or not in %s', (_, stream, env, hasColours) => {
  expect(paintFor(stream, env)('red', 'text') !== 'text').toBe(hasColours);
});

it('speaks the language of the locale where it is one of ours, else Catalan', () => {
  const languages = [{}, { LANG: 'C.UTF-8' }, { LANG: 'en_GB.UTF-8' }, { LANG: 'es' }, { LANG: 'est_EE' }];
  expect(languages.map((env) => languageOf(env))).toEqual(['ca', 'ca', 'en', 'es', 'ca']);
  expect(languageOf({ LANG: 'en_GB.UTF-8', LC_ALL: 'ca_ES.UTF-8' })).toBe('ca');
});
