import type { EntityKey } from '../domain/notification.ts';
import type { Queryable } from './database.ts';

/** A change that the next daily report of its entity tells. */
export interface DailyChange extends EntityKey {
  /** The caller's id of the change. */
  readonly id: string;
  readonly notification: string;
}

/**
 * Notes changes for the daily report, in the transaction that has written them: whenever it ends, a change is
 * either seen by a cut or waits for the next one.
 */
export async function noteDailyChanges(tx: Queryable, changes: readonly DailyChange[]): Promise<void> {
  if (changes.length === 0) return;
  // Each by its key: a join could become a scan of the largest table.
  await tx.query(
    `insert into nt30.aoc_nt_canvis_diaris (canvi, notificacio, organisme, departament, ocorregut)
     select s.canvi, d.notification, d.organisation, d.department, s.ocorregut
     from json_to_recordset($1) as d(id text, notification bigint, organisation text, department text)
     cross join lateral (
       select s.canvi, s.ocorregut from nt30.aoc_nt_canvis_estat s
       where s.notificacio = d.notification and s.id = d.id order by s.canvi desc limit 1) s`,
    [JSON.stringify(changes)],
    'note-daily-changes',
  );
}

/** What waits for a daily report, of changes that had occurred before an instant; the words of the index. */
const waitsBefore = (instant: string): string => `c.enviament is null and c.ocorregut < ${instant}`;

const INSTANT = `to_timestamp($1::float8 / 1000)`;

// A loose index scan: it steps from entity to entity through the partial index, whatever the number of changes
// behind each. One whose configuration is gone has nobody to be told.
const FIND_ENTITIES = `
with recursive e as (
  (select c.organisme, c.departament from nt30.aoc_nt_canvis_diaris c
   where c.enviament is null and (c.organisme, c.departament) > ($3, $4)
   order by c.organisme, c.departament limit 1)
  union all
  select n.* from e cross join lateral (
    select c.organisme, c.departament from nt30.aoc_nt_canvis_diaris c
    where c.enviament is null and (c.organisme, c.departament) > (e.organisme, e.departament)
    order by c.organisme, c.departament limit 1) n
)
select e.organisme as organisation, e.departament as department from e
where exists (
    select from nt30.aoc_nt_canvis_diaris c
    where c.organisme = e.organisme and c.departament = e.departament and ${waitsBefore(INSTANT)})
  and not exists (
    select from nt30.aoc_nt_informes_diaris d
    where d.organisme = e.organisme and d.departament = e.departament and d.dia >= $2::date
      and not d.reenviament)
  and exists (
    select from nt30.aoc_nt_configuracio_callbacks g
    where g.organisme = e.organisme and g.departament = e.departament)
order by e.organisme, e.departament limit $5`;

/**
 * Finds entities that are owed the report of a day: changes wait that had occurred before its end, and neither it
 * nor a later day's report is made.
 *
 * @param before the day's end, in milliseconds since the epoch
 * @param after goes on behind this entity; null: from the first
 */
export async function findEntitiesDue(
  db: Queryable,
  due: { readonly day: string; readonly before: number },
  after: EntityKey | null,
  limit: number,
): Promise<EntityKey[]> {
  return db.query<EntityKey & { organisation: string }>(
    FIND_ENTITIES,
    [due.before, due.day, after?.organisation ?? '', after?.department ?? '', limit],
    'find-entities-due',
  );
}

/** Whether changes of an entity wait for a daily report. */
export async function hasDailyChanges(tx: Queryable, entity: EntityKey): Promise<boolean> {
  const rows = await tx.query(
    `select from nt30.aoc_nt_canvis_diaris c
     where c.enviament is null and c.organisme = $1 and c.departament = $2 limit 1`,
    [entity.organisation, entity.department],
    'has-daily-changes',
  );
  return rows.length > 0;
}

/** The back offices of the notifications that wait; '' where one has none. */
export async function listWaitingBackOffices(
  tx: Queryable,
  entity: EntityKey,
  before: number,
): Promise<string[]> {
  const rows = await tx.query<{ backOffice: string }>(
    `select distinct coalesce(n.backoffice, '') as "backOffice"
     from nt30.aoc_nt_canvis_diaris c join nt30.aoc_nt_notificacions n using (notificacio)
     where c.organisme = $2 and c.departament = $3 and ${waitsBefore(INSTANT)}`,
    [before, entity.organisation, entity.department],
    'list-waiting-back-offices',
  );
  return rows.map(({ backOffice }) => backOffice);
}

/** A notification that waits for a daily report, with the changes (rows) of it that the report takes. */
export interface WaitingNotification {
  readonly id: string;
  readonly backOffice: string | null;
  readonly changes: readonly string[];
}

// It goes on in the index, by ascending notification, and stops at the limit: with a condition on the back office
// in it the planner would read all that waits, at every page.
const READ_WAITING = `
with p as materialized (
  select c.notificacio, array_agg(c.canvi::text) as changes
  from nt30.aoc_nt_canvis_diaris c
  where c.organisme = $2 and c.departament = $3 and c.notificacio > $4 and ${waitsBefore(INSTANT)}
  group by c.notificacio order by c.notificacio limit $5
)
select p.notificacio as id, n.backoffice as "backOffice", p.changes
from p join nt30.aoc_nt_notificacions n using (notificacio) order by p.notificacio`;

/**
 * Reads the next notifications of an entity that wait, by ascending id.
 *
 * @param before the day's end, in milliseconds since the epoch
 * @param after goes on behind this id; '-1' at the start
 */
export async function readWaiting(
  tx: Queryable,
  { organisation, department }: EntityKey,
  before: number,
  after: string,
  limit: number,
): Promise<WaitingNotification[]> {
  return tx.query<{ id: string; backOffice: string | null; changes: string[] }>(
    READ_WAITING,
    [before, organisation, department, after, limit],
    'read-waiting',
  );
}
