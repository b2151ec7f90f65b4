import { expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './message.ts';

const ID = '7f0c6c5e-3d4f-4a39-9a55-0d6b3b2f1c01';

it('reads what it writes', () => {
  const hint = { origin: '12', deliveries: Array.from({ length: 50 }, () => ID) };
  expect(decodeMessage(encodeMessage(hint))).toEqual(hint);
});

it.each([
  ['no JSON', 'hello'],
  ['nothing', ''],
  ['another version', JSON.stringify({ v: 2, origin: '12', deliveries: [ID] })],
  ['no origin', JSON.stringify({ v: 1, deliveries: [ID] })],
  ['an origin that is no number', JSON.stringify({ v: 1, origin: 'a', deliveries: [ID] })],
  ['no delivery', JSON.stringify({ v: 1, origin: '12', deliveries: [] })],
  ['too many deliveries', JSON.stringify({ v: 1, origin: '12', deliveries: Array(51).fill(ID) })],
  ['an id that is no UUID', JSON.stringify({ v: 1, origin: '12', deliveries: ['1'] })],
  ['more than we say', JSON.stringify({ v: 1, origin: '12', deliveries: [ID], name: 'x' })],
  ['too much', `${encodeMessage({ origin: '12', deliveries: [ID] })}${' '.repeat(4_096)}`],
])('does not read a body with %s', (_, body) => {
  expect(decodeMessage(body)).toBeNull();
});
