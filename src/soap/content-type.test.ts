import { describe, expect, it } from 'vitest';
import { contentTypeParameters } from './content-type.ts';

describe('the parameters of a Content-Type', () => {
  it('are none where there is no header, or none in it', () => {
    expect(contentTypeParameters(null).size).toBe(0);
    expect(contentTypeParameters('text/xml').size).toBe(0);
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
  ])('are read: %s', (header, charset) => {
    expect(contentTypeParameters(header).get('charset')).toBe(charset);
  });

  it('are read in no time, however the header is made', () => {
    for (const unit of [';a="', ";charset='", '; ', ';a', '\\"', ';a="\\']) {
      const started = process.cpuUsage();
      contentTypeParameters(unit.repeat(100_000));
      expect(process.cpuUsage(started).user).toBeLessThan(100_000);
    }
  });
});
