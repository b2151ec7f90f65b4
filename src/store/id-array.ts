/**
 * Ids of ours, UUIDs or decimals, as PostgreSQL writes an array: nothing in them needs quotes, which `pg` would look
 * for in each.
 */
export function idArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}
