import { randomUUID } from 'node:crypto';

/**
 * A UUID version 7 (RFC 9562, 5.7) of the given instant: ids of one table sort by time, so that one index
 * serves identity, order and period. `counter` (0 to 4095) keeps the order within one batch (method 1).
 */
export function uuidV7(ms: number, counter: number): string {
  const instant = Math.floor(ms);
  if (instant !== lastInstant) {
    const time = instant.toString(16).padStart(12, '0');
    lastInstant = instant;
    lastPrefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }
  const count = (counter & 0xfff).toString(16).padStart(3, '0');
  // The variant and the 62 random bits: a UUID of version 4 has both in its last two groups, made from a pool.
  return lastPrefix + count + randomUUID().slice(18);
}

/** What ids of one instant have in common: a batch makes them one after the other. */
let lastInstant = Number.NaN;
let lastPrefix = '';

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
