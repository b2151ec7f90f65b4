const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const UNITS = ['ms', 's', 'm', 'h', 'd'] as const;

/** The longest delay between two attempts: 7 days. */
export const MAX_DELAY_MS = 7 * UNITS_MS.d;

/** Reads a duration such as `500ms`, `1s`, `10m`, `6h`, `7d` into milliseconds; null where it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(?<count>\d{1,9})(?<unit>ms|s|m|h|d)$/.exec(text.trim());
  const unit = UNITS.find((name) => name === match?.groups?.unit);
  if (unit === undefined) return null;
  return Number(match?.groups?.count) * UNITS_MS[unit];
}

/** Writes milliseconds as the shortest duration that means exactly the same: 90_000 → `90s`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (ms !== 0 && ms % UNITS_MS[unit] === 0) return `${ms / UNITS_MS[unit]}${unit}`;
  }
  return `${ms}ms`;
}
