import { describe, expect, it } from 'vitest';
import { findOverdue, type Components } from './overdue.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const NONE: Components = { advisories: [], behind: [], pinned: {}, known: [], now: NOW };

function weak(severity: 'high' | 'low', since?: string): string[] {
  const advisory = {
    component: 'invented',
    url: 'https://example/advisories/GHSA-1',
    title: 'Bad',
    severity,
  };
  return findOverdue({
    ...NONE,
    advisories: [advisory],
    known: since === undefined ? [] : [{ name: 'GHSA-1', since }],
  });
}

function behind(publishedAt: string, version = '1.3.0', since?: string): string[] {
  return findOverdue({
    ...NONE,
    pinned: { invented: '1.2.9' },
    behind: [{ component: 'invented', version, publishedAt }],
    known: since === undefined ? [] : [{ name: 'invented', since }],
  });
}

describe('a known weakness', () => {
  it('is beyond its time frame as long as nobody has noted it', () => {
    expect(weak('low')).toHaveLength(1);
  });

  it('has the days of its severity from then on', () => {
    expect(weak('high', '2026-11-14')).toEqual([]);
    expect(weak('high', '2026-11-12')).toEqual([
      'invented: high, Bad (https://example/advisories/GHSA-1), to be mended within 7 days',
    ]);
    expect(weak('low', '2026-11-12')).toEqual([]);
  });
});

describe('a newer version', () => {
  it('is taken within three months', () => {
    expect(behind('2026-11-01T00:00:00Z')).toEqual([]);
    expect(behind('2026-08-01T00:00:00Z')).toEqual(['invented: 1.2.9, though 1.3.0 is older than 90 days']);
  });

  it.each(['1.2.9', '1.2.8', '2.0.0', '0.9.0', '1.4.0-beta.1'])('is not %s', (version) => {
    expect(behind('2026-01-01T00:00:00Z', version)).toEqual([]);
  });

  it('may be put off by another three months, with a note', () => {
    expect(behind('2026-08-01T00:00:00Z', '1.3.0', '2026-11-01')).toEqual([]);
  });
});
