import { describe, expect, it } from 'vitest';
import { preferredType } from './accept.ts';

describe('the media type of an answer', () => {
  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'application/json'],
    ['text/xml', 'text/xml'],
    ['TEXT/XML; charset=utf-8', 'text/xml'],
    ['application/json, text/xml', 'application/json'],
    ['application/json;q=0.5, text/xml', 'text/xml'],
    ['text/xml;q=0.1, */*', 'application/json'],
    ['text/*, application/json;q=0.9', 'text/xml'],
    ['text/xml;q=0', 'application/json'],
    ['text/xml;q=x, application/json;q=0.1', 'application/json'],
  ])('for Accept: %s is %s', (accept, expected) => {
    expect(preferredType(accept, ['application/json', 'text/xml'])).toBe(expected);
  });
});
