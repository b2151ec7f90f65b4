import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { uuidFloor } from '../domain/uuid.ts';
import type { Database, Queryable } from './database.ts';
import { CLOCK_MS } from './instants.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** For so long hours are kept, in milliseconds: what `days` of an entity's health may ask for, and a day. */
const HOURS_KEPT_MS = 91 * 24 * HOUR_MS;
/** The same of minutes: the longest span of the activity, and a day. */
const MINUTES_KEPT_MS = 8 * 24 * HOUR_MS;
/**
 * A row of the log is written at its attempt's end: so long after a minute its rows are there, but for those of a
 * process that died or a database that was away, which a further count finds.
 */
const LATE_MS = 5 * MINUTE_MS;

/** How far the log is counted, in milliseconds since the epoch: all before it is in the tables of counts. */
export interface Counted {
  readonly minutes: number;
  readonly hours: number;
}

const Progress = Compile(
  Type.Object({ minutes: Type.Optional(Type.Integer()), hours: Type.Optional(Type.Integer()) }),
);

/** What has never been counted reads as counted up to the epoch. */
function readProgress(value: string): Counted {
  const { minutes = 0, hours = 0 } = Progress.Parse(JSON.parse(value));
  return { minutes, hours };
}

/** Reads how far the log is counted. */
export async function readCounted(db: Queryable): Promise<Counted> {
  const [row] = await db.query<{ value: string }>(
    `select valor as value from nt30.aoc_nt_parametres where nom = 'activitat'`,
  );
  return readProgress(row?.value ?? '{}');
}

/**
 * SQL of whether the log's row `l` is the attempt that exhausted its delivery. Looked up of failures alone, by key:
 * of an `exists` the planner would make a table of every exhausted delivery there is.
 */
export const EXHAUSTED = `case when l.resultat in ('acknowledged', 'answered', 'blocked') then false
  else coalesce((select e.situacio = 'exhausted' and e.intents = l.intent from nt30.aoc_nt_enviaments e
    where e.enviament = l.enviament), false) end`;

/** SQL of the step that the duration of the log's row `l` falls into; `stepMs` is its opposite. */
export const DURATION_STEP = `floor(ln(greatest(l.durada_ms, 1)::float8) / ln(1.1::float8))::smallint`;

/** The duration in the middle of a step, in milliseconds: less than a twentieth off. */
export function stepMs(step: number): number {
  return Math.round(1.1 ** (step + 0.5));
}

// A row belongs to the hour and minute of its id, which never changes; `inici` of an attempt whose end was told late
// may lie a little beside it.
const WITHIN = `log >= $1::uuid and log < $2::uuid`;
const START = `greatest(least(l.inici, $4::timestamptz - interval '1 millisecond'), $3::timestamptz)`;

const COUNT_MINUTES = `
insert into nt30.aoc_nt_activitat (minut, resultat, intents, esgotats)
select date_trunc('minute', ${START}), l.resultat, count(*), count(*) filter (where ${EXHAUSTED})
from nt30.aoc_nt_logs_comunicacio l where ${WITHIN} group by 1, 2`;

const COUNT_HOURS = `
insert into nt30.aoc_nt_activitat_entitats (organisme, departament, hora, resultat, durada_grau, intents, primers,
  esgotats)
select l.organisme, l.departament, date_trunc('hour', ${START}), l.resultat, ${DURATION_STEP}, count(*),
  count(*) filter (where l.resultat = 'acknowledged' and l.intent = 1), count(*) filter (where ${EXHAUSTED})
from nt30.aoc_nt_logs_comunicacio l where ${WITHIN} group by 1, 2, 3, 4, 5`;

/** Pieces of at most an hour that one transaction counts: the last minutes may lie in two hours. */
const PIECES = 2;

/** Whether the hour that begins at an instant is over, and its rows are there. */
function isOver(hour: number, now: number): boolean {
  return hour + HOUR_MS + LATE_MS <= now;
}

