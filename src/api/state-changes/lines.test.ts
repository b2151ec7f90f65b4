import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../domain/errors.ts';
import { change } from '../../../test/support/changes.ts';
import { parseLines, parseSingle } from './lines.ts';

const NOW = Date.parse('2036-01-01T00:00:00Z');

const line = (id: string): string => JSON.stringify(change({ id }));
const parse = (body: string | Buffer) => parseLines(Buffer.from(body), NOW);

function refusal(work: () => unknown): ProblemError {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('newline-delimited JSON', () => {
  it.each([
    ['with a line feed at the end', `${line('a')}\n${line('b')}\n`],
    ['without one', `${line('a')}\n${line('b')}`],
    ['with CRLF', `${line('a')}\r\n${line('b')}\r\n`],
    ['with a byte order mark', `\uFEFF${line('a')}\n${line('b')}`],
    ['with white space around', ` ${line('a')}\t\n  ${line('b')} `],
  ])('is read %s', (_how, body) => {
    expect(parse(body).map((each) => [each.line, each.change.id])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('skips blank lines but counts them', () => {
    expect(parse(`\n \t\r\n${line('a')}\n\n${line('b')}\n\n`).map((each) => each.line)).toEqual([3, 5]);
  });

  it('names each bad line once and takes none', () => {
    const notUtf8 = Buffer.from([0x22, 0xff, 0x22, 0x0a]);
    const bad = JSON.stringify({ ...change(), state: 'X', colour: 'red' });
    const body = Buffer.concat([
      Buffer.from(`${line('a')}\n{"id":\n${bad}\n\n`),
      notUtf8,
      Buffer.from('7\n'),
    ]);
    const { code, members, message } = refusal(() => parse(body));
    expect(code).toBe('invalid-request');
    expect(message).toBe('Nothing was taken: 4 of 5 lines are bad. Line 2: it is not well-formed JSON.');
    expect(members.lines).toEqual([
      { line: 2, code: 'invalid-json', field: null, detail: 'is not well-formed JSON' },
      { line: 3, code: 'invalid-request', field: 'state', detail: expect.stringMatching(/^must be one of/) },
      { line: 5, code: 'invalid-json', field: null, detail: 'is not UTF-8' },
      { line: 6, code: 'invalid-request', field: null, detail: 'must be an object' },
    ]);
  });

  it('is invalid-json where no line can be read', () => {
    expect(refusal(() => parse('{\n}{')).code).toBe('invalid-json');
  });

  it('takes 1,000 lines and refuses 1,001', () => {
    const lines = Array.from({ length: 1_000 }, (_, place) => line(String(place)));
    expect(parse(lines.join('\n'))).toHaveLength(1_000);
    expect(parse(`${lines.join('\n\n')}\n\n`)).toHaveLength(1_000);
    expect(refusal(() => parse(`${lines.join('\n')}\n{`)).code).toBe('too-many-lines');
  });

  it.each([[''], ['\n\n'], ['\uFEFF'], [' \r\n']])('refuses %j, which has no line', (body) => {
    expect(refusal(() => parse(body)).code).toBe('no-lines');
  });
});

describe('a single state change', () => {
  it('is line 1', () => {
    expect(parseSingle(change({ id: 'a' }), NOW)).toMatchObject([{ line: 1, change: { id: 'a' } }]);
  });

  it('is refused as line 1', () => {
    expect(refusal(() => parseSingle({ ...change(), id: '' }, NOW)).members.lines).toEqual([
      { line: 1, code: 'invalid-request', field: 'id', detail: 'must not have fewer than 1 characters' },
    ]);
  });
});
