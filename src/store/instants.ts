import type { Queryable } from './database.ts';

/** SQL of an instant as milliseconds since the epoch, a JavaScript number. */
export const epochMs = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::float8`;

/** SQL of the database's clock, in whole milliseconds since the epoch. */
export const CLOCK_MS = `floor(${epochMs('clock_timestamp()')})`;

/** Reads the database's clock, in whole milliseconds since the epoch. */
export async function readClock(db: Queryable): Promise<number> {
  const [row] = await db.query<{ now: number }>(`select ${CLOCK_MS} as now`);
  if (row === undefined) throw new Error('the database has no clock');
  return row.now;
}