/** Counts a stretch of minutes, or one hour, anew. */
async function count(tx: Queryable, unit: 'minutes' | 'hours', from: number, to: number): Promise<void> {
  const period = [new Date(from), new Date(to)];
  await tx.query(
    unit === 'minutes'
      ? 'delete from nt30.aoc_nt_activitat where minut >= $1 and minut < $2'
      : 'delete from nt30.aoc_nt_activitat_entitats where hora >= $1 and hora < $2',
    period,
  );
  const values = [uuidFloor(from), uuidFloor(to), ...period];
  await tx.query(unit === 'minutes' ? COUNT_MINUTES : COUNT_HOURS, values);
}

/**
 * Counts the next piece of the log that is not counted yet, an hour or two of it, and the last minutes anew. One
 * process at a time does; another's turn is passed over.
 *
 * @returns whether there is more to do at once
 */
export async function countActivity(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const taken = await takeProgress(tx);
    if (taken === null) return false;
    const { now, oldest } = taken;
    const start = oldest ?? now;
    const thisMinute = floorTo(now, MINUTE_MS);
    const keptFrom = floorTo(Math.max(start, now - MINUTES_KEPT_MS), MINUTE_MS);
    let minutes = Math.max(Math.min(taken.counted.minutes, thisMinute - LATE_MS), keptFrom);
    for (let piece = 0; piece < PIECES && minutes < thisMinute; piece += 1) {
      // To the hour's end at most, so that `START` holds a row within the hour of its id.
      const to = Math.min(thisMinute, floorTo(minutes, HOUR_MS) + HOUR_MS);
      await count(tx, 'minutes', minutes, to);
      minutes = to;
    }
    let hours = Math.max(taken.counted.hours, floorTo(Math.max(start, now - HOURS_KEPT_MS), HOUR_MS));
    if (isOver(hours, now)) {
      await count(tx, 'hours', hours, hours + HOUR_MS);
      hours += HOUR_MS;
    }
    await writeProgress(tx, { minutes, hours });
    return minutes < thisMinute || isOver(hours, now);
  });
}

/**
 * Counts one hour of the past anew: for rows that came late, and attempts whose end was told late.
 *
 * @param hour the hour's start, in milliseconds since the epoch
 */
export async function recountHour(db: Database, hour: number): Promise<void> {
  await db.transaction(async (tx) => {
    const taken = await takeProgress(tx);
    if (taken === null || taken.counted.hours < hour + HOUR_MS) return;
    await count(tx, 'hours', hour, hour + HOUR_MS);
    if (taken.now - hour < MINUTES_KEPT_MS && taken.counted.minutes >= hour + HOUR_MS) {
      await count(tx, 'minutes', hour, hour + HOUR_MS);
    }
  });
}

/** Removes counts that are shown no more. */
export async function removeOldCounts(db: Queryable): Promise<void> {
  await db.query(
    `delete from nt30.aoc_nt_activitat where minut < clock_timestamp() - $1 * interval '1 millisecond'`,
    [MINUTES_KEPT_MS],
  );
  await db.query(
    `delete from nt30.aoc_nt_activitat_entitats where hora < clock_timestamp() - $1 * interval '1 millisecond'`,
    [HOURS_KEPT_MS],
  );
}

interface Taken {
  readonly counted: Counted;
  readonly now: number;
  /** When the log's first row began; null where it has none. */
  readonly oldest: number | null;
}

async function takeProgress(tx: Queryable): Promise<Taken | null> {
  const [row] = await tx.query<{ value: string; now: number; oldest: Date | null }>(
    `select valor as value, ${CLOCK_MS} as now,
       (select inici from nt30.aoc_nt_logs_comunicacio order by log limit 1) as oldest
     from nt30.aoc_nt_parametres where nom = 'activitat' for update skip locked`,
  );
  if (row === undefined) return null;
  return { counted: readProgress(row.value), now: row.now, oldest: row.oldest?.getTime() ?? null };
}

async function writeProgress(tx: Queryable, counted: Counted): Promise<void> {
  await tx.query(`update nt30.aoc_nt_parametres set valor = $1 where nom = 'activitat'`, [
    JSON.stringify(counted),
  ]);
}

function floorTo(ms: number, unit: number): number {
  return Math.floor(ms / unit) * unit;
}
