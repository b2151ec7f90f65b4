import type { Status } from '../domain/delivery.ts';
import type { EntityKey } from '../domain/notification.ts';
import { parseRetrySchedule, type RetrySchedule } from '../domain/retry-policy.ts';
import type { CommunicationView } from './communications.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';

/** What a delivery's own view does not say, and a story needs. Instants are milliseconds since the epoch. */
export interface DeliveryStanding {
  readonly id: string;
  readonly blockedBy: string | null;
  /** Attempts spent. */
  readonly spent: number;
  readonly heldSince: number | null;
  readonly holdReason: string | null;
  readonly nextProbeAt: number | null;
}

const STANDINGS = `
select e.enviament as id, e.bloquejat as "blockedBy", e.gastats as spent,
  case e.retingut when 'paused' then ${epochMs('c.pausat_des_de')}
    when 'suspended' then ${epochMs('p.suspes_des_de')} end as "heldSince",
  case e.retingut when 'paused' then c.motiu_pausa end as "holdReason",
  case when e.finalitzat is null and e.situacio in ('waiting', 'retrying') and o.problema_des_de is not null
    then ${epochMs('o.sondeig_proper')} end as "nextProbeAt"
from unnest($1::uuid[]) w(id)
join nt30.aoc_nt_enviaments e on e.enviament = w.id
left join nt30.aoc_nt_punts_recepcio p on p.punt = e.punt
left join nt30.aoc_nt_configuracio_callbacks c on c.entitat = p.entitat
left join nt30.aoc_nt_origens o on o.origen = e.origen`;

/** Reads what keeps deliveries, and what they have spent. */
export async function readDeliveryStandings(
  db: Queryable,
  deliveries: readonly string[],
): Promise<ReadonlyMap<string, DeliveryStanding>> {
  const rows = await db.query<DeliveryStanding>(STANDINGS, [deliveries]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A public body's name, and how many attempts its deliveries have; null where it has no configuration. */
export async function readEntityManner(
  db: Queryable,
  { organisation, department }: EntityKey,
): Promise<{ readonly name: string; readonly retrySchedule: RetrySchedule | null } | null> {
  const [row] = await db.query<{ name: string; delays: unknown }>(
    `select nom_organisme as name, terminis_reintent as delays from nt30.aoc_nt_configuracio_callbacks
     where organisme = $1 and departament = $2`,
    [organisation, department],
  );
  if (row === undefined) return null;
  const delays = Array.isArray(row.delays) ? row.delays.map(String) : null;
  return { name: row.name, retrySchedule: delays === null ? null : parseRetrySchedule(delays) };
}

/** A row of the log, as far as a story tells it. */
export type LoggedAttempt = Pick<
  CommunicationView,
  'id' | 'delivery' | 'attempt' | 'durationMs' | 'outcome' | 'httpStatus' | 'errorCode'
> & { readonly startedAt: number };

/** Reads the attempts of deliveries in the order in which they began, at most `limit`. */
export async function listAttemptsOf(
  db: Queryable,
  deliveries: readonly string[],
  limit: number,
): Promise<LoggedAttempt[]> {
  return db.query<LoggedAttempt>(
    `select l.log as id, l.enviament as delivery, l.intent as attempt, ${epochMs('l.inici')} as "startedAt",
       l.durada_ms as "durationMs", l.resultat as outcome, l.http as "httpStatus", l.codi_error as "errorCode"
     from unnest($1::uuid[]) w(id) join nt30.aoc_nt_logs_comunicacio l on l.enviament = w.id
     order by l.log limit $2`,
    [deliveries, limit],
  );
}

/** A daily report that told a change of a notification. */
export interface DailyTelling {
  readonly delivery: string;
  readonly date: string;
  readonly status: Status;
  readonly at: number;
}

/** Reads the daily reports of these deliveries. */
export async function readDailyTellings(
  db: Queryable,
  deliveries: readonly string[],
): Promise<ReadonlyMap<string, DailyTelling>> {
  const rows = await db.query<DailyTelling>(
    `select d.enviament as delivery, to_char(d.dia, 'YYYY-MM-DD') as date, e.situacio as status,
       ${epochMs('e.creat')} as at
     from unnest($1::uuid[]) w(id) join nt30.aoc_nt_informes_diaris d on d.enviament = w.id
     join nt30.aoc_nt_enviaments e on e.enviament = d.enviament`,
    [deliveries],
  );
  return new Map(rows.map((row) => [row.delivery, row]));
}

/** Reads a delivery's report as it was pinned, in message version 4.0; null where it is gone. */
export async function readReport(db: Queryable, delivery: string): Promise<string | null> {
  const [row] = await db.query<{ report: string }>(
    'select contingut as report from nt30.aoc_nt_informes where enviament = $1::uuid',
    [delivery],
  );
  return row?.report ?? null;
}
