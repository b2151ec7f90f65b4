import type { Status, WaitingFor } from '../domain/delivery.ts';
import type { Queryable } from './database.ts';
import { WAITING_FOR_COLUMN } from './deliveries.ts';

/** The unfinished deliveries of one status that wait for the same. */
export interface Backlog {
  readonly status: Status;
  readonly waitingFor: WaitingFor | null;
  readonly deliveries: number;
  /** The age of the oldest of them. */
  readonly oldestSeconds: number;
  /** How long the one that has been due longest has been so; 0 where none is. */
  readonly overdueSeconds: number;
}

// Reads the unfinished alone, by their partial index: they are few beside the finished, and when they are not,
// that is what is to be seen.
const BACKLOG = `
select e.situacio as status, w.waiting_for as "waitingFor", count(*)::integer as deliveries,
  extract(epoch from now() - min(e.creat))::float8 as "oldestSeconds",
  greatest(extract(epoch from now() - min(e.proper_intent)), 0)::float8 as "overdueSeconds"
from nt30.aoc_nt_enviaments e
cross join lateral (select ${WAITING_FOR_COLUMN} as waiting_for) w
where e.finalitzat is null
group by 1, 2`;

/** Counts the unfinished deliveries by status and by what they wait for. */
export async function readBacklog(db: Queryable): Promise<Backlog[]> {
  return db.query<Backlog>(BACKLOG);
}
