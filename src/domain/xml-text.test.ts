import { describe, expect, it } from 'vitest';
import { characterCount, isXmlText } from './xml-text.ts';

describe('text that XML can carry', () => {
  it.each(['', 'àé·', '\t\n\r', '😀', '\uFFFD'])('is %o', (text) => expect(isXmlText(text)).toBe(true));
  it.each(['\u0000', '\u000B', '\u001F', '\uD800', '\uDC00x', '\uFFFE', '\uFFFF'])('is not %o', (text) =>
    expect(isXmlText(text)).toBe(false),
  );
  it('is counted in characters', () => expect(characterCount('a😀·')).toBe(3));
});
