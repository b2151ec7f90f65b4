import type { Filters } from '../lists/filters.ts';
import type { JobFilter } from './model.ts';

/** Why a list’s filter cannot be a job’s, by the name of the text that says so. */
type Refusal = 'unbound' | 'ofNotification' | 'ofUnfinished';

/** The statuses in which a delivery can be sent again. */
const FINISHED = ['acknowledged', 'exhausted', 'cancelled'] as const;

/** A list’s filter as a job’s: a job is of finished deliveries, of a public body or from an instant on. */
export function jobFilterOf(filters: Filters): { filter: JobFilter } | { refusal: Refusal } {
  const { notification, outcome: _, status, ...rest } = filters;
  const ended = FINISHED.find((each) => each === status);
  if (notification !== undefined) return { refusal: 'ofNotification' };
  if (status !== undefined && ended === undefined) return { refusal: 'ofUnfinished' };
  if (rest.organisation === undefined && rest.from === undefined) return { refusal: 'unbound' };
  return { filter: { ...rest, ...(ended === undefined ? {} : { status: ended }) } };
}
