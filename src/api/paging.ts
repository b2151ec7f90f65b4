import { Type } from 'typebox';
import { STATES } from '../domain/state.ts';
import { isUuid, uuidFloor } from '../domain/uuid.ts';
import { invalidRequest } from './problems.ts';
import { parseDateTime } from './state-changes/date-time.ts';
import { DEFAULT_LIMIT, EntityParams, oneOf, PAGE_QUERY, text } from './schemas.ts';

/** The greatest IdNotificacio (xs:long). */
const MAX_NOTIFICATION_ID = 2n ** 63n - 1n;
/** The query parameters that the lists of deliveries and of communications share. */
export const LIST_QUERY = {
  ...PAGE_QUERY,
  organisation: Type.Optional(EntityParams.properties.organisation),
  department: Type.Optional(EntityParams.properties.department),
  notification: Type.Optional(
    Type.Refine(
      Type.String({ pattern: '^[0-9]{1,64}$', description: 'IdNotificacio' }),
      (value) => isNotificationId(value),
      () => 'must be a number from 0 to 9223372036854775807',
    ),
  ),
  state: Type.Optional(oneOf(STATES, 'The state that is told')),
  from: Type.Optional(text({ max: 40, description: 'From this instant, included: ISO 8601 with its zone' })),
  to: Type.Optional(text({ max: 40, description: 'Before this instant: ISO 8601 with its zone' })),
};

/** The values of these parameters, as they come. */
interface ListQuery {
  readonly limit?: number;
  readonly after?: string;
  readonly organisation?: string;
  readonly department?: string;
  readonly notification?: string;
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Whether a text is an IdNotificacio: decimal, 0 to 2^63 - 1. */
export function isNotificationId(value: string): boolean {
  return /^\d{1,64}$/.test(value) && BigInt(value) <= MAX_NOTIFICATION_ID;
}

/**
 * Reads the parameters of a list into what the store filters by: a period and a cursor are bounds of ids.
 *
 * @throws ProblemError `invalid-request` for an instant or a cursor that is none
 */
export function readFilters(query: ListQuery) {
  const to = query.to === undefined ? null : uuidFloor(readInstant('to', query.to));
  const after = query.after === undefined ? null : readCursor(query.after);
  return {
    organisation: query.organisation ?? null,
    department: query.department ?? null,
    notification: query.notification ?? null,
    state: query.state ?? null,
    floor: query.from === undefined ? null : uuidFloor(readInstant('from', query.from)),
    ceiling: to !== null && after !== null && to < after ? to : (after ?? to),
  };
}

/**
 * Reads one page, newest first, that goes on after an id.
 *
 * @param read reads at most so many items
 */
export async function readPage<Item extends { readonly id: string }>(
  query: ListQuery,
  read: (limit: number) => Promise<Item[]>,
): Promise<{ items: Item[]; next: string | null }> {
  return readPageBy(query, read, ({ id }) => writeCursor(id));
}

/**
 * Reads one page, and one item more to know whether another page follows.
 *
 * @param read reads at most so many items, in the list's order
 * @param cursorOf the place after an item, for `next`
 */
export async function readPageBy<Item>(
  query: Pick<ListQuery, 'limit'>,
  read: (limit: number) => Promise<Item[]>,
  cursorOf: (item: Item) => string,
): Promise<{ items: Item[]; next: string | null }> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const found = await read(limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** The place in a list after an item; opaque to who gets it. */
export function writeCursor(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * The id that a cursor stands for.
 *
 * @throws ProblemError `invalid-request`
 */
export function readCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(id) || writeCursor(id) !== cursor) {
    throw invalidRequest([{ field: 'after', detail: 'must be the `next` of a page' }]);
  }
  return id;
}

/**
 * Reads an instant into milliseconds since the epoch: as a bound, finer ones are rounded up.
 *
 * @throws ProblemError `invalid-request` that names the field
 */
export function readInstant(field: string, value: string): number {
  // The `+` of a zone that was not percent-encoded comes as a space.
  const ms = parseDateTime(value.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (ms !== null) return /\.\d{3}\d*[1-9]/.test(value) ? ms + 1 : ms;
  const detail = 'must be an instant with its zone, such as 2026-11-24T10:15:30.123+01:00';
  throw invalidRequest([{ field, detail }]);
}
