import type { OperationalEvent } from '../domain/event.ts';
import type { Queryable } from './database.ts';
import { EVENT_COLUMNS, readEvent, type EventRow } from './events.ts';

/** How long events are kept, in days: more than a year. */
const KEPT_DAYS = 400;

/** Events that one statement takes care of. */
const CHUNK = 200;

/**
 * Makes the notices of events that have none yet, one for each channel. Without a channel an event is noted as
 * seen to: one that is configured later begins with what happens then.
 */
export async function makeNotices(db: Queryable, channels: readonly string[]): Promise<void> {
  await db.query(
    `with taken as (
       select esdeveniment from nt30.aoc_nt_esdeveniments where not repartit
       order by esdeveniment limit ${CHUNK} for update skip locked
     ), marked as (
       update nt30.aoc_nt_esdeveniments v set repartit = true from taken where v.esdeveniment = taken.esdeveniment
     )
     insert into nt30.aoc_nt_avisos_esdeveniments (esdeveniment, canal, proper_intent)
     select esdeveniment, canal, clock_timestamp() from taken cross join unnest($1::text[]) as canal
     on conflict do nothing`,
    [channels],
  );
}

/** A notice that is being sent: nobody else sends it until its time is over. */
export interface TakenNotice {
  readonly event: OperationalEvent;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

/**
 * Takes notices of a channel that are due, the oldest first. What another process has taken, or holds, is left
 * to it.
 *
 * @param leaseMs how long sending may take: later another process may take them again
 */
export async function takeNotices(
  db: Queryable,
  channel: string,
  limit: number,
  leaseMs: number,
): Promise<TakenNotice[]> {
  const rows = await db.query<EventRow & { attempt: number }>(
    `with taken as (
       select esdeveniment from nt30.aoc_nt_avisos_esdeveniments
       where canal = $1 and proper_intent <= clock_timestamp()
       order by esdeveniment limit $2 for update skip locked
     ), marked as (
       update nt30.aoc_nt_avisos_esdeveniments a set intents = a.intents + 1,
         proper_intent = clock_timestamp() + $3::integer * interval '1 millisecond'
       from taken where a.esdeveniment = taken.esdeveniment and a.canal = $1
       returning a.esdeveniment, a.intents
     )
     select ${EVENT_COLUMNS}, m.intents as attempt
     from marked m join nt30.aoc_nt_esdeveniments v using (esdeveniment) order by v.esdeveniment`,
    [channel, limit, leaseMs],
  );
  return rows.map(({ attempt, ...row }) => ({ event: readEvent(row), attempt }));
}

/**
 * Notes how the sending of notices ended.
 *
 * @param errorCode null: they were sent
 * @param retryInMs after a failure; null: they are given up
 */
export async function endNotices(
  db: Queryable,
  channel: string,
  events: readonly string[],
  errorCode: string | null,
  retryInMs: number | null,
): Promise<void> {
  await db.query(
    `update nt30.aoc_nt_avisos_esdeveniments set codi_error = $3::text,
       enviat = case when $3::text is null then clock_timestamp() end,
       proper_intent = case when $3::text is not null
         then clock_timestamp() + $4::float8 * interval '1 millisecond' end
     where canal = $1 and esdeveniment = any($2::uuid[])`,
    [channel, events, errorCode, retryInMs],
  );
}

/** Removes a piece of the events that have been kept long enough; answers whether there may be more. */
export async function removeOldEvents(db: Queryable): Promise<boolean> {
  const removed = await db.query(
    `delete from nt30.aoc_nt_esdeveniments where esdeveniment in (
       select esdeveniment from nt30.aoc_nt_esdeveniments
       where moment < clock_timestamp() - interval '${KEPT_DAYS} days' order by esdeveniment limit ${CHUNK})
     returning 1`,
  );
  return removed.length === CHUNK;
}

/** Counts notices that wait to be sent, by channel. */
export async function countNotices(db: Queryable): Promise<{ channel: string; pending: number }[]> {
  return db.query(
    `select canal as channel, count(*)::integer as pending from nt30.aoc_nt_avisos_esdeveniments
     where proper_intent is not null group by canal`,
  );
}
