const DAY_MS = 86_400_000;

const LENGTHS_MS = { quarter: 90 * DAY_MS, year: 365 * DAY_MS, twoYears: 730 * DAY_MS } as const;

/** How long a key may be made to work. */
export const LIVES = ['quarter', 'year', 'twoYears', 'noEnd'] as const;
export type Life = (typeof LIVES)[number];

/** When a key that begins now ends; null: it does not. */
export function lifeEnd(life: Life): string | null {
  return life === 'noEnd' ? null : new Date(Date.now() + LENGTHS_MS[life]).toISOString();
}
