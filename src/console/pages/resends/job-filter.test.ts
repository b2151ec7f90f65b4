import { describe, expect, it } from 'vitest';
import { jobFilterOf } from './job-filter.ts';

describe('a list’s filter', () => {
  it('is a job’s where it is of finished deliveries and bounded', () => {
    const filters = { organisation: '9900000001', status: 'exhausted', kind: 'OnLine' } as const;
    expect(jobFilterOf(filters)).toEqual({ filter: filters });
    expect(jobFilterOf({ from: '2026-11-24T00:00:00.000Z' })).toEqual({
      filter: { from: '2026-11-24T00:00:00.000Z' },
    });
  });

  it('is none where it is of everything, of one notification, or of what is not finished', () => {
    expect(jobFilterOf({ status: 'exhausted' })).toEqual({ refusal: 'unbound' });
    expect(jobFilterOf({ notification: '1', organisation: '1' })).toEqual({ refusal: 'ofNotification' });
    expect(jobFilterOf({ status: 'retrying', organisation: '1' })).toEqual({ refusal: 'ofUnfinished' });
  });
});
