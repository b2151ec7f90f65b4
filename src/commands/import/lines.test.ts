import { expect, it } from 'vitest';
import { batchLines, type BatchLimits } from './batches.ts';
import { readLines, type InputLine } from './lines.ts';

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function linesOf(text: string, chunk: number, maxBytes = 1_000): Promise<InputLine[]> {
  const lines: InputLine[] = [];
  for await (const line of readLines(chunksOf(text, chunk), maxBytes)) lines.push(line);
  return lines;
}

async function batchesOf(text: string, limits: BatchLimits) {
  const batches: (readonly [texts: string[], lastLine: number, end: number])[] = [];
  for await (const { lines, lastLine, end } of batchLines(readLines(chunksOf(text, 7), 1_000), limits)) {
    batches.push([lines.map(({ text: line }) => line.toString()), lastLine, end]);
  }
  return batches;
}

it.each([1, 2, 3, 1_000])('finds the same lines however the input comes: by %i bytes', async (chunk) => {
  const text = '\uFEFF{"a":"·"}\r\n\n  \t\r\n{"b":2}\n{"c":3}';
  const lines = await linesOf(text, chunk);
  expect(lines.map(({ number, bytes, end }) => [number, bytes.toString(), end])).toEqual([
    [1, '{"a":"·"}\r', 15],
    [4, '{"b":2}', 29],
    [5, '{"c":3}', 36],
  ]);
});

it.each([1, 5, 1_000])('keeps but the beginning of a line that is too long: by %i bytes', async (chunk) => {
  const lines = await linesOf(`short\n${'x'.repeat(11)}\nafter\n`, chunk, 10);
  expect(lines.map(({ number, tooLong }) => [number, tooLong])).toEqual([
    [1, false],
    [2, true],
    [3, false],
  ]);
});

it('makes batches of so many lines and bytes, in order', async () => {
  const text = '{"a":1}\n{"b":2}\n\n{"c":3}\n';
  expect(await batchesOf(text, { maxLines: 2, maxBytes: 100 })).toEqual([
    [['{"a":1}', '{"b":2}'], 2, 16],
    [['{"c":3}'], 4, 25],
  ]);
  expect(await batchesOf(text, { maxLines: 10, maxBytes: 16 })).toEqual([
    [['{"a":1}', '{"b":2}'], 2, 16],
    [['{"c":3}'], 4, 25],
  ]);
});

it('takes the change out of a line that an earlier import rejected', async () => {
  const rejected = [
    '{"line":7,"code":"invalid-request","field":"id","detail":"d","change":{"id":"x"}}',
    '{"line":8,"code":"invalid-json","field":null,"detail":"d","change":"{broken"}',
    '{"id":"y","channelChange":null,"note":"change"}',
  ];
  const [batch] = await batchesOf(rejected.join('\n'), { maxLines: 10, maxBytes: 1_000 });
  expect(batch?.[0]).toEqual(['{"id":"x"}', '{broken', rejected[2]]);
});
