/** SQL of an instant as milliseconds since the epoch, a JavaScript number. */
export const epochMs = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::float8`;

/** SQL of the database's clock, in whole milliseconds since the epoch. */
export const CLOCK_MS = `floor(${epochMs('clock_timestamp()')})`;
