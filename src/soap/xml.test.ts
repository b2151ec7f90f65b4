import { describe, expect, it } from 'vitest';
import { element, escapeAttribute, escapeText, optionalElement } from './xml.ts';

describe('canonical XML', () => {
  it('escapes in text what Canonical XML says, and nothing else', () => {
    expect(escapeText(`a&b<c>d"e'f\tg\nh\ri]]>`)).toBe(`a&amp;b&lt;c&gt;d"e'f\tg\nh&#xD;i]]&gt;`);
  });

  it('escapes in attributes what Canonical XML says, and nothing else', () => {
    expect(escapeAttribute(`a&b<c>d"e'f\tg\nh\ri`)).toBe(`a&amp;b&lt;c>d&quot;e'f&#x9;g&#xA;h&#xD;i`);
  });

  it('leaves an ordinary text as it is', () => {
    expect(escapeText('Col·legi 𝒜')).toBe('Col·legi 𝒜');
    expect(escapeAttribute('Col·legi 𝒜')).toBe('Col·legi 𝒜');
  });

  it('escapes what already looks escaped once more', () => {
    expect(escapeText('&amp;')).toBe('&amp;amp;');
  });

  it('writes an empty element with an explicit end tag, and nothing for an unknown text', () => {
    expect(element('Nom', '')).toBe('<Nom></Nom>');
    expect(optionalElement('Nom', '')).toBe('<Nom></Nom>');
    expect(optionalElement('Nom', null)).toBe('');
  });
});
