import { randomBytes } from 'node:crypto';

/**
 * A UUID version 7 (RFC 9562, 5.7) of the given instant: ids of one table sort by time, so that one index
 * serves identity, order and period. `counter` (0 to 4095) keeps the order within one batch (method 1).
 */
export function uuidV7(ms: number, counter: number): string {
  const bytes = randomBytes(10);
  bytes.writeUInt16BE(0x7000 | (counter & 0xfff), 0);
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  const rest = bytes.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
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
