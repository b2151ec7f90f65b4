import { randomFillSync } from 'node:crypto';

const DIGITS = Buffer.from('0123456789abcdef');

/** The id that was made last, as characters: ids of one instant have their beginning in common. */
const characters = Buffer.from('00000000-0000-7000-8000-000000000000');
let lastInstant = 0;

/** Random bytes not yet used. Asking for eight at a time would cost more than the rest of making an id. */
const random = Buffer.alloc(4_096);
let randomUsed = random.length;

/**
 * A UUID version 7 (RFC 9562, 5.7) of the given instant: ids of one table sort by time, so that one index
 * serves identity, order and period. `counter` (0 to 4095) keeps the order within one batch (method 1).
 */
export function uuidV7(ms: number, counter: number): string {
  const instant = Math.floor(ms);
  if (instant !== lastInstant) {
    const time = instant.toString(16).padStart(12, '0');
    characters.write(`${time.slice(0, 8)}-${time.slice(8)}`, 'latin1');
    lastInstant = instant;
  }
  writeDigit(15, counter >> 8);
  writeDigit(16, counter >> 4);
  writeDigit(17, counter);
  if (randomUsed === random.length) {
    randomFillSync(random);
    randomUsed = 0;
  }
  // The variant, and 62 random bits.
  const first = random[randomUsed] ?? 0;
  writeDigit(19, 0x8 | ((first >> 4) & 0x3));
  writeDigit(20, first);
  writeByte(21, random[randomUsed + 1] ?? 0);
  for (let byte = 2; byte < 8; byte += 1) writeByte(20 + 2 * byte, random[randomUsed + byte] ?? 0);
  randomUsed += 8;
  return characters.toString('latin1');
}

function writeByte(at: number, byte: number): void {
  writeDigit(at, byte >> 4);
  writeDigit(at + 1, byte);
}

function writeDigit(at: number, value: number): void {
  characters[at] = DIGITS[value & 0xf] ?? 0;
}

/** The instant, in milliseconds since the epoch, at which an id of ours was made. */
export function uuidTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The least id of an instant: bounds a period in an index of ids. */
export function uuidFloor(ms: number): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** Whether a text has the form of a UUID. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
