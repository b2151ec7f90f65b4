import { describe, expect, it } from 'vitest';
import { parseContentType } from './content-type.ts';

function charsetOf(header: string): string | undefined {
  return parseContentType(header).parameters.get('charset');
}

describe('a Content-Type', () => {
  it('has a type in lower case, without its parameters', () => {
    expect(parseContentType(' Text/XML ; a=b').type).toBe('text/xml');
    expect(parseContentType(null)).toEqual({ type: '', parameters: new Map() });
  });

  it.each([
    ['text/xml; charset=utf-8', 'utf-8'],
    ['text/xml;CHARSET="utf-8"', 'utf-8'],
    ["text/xml; a=b ; charset = 'utf-8'", 'utf-8'],
    ['text/xml; a="x\\"; charset=no"; charset=utf-8', 'utf-8'],
    ['text/xml; charset=utf-8; charset=no', 'utf-8'],
    ['text/xml; charset="u\\tf-8"', 'utf-8'],
    ['text/xml; xcharset=no', undefined],
    ['text/xml, charset=no', undefined],
  ])('has its parameters: %s', (header, charset) => {
    expect(charsetOf(header)).toBe(charset);
  });

  it('is taken apart in no time, however it is made', () => {
    for (const unit of [';a="', ";charset='", '; ', ';a', '\\"', ';a="\\']) {
      const started = process.cpuUsage();
      parseContentType(unit.repeat(100_000));
      expect(process.cpuUsage(started).user).toBeLessThan(100_000);
    }
  });
});
