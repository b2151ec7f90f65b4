import type { paths } from '../../api/schema.ts';

type Health =
  paths['/v1/entities/{organisation}/{department}/health']['get']['responses'][200]['content']['application/json'];

/** How an entity's deliveries fared on a day of Madrid. */
export type HealthDay = Health['days'][number];

/** An instant of a day of Madrid, in milliseconds since the epoch. */
export function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
