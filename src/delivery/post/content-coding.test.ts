import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoContentCodings } from './content-coding.ts';

const MAX = 10_000;
const CODERS = { gzip: gzipSync, 'X-Gzip': gzipSync, deflate: deflateSync, Deflate: deflateRawSync };
const coding = fc.constantFrom(...(['gzip', 'X-Gzip', 'deflate', 'Deflate'] as const));

describe('content codings', () => {
  it('are undone from the last to the first, whatever they were put on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.array(coding, { maxLength: 3 }), (bytes, codings) => {
        const content = Buffer.from(bytes);
        const coded = codings.reduce<Buffer>((inner, name) => CODERS[name](inner), content);
        expect(undoContentCodings(coded, codings.join(' ,'), MAX)).toEqual({ body: content });
      }),
    );
  });

  it('may give as much as is read, and not a byte more', () => {
    expect(undoContentCodings(gzipSync(Buffer.alloc(MAX)), 'gzip', MAX)).toEqual({ body: Buffer.alloc(MAX) });
    expect(undoContentCodings(gzipSync(Buffer.alloc(MAX + 1)), 'gzip', MAX)).toEqual({ tooLarge: true });
  });

  it('never throw, and never give more than is read', () => {
    const header = fc.option(fc.oneof(coding, fc.string(), fc.constant(',gzip,,gzip')), { nil: null });
    fc.assert(
      fc.property(fc.uint8Array(), header, (bytes, name) => {
        const uncoded = undoContentCodings(Buffer.from(bytes), name, MAX);
        if ('body' in uncoded) expect(uncoded.body.length).toBeLessThanOrEqual(MAX);
      }),
    );
  });

  it('cost nothing that unpacks to gigabytes', () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const started = process.cpuUsage();
    expect(undoContentCodings(bomb, 'gzip', MAX)).toEqual({ tooLarge: true });
    expect(process.cpuUsage(started).user).toBeLessThan(50_000);
  });
});
