import type { Outcome } from '../../src/domain/attempt.ts';
import { isFinished, type Schedule, type Status } from '../../src/domain/delivery.ts';
import type { Queryable } from '../../src/store/database.ts';
import { epochMs } from '../../src/store/instants.ts';

/** A delivery's row, as far as the scheduler goes by it. */
export interface Row {
  id: string;
  status: Status;
  first: boolean;
  attempts: number;
  failures: number;
  interruptions: number;
  broughtForward: boolean;
  blockedBy: string | null;
  lastOutcome: Outcome | null;
  position: number;
  dueAt: number;
  notBefore: number | null;
  troubledAt: number | null;
  finished: boolean;
  leased: boolean;
  held: boolean;
}

/** The deliveries of an organisation. */
export async function readRows(db: Queryable, organisation: string): Promise<Row[]> {
  return db.query<Row & { id: string }>(
    `select enviament as id, situacio as status, primer as first, intents as attempts, gastats as failures,
         interrupcions as interruptions, avancat as "broughtForward", bloquejat as "blockedBy",
         darrer_resultat as "lastOutcome", ${epochMs('posicio')} as position,
         ${epochMs('proper_intent')} as "dueAt",
         ${epochMs('no_abans')} as "notBefore",
         ${epochMs('problema_origen')} as "troubledAt",
         finalitzat is not null as finished, arrendament is not null as leased,
         retingut is not null as held
       from nt30.aoc_nt_enviaments where organisme = $1`,
    [organisation],
  );
}

/** What the model and the row must agree on. */
export function told(d: Pick<Schedule, keyof Row & keyof Schedule>): unknown {
  return {
    id: d.id,
    status: d.status,
    first: isFinished(d.status) ? null : d.first,
    attempts: d.attempts,
    failures: d.failures,
    interruptions: d.interruptions,
    broughtForward: d.broughtForward,
    blockedBy: d.blockedBy,
    lastOutcome: d.lastOutcome,
    position: d.position,
  };
}

/** What the log has of a delivery's attempts, by number. */
export interface LoggedAttempts {
  readonly id: string;
  readonly numbers: readonly number[];
  readonly outcomes: readonly Outcome[];
}

/** The attempts of an organisation's deliveries, as the communications log tells them. */
export async function readAttempts(
  db: Queryable,
  organisation: string,
): Promise<ReadonlyMap<string, LoggedAttempts>> {
  const rows = await db.query<LoggedAttempts & { id: string }>(
    `select enviament as id, array_agg(intent order by intent) as numbers,
       array_agg(resultat order by intent) as outcomes
     from nt30.aoc_nt_logs_comunicacio where organisme = $1 and intent is not null group by enviament`,
    [organisation],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which attempts of these deliveries the log has as interrupted: `<delivery> <number>`. */
export async function readInterrupted(
  db: Queryable,
  deliveries: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ key: string }>(
    `select enviament || ' ' || intent as key from nt30.aoc_nt_logs_comunicacio
     where enviament = any($1::uuid[]) and resultat = 'interrupted'`,
    [deliveries],
  );
  return new Set(rows.map(({ key }) => key));
}

/** The database's clock, in milliseconds. */
export async function readClock(db: Queryable): Promise<number> {
  const [row] = await db.query<{ now: number }>(`select ${epochMs('clock_timestamp()')} as now`);
  return row?.now ?? 0;
}

/** An origin's row. */
export interface OriginRow {
  readonly id: string;
  readonly size: number;
  readonly url: string;
  /** Whether retries that it had failed are still to be brought forward. */
  readonly recovering: boolean;
}

/** The origins whose address begins so. */
export async function readOrigins(db: Queryable, prefix: string): Promise<OriginRow[]> {
  return db.query<OriginRow & { id: string }>(
    `select origen as id, finestra as size, adreca as url, recuperat is not null as recovering
     from nt30.aoc_nt_origens where adreca like $1 || '%'`,
    [prefix],
  );
}

/** Makes all that is planned for an organisation due, and has each of its origins that is only probed be probed. */
export async function passTime(db: Queryable, organisation: string, origins: string): Promise<void> {
  await db.query(
    `update nt30.aoc_nt_enviaments set proper_intent = now(), no_abans = least(no_abans, now())
     where organisme = $1 and situacio in ('waiting', 'retrying')`,
    [organisation],
  );
  await db.query(
    `update nt30.aoc_nt_origens set sondeig_proper = now()
     where adreca like $1 || '%' and sondeig_proper is not null`,
    [origins],
  );
}
