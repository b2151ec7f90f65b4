const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Madrid',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as fields of date and time have it, in the time of Catalonia: `2026-11-24T10:15`. */
export function madridLocal(ms: number): string {
  return FORMAT.format(ms).replace(' ', 'T').slice(0, 16);
}

/**
 * The instant of a date and time of Catalonia, ISO 8601 in UTC; null for a text that is none. Of an hour that comes
 * twice it is the first; one that is left out is taken as if the clock had not been put forward.
 */
export function madridInstant(local: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local)) return null;
  const wanted = Date.parse(`${local}:00Z`);
  if (Number.isNaN(wanted)) return null;
  const offsets = [2, 1].map((hours) => wanted - hours * 3_600_000);
  const found = offsets.find((ms) => madridLocal(ms) === local) ?? offsets[1] ?? wanted;
  return new Date(found).toISOString();
}
