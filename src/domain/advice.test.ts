import { describe, expect, it } from 'vitest';
import { adviceFor } from './advice.ts';
import { ATTEMPT_ERRORS } from './errors.ts';

describe('what to mend', () => {
  it.each(Object.entries(ATTEMPT_ERRORS))('is said in three languages for %s', (code, { advice }) => {
    const sentence = adviceFor(code);
    expect(sentence?.en).toBe(advice);
    expect(new Set(Object.values(sentence ?? {})).size).toBe(3);
    for (const text of Object.values(sentence ?? {})) expect(text).toMatch(/^[A-Z].+\.$/);
  });

  it.each([
    ['http-401', 'credentials'],
    ['http-307', 'redirects'],
    ['http-500', 'failed'],
    ['http-503', 'failed'],
    ['http-404', 'path'],
    ['http-418', 'status in the code'],
    ['http-4', 'status in the code'],
  ])('is said of %s by its status', (code, part) => {
    expect(adviceFor(code)?.en).toContain(part);
  });

  it('is nothing where the report was acknowledged, or the code is another version’s', () => {
    expect(adviceFor(null)).toBeNull();
    expect(adviceFor('something-new')).toBeNull();
  });
});
