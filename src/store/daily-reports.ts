import type { Day } from '../domain/day.ts';
import type { Hold } from '../domain/delivery.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { MessageVersion } from '../domain/report.ts';
import type { Queryable } from './database.ts';
import { CLOCK_MS } from './instants.ts';

/** The parameter that holds the last day whose reports are made. */
const DONE = 'diari_fet_fins';

/** How far the daily reports have come. */
export interface DailyProgress {
  /** The last day whose reports are made. */
  readonly done: Day;
  /** The database's clock, in milliseconds since the epoch. */
  readonly now: number;
}

/** Reads how far the daily reports have come. */
export async function readDailyProgress(db: Queryable): Promise<DailyProgress> {
  const [row] = await db.query<{ done: Day; now: number }>(
    `select valor as done, ${CLOCK_MS} as now from nt30.aoc_nt_parametres where nom = $1`,
    [DONE],
    'read-daily-progress',
  );
  if (row === undefined) throw new Error(`nt30.aoc_nt_parametres lacks ${DONE}`);
  return row;
}

/** Notes that the reports of a day are made; never goes back. */
export async function noteDayDone(db: Queryable, day: Day): Promise<void> {
  await db.query(
    'update nt30.aoc_nt_parametres set valor = $2 where nom = $1 and valor < $2',
    [DONE, day],
    'note-day-done',
  );
}

/**
 * Takes the right to make an entity's daily reports until the transaction ends: the first of its locks, and one
 * that nothing else takes, so that a long cut holds up nobody.
 *
 * @returns the database's clock, in milliseconds since the epoch; null where another transaction has the right
 */
export async function takeCut(tx: Queryable, entity: EntityKey): Promise<number | null> {
  const [row] = await tx.query<{ taken: boolean; now: number }>(
    `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken, ${CLOCK_MS} as now`,
    [JSON.stringify(['nt30.daily', entity.organisation, entity.department])],
    'take-cut',
  );
  return row?.taken === true ? row.now : null;
}

/** Whether an entity's report of a day, or of a later one, is made already. */
export async function isDayCut(tx: Queryable, entity: EntityKey, day: Day): Promise<boolean> {
  const rows = await tx.query(
    `select from nt30.aoc_nt_informes_diaris
     where organisme = $1 and departament = $2 and dia >= $3::date and not reenviament limit 1`,
    [entity.organisation, entity.department, day],
    'is-day-cut',
  );
  return rows.length > 0;
}

/** One message of a daily report: a delivery to be made. */
export interface NewDailyReport {
  readonly id: string;
  readonly entity: EntityKey;
  /** The back office whose own report it is; null: the entity's. */
  readonly backOffice: string | null;
  readonly day: Day;
  /** Its number among the report's messages, from 1. */
  readonly part: number;
  readonly notifications: number;
  /** The changes (rows) that it takes. */
  readonly changes: readonly string[];
  /** Its place in the line: the day's end. */
  readonly position: number;
  readonly blockedBy: string | null;
  /** What holds its entity's deliveries back. */
  readonly heldBy: Hold | null;
  readonly endpointId: string | null;
  readonly originId: string | null;
  readonly messageVersion: MessageVersion;
  readonly xml: string;
  /** Milliseconds of the database's clock. */
  readonly now: number;
}

// Not first: the line is put in order when all of its reports are there.
const INSERT = `
with e as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, organisme, departament, backoffice, posicio,
    situacio, primer, proper_intent, bloquejat, darrer_resultat, punt, origen, creat, retingut)
  values ($1, 'Diari', $2, $3, $4, to_timestamp($5::float8 / 1000), 'waiting', false,
    to_timestamp($6::float8 / 1000), $7, case when $7::text is not null then 'blocked' end, $8, $9,
    to_timestamp($6::float8 / 1000), $16)
), i as (
  insert into nt30.aoc_nt_informes (enviament, versio, contingut) values ($1, $10, $11)
), d as (
  insert into nt30.aoc_nt_informes_diaris (enviament, organisme, departament, backoffice, dia, part, notificacions)
  values ($1, $2, $3, coalesce($4, ''), $12, $13, $14)
)
update nt30.aoc_nt_canvis_diaris set enviament = $1 where canvi = any($15::bigint[]) and enviament is null
returning 1`;

/** Writes one message of a daily report and marks the changes that it takes. */
export async function insertDailyReport(tx: Queryable, report: NewDailyReport): Promise<void> {
  const { id, entity, backOffice, changes } = report;
  const taken = await tx.query(
    INSERT,
    [
      id,
      entity.organisation,
      entity.department,
      backOffice,
      report.position,
      report.now,
      report.blockedBy,
      report.endpointId,
      report.originId,
      report.messageVersion,
      report.xml,
      report.day,
      report.part,
      report.notifications,
      changes,
      report.heldBy,
    ],
    'insert-daily-report',
  );
  if (taken.length !== changes.length) throw new Error('a change was taken by two daily reports');
}
