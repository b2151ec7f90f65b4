import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlText } from '../../../test/support/arbitraries.ts';
import { escapeAttribute, escapeText } from '../../soap/xml.ts';
import { loggedBody, loggedError, loggedHeaders } from './logged.ts';

const SECRET = 'clau "1" & <2>\'ñ·𝒜.*';

/** Ways in which a receiver may repeat a text. */
const REPEATED: readonly [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['escaped', escapeText],
  ['in an attribute', escapeAttribute],
  ['escaped twice', (text) => escapeText(escapeText(text))],
  ['escaped three times', (text) => escapeText(escapeAttribute(escapeText(text)))],
  ['in decimal references', (text) => references(text, (code) => `#${code}`)],
  ['in hexadecimal references', (text) => references(text, (code) => `#x${code.toString(16).toUpperCase()}`)],
  ['in references that are escaped', (text) => escapeText(references(text, (code) => `#0${code}`))],
];

function references(text: string, name: (code: number) => string): string {
  return Array.from(text, (character) => `&${name(character.codePointAt(0) ?? 0)};`).join('');
}

describe('a secret that an answer repeats', () => {
  it.each(REPEATED)('is masked %s', (_how, write) => {
    const text = `abans ${write(SECRET)} després & més`;
    const masked = 'abans *** després & més';
    expect(loggedError(text, [SECRET])).toBe(masked);
    expect(loggedBody(Buffer.from(text), 'text/xml; charset=utf-8', [SECRET])).toBe(masked);
    expect(loggedHeaders({ 'x-said': text }, [SECRET])).toEqual({ 'x-said': masked });
  });

  it('is masked whatever it is', () => {
    const anyWay = fc.constantFrom(...REPEATED.map(([, write]) => write));
    fc.assert(
      fc.property(xmlText(1, 40), anyWay, fc.constantFrom('', '&amp;'), (secret, write, before) => {
        expect(loggedError(`(${before}${write(secret)})`, [secret])).toContain('***');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is masked in no time, however hostile the answer', () => {
    const hostile = '&amp;'.repeat(50_000) + `&${'amp;'.repeat(50_000)}`;
    const start = performance.now();
    loggedBody(Buffer.from(hostile), null, ['&'.repeat(30) + SECRET, SECRET]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('leaves another text as it is', () => {
    const text = 'res a amagar & <res> &amp; &#38;';
    expect(loggedError(text, [SECRET])).toBe(text);
  });
});
