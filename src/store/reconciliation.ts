import { groupBy } from '../domain/group-by.ts';
import type { Hint } from '../queue/queue.ts';
import type { Database } from './database.ts';
import { uuidFloor } from '../domain/uuid.ts';

/** The longest time between two hints for one delivery that stays queued, in seconds. */
const MOST_REPEAT_SECONDS = 3_600;

/** Makes the next hint of every queued delivery due now: for a queue that starts empty. */
export async function hastenHints(db: Database): Promise<void> {
  await db.statement(
    `with picked as (
       select enviament from nt30.aoc_nt_enviaments where situacio = 'queued' order by enviament for update
     )
     update nt30.aoc_nt_enviaments e set avisos = 0, proper_avis = clock_timestamp()
     from picked where e.enviament = picked.enviament`,
    [],
    'hasten-hints',
  );
}

/**
 * Takes deliveries that have been queued for too long and plans their next hint: 60 s after the first one,
 * then doubling, so that a slow queue is not amplified.
 */
export async function takeOverdueHints(db: Database, limit: number): Promise<Hint[]> {
  const rows = await db.statement<{ id: string; origin: string }>(
    `with picked as (
       select enviament from nt30.aoc_nt_enviaments
       where situacio = 'queued' and proper_avis <= clock_timestamp()
       order by enviament limit $1 for update skip locked
     )
     update nt30.aoc_nt_enviaments e set avisos = e.avisos + 1,
       proper_avis = clock_timestamp() + least(60 * 2 ^ least(e.avisos + 1, 6), ${MOST_REPEAT_SECONDS}) * interval '1 second'
     from picked where e.enviament = picked.enviament
     returning e.enviament as id, e.origen as origin`,
    [limit],
    'take-overdue-hints',
  );
  return [...groupBy(rows, (row) => row.origin)].map(([origin, group]) => ({
    origin,
    deliveries: group.map((row) => row.id),
  }));
}

/**
 * Finds notifications with an unfinished delivery and none that is first: a release that was lost. It should
 * never find one; it is the net below the lock order.
 */
export async function findUnreleased(db: Database, limit: number): Promise<string[]> {
  const rows = await db.query<{ notification: string }>(
    `select distinct e.notificacio as notification from nt30.aoc_nt_enviaments e
     where e.finalitzat is null and not e.primer and e.notificacio is not null and not exists (
       select from nt30.aoc_nt_enviaments f
       where f.notificacio = e.notificacio and f.finalitzat is null and f.primer)
     limit $1`,
    [limit],
    'find-unreleased',
  );
  return rows.map((row) => row.notification);
}

/**
 * Removes answers and error texts older than the retention, one batch a call. The narrow log, the request's
 * headers and the hash of what was sent stay.
 *
 * @returns how many were removed: fewer than `limit` when none is left
 */
export async function removeOldTexts(db: Database, olderThanMs: number, limit: number): Promise<number> {
  const rows = await db.statement(
    `with picked as (
       select log from nt30.aoc_nt_cossos_comunicacio
       where log < $1 and (text_error is not null or resposta is not null or resposta_capcaleres is not null)
       order by log limit $2 for update skip locked
     )
     update nt30.aoc_nt_cossos_comunicacio c set text_error = null, resposta = null, resposta_capcaleres = null
     from picked where c.log = picked.log returning 1`,
    [uuidFloor(olderThanMs), limit],
    'remove-old-texts',
  );
  return rows.length;
}
