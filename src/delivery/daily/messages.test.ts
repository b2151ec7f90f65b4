import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_BYTES, MAX_NOTIFICATIONS, Messages, type Message } from './messages.ts';

const FRAME_BYTES = 500;

function divide(items: readonly string[]): Message[] {
  const messages = new Messages(FRAME_BYTES);
  const full = items.flatMap((xml, place) => messages.add({ xml, changes: [String(place)] }) ?? []);
  return [...full, messages.end()].filter((message) => message !== null);
}

/** Items of very different sizes, some of them of characters that take several bytes. */
const items = fc.array(
  fc.record({
    length: fc.oneof(
      { weight: 300, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: MAX_BYTES / 4, max: MAX_BYTES }) },
    ),
    character: fc.constantFrom('a', 'à', '𝒜'),
  }),
  { maxLength: 1_200, size: 'max' },
);

it('divides a report so that no message is too large, in order, with all of it', () => {
  fc.assert(
    fc.property(items, (made) => {
      const xml = made.map(({ length, character }) => character.repeat(length));
      const messages = divide(xml);
      expect(messages.map((message) => message.items).join('') === xml.join('')).toBe(true);
      expect(messages.flatMap(({ changes }) => changes)).toEqual(xml.map((_, place) => String(place)));
      for (const { items: text, notifications } of messages) {
        expect(notifications).toBeGreaterThan(0);
        expect(notifications).toBeLessThanOrEqual(MAX_NOTIFICATIONS);
        expect(notifications === 1 || FRAME_BYTES + Buffer.byteLength(text) <= MAX_BYTES).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

it('begins a new message only where the next item does not fit', () => {
  expect(divide(Array.from({ length: MAX_NOTIFICATIONS }, () => '<a/>'))).toHaveLength(1);
  expect(divide(Array.from({ length: MAX_NOTIFICATIONS + 1 }, () => '<a/>'))).toHaveLength(2);
  const half = 'a'.repeat((MAX_BYTES - FRAME_BYTES) / 2);
  expect(divide([half, half])).toHaveLength(1);
  expect(divide([half, half, 'a'])).toHaveLength(2);
  expect(divide([])).toEqual([]);
});
