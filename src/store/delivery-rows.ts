import type { Outcome } from '../domain/attempt.ts';
import { dailyLineId, type Schedule, type Status } from '../domain/delivery.ts';
import type { EntityKey } from '../domain/notification.ts';
import type { ReportKind } from '../domain/report.ts';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import { parseRetrySchedule } from '../domain/retry-policy.ts';
import type { State } from '../domain/state.ts';
import { MAX_WINDOW } from '../domain/window.ts';
import type { Queryable } from './database.ts';
import { idArray } from './id-array.ts';
import { CLOCK_MS, epochMs } from './instants.ts';

/** A delivery as the tables have it, for those that decide about it. */
export interface StoredDelivery extends Schedule {
  /** Null for a daily report. */
  readonly notification: string | null;
  readonly kind: ReportKind;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  readonly state: State | null;
  readonly endpointId: string | null;
  readonly originId: string | null;
  /** Whether its origin's window is at one. */
  readonly originProbed: boolean;
  /** Whether its origin's window is as large as it can be. */
  readonly originOpen: boolean;
  /** Whether its endpoint has failed since its last acknowledgement. */
  readonly endpointFailing: boolean;
  /** Until when its attempt holds it, in milliseconds; null where none is under way. */
  readonly leaseUntil: number | null;
  /** The entity's own schedule; null: the service's. */
  readonly retrySchedule: RetrySchedule | null;
}

interface Row {
  id: string;
  notification: string | null;
  status: Status;
  position: number;
  arrival: string;
  first: boolean;
  attempts: number;
  failures: number;
  interruptions: number;
  due_at: number;
  not_before: number | null;
  brought_forward: boolean;
  blocked_by: string | null;
  troubled_at: number | null;
  last_outcome: Outcome | null;
  kind: ReportKind;
  organisation: string;
  department: string;
  back_office: string | null;
  state: State | null;
  endpoint_id: string | null;
  origin_id: string | null;
  origin_probed: boolean;
  origin_open: boolean;
  endpoint_failing: boolean;
  lease_until: number | null;
  retry_delays: string[] | null;
}

// In id order, so that two transactions that need the same rows wait for each other, never in a circle.
// `is null` would offer the planner the partial index of what is unfinished. Where statistics say that this is
// nothing, reading it whole seems cheap, and it is full of entries of what has ended since the last vacuum.
const lockWhere = (unfinished: string): string => `
select e.enviament as id, e.notificacio as notification, e.situacio as status,
  ${epochMs('e.posicio')} as position, e.arribada as arrival, e.primer as first, e.intents as attempts,
  e.gastats as failures, e.interrupcions as interruptions, ${epochMs('e.proper_intent')} as due_at,
  ${epochMs('e.no_abans')} as not_before, e.avancat as brought_forward, e.bloquejat as blocked_by,
  ${epochMs('e.problema_origen')} as troubled_at, e.darrer_resultat as last_outcome, e.tipus_informe as kind,
  e.organisme as organisation, e.departament as department, e.backoffice as back_office, e.estat as state,
  e.punt as endpoint_id, e.origen as origin_id, coalesce(o.finestra <= 1, false) as origin_probed,
  coalesce(o.finestra >= ${MAX_WINDOW}, false) as origin_open,
  s.falla_des_de is not null as endpoint_failing,
  ${epochMs('e.arrendament')} as lease_until, c.terminis_reintent as retry_delays
from nt30.aoc_nt_enviaments e
left join nt30.aoc_nt_origens o on o.origen = e.origen
left join nt30.aoc_nt_salut_punts s on s.punt = e.punt
left join nt30.aoc_nt_configuracio_callbacks c on c.organisme = e.organisme and c.departament = e.departament
where ${unfinished} and coalesce(e.finalitzat, 'infinity') = 'infinity'
order by e.enviament
for update of e`;

const LOCK_UNFINISHED = lockWhere('e.notificacio = any($1::bigint[])');

// One statement for both kinds, so that all locks are taken in id order. The array is read first: a condition
// on either column would find no index.
const LOCK_UNFINISHED_WITH_DAILY = lockWhere(`e.enviament = any(array(
    select n.enviament from nt30.aoc_nt_enviaments n
    where n.notificacio = any($1::bigint[]) and coalesce(n.finalitzat, 'infinity') = 'infinity'
    union all
    select d.enviament from nt30.aoc_nt_enviaments r
    join nt30.aoc_nt_enviaments d on d.organisme = r.organisme and d.departament = r.departament
      and coalesce(d.estat, '') = '' and d.situacio in ('waiting', 'queued', 'sending', 'retrying')
      and d.tipus_informe = 'Diari' and d.backoffice is not distinct from r.backoffice
    where r.enviament = any($2::uuid[])
  ))`);

/**
 * Locks and reads the unfinished deliveries of notifications, and of the lines of daily reports, whose own rows the
 * transaction has locked.
 *
 * @param dailyReports deliveries: all that stand in line with one of them are meant
 */
export async function lockUnfinished(
  tx: Queryable,
  notifications: readonly string[],
  dailyReports: readonly string[] = [],
): Promise<StoredDelivery[]> {
  if (notifications.length === 0 && dailyReports.length === 0) return [];
  const rows = await (dailyReports.length === 0
    ? tx.query<Row>(LOCK_UNFINISHED, [idArray(notifications)], 'lock-unfinished')
    : tx.query<Row>(
        LOCK_UNFINISHED_WITH_DAILY,
        [idArray(notifications), idArray(dailyReports)],
        'lock-unfinished-with-daily',
      ));
  return rows.map((row) => ({
    id: row.id,
    notification: row.notification,
    line:
      row.notification ??
      dailyLineId({
        organisation: row.organisation,
        department: row.department,
        backOffice: row.back_office,
      }),
    status: row.status,
    position: row.position,
    arrival: Number(row.arrival),
    first: row.first,
    attempts: row.attempts,
    failures: row.failures,
    interruptions: row.interruptions,
    dueAt: row.due_at,
    notBefore: row.not_before,
    broughtForward: row.brought_forward,
    blockedBy: row.blocked_by,
    troubledAt: row.troubled_at,
    lastOutcome: row.last_outcome,
    kind: row.kind,
    entity: { organisation: row.organisation, department: row.department },
    backOffice: row.back_office,
    state: row.state,
    endpointId: row.endpoint_id,
    originId: row.origin_id,
    originProbed: row.origin_probed,
    originOpen: row.origin_open,
    endpointFailing: row.endpoint_failing,
    leaseUntil: row.lease_until,
    retrySchedule: row.retry_delays === null ? null : parseRetrySchedule(row.retry_delays),
  }));
}

// `finalitzat`, the lease and the hint's time follow from the status. Written whole: which fields changed is
// not worth finding out.
const WRITE_SCHEDULES = `
update nt30.aoc_nt_enviaments e set
  situacio = s.status, primer = s.first, intents = s.attempts, gastats = s.failures,
  interrupcions = s.interruptions, proper_intent = to_timestamp(s."dueAt" / 1000),
  no_abans = to_timestamp(s."notBefore" / 1000), avancat = s."broughtForward", bloquejat = s."blockedBy",
  problema_origen = to_timestamp(s."troubledAt" / 1000), darrer_resultat = s."lastOutcome",
  finalitzat = case when s.status in ('acknowledged', 'exhausted', 'cancelled') then clock_timestamp() end,
  arrendament = case when s.status = 'sending' then e.arrendament end,
  proper_avis = case when s.status = 'queued' then e.proper_avis end
from json_to_recordset($1) as s(id uuid, status text, first boolean, attempts integer, failures integer,
  interruptions integer, "dueAt" float8, "notBefore" float8, "broughtForward" boolean, "blockedBy" text,
  "troubledAt" float8, "lastOutcome" text)
where e.enviament = s.id`;

/** Writes what the pure functions of domain/delivery.ts decided of deliveries that the transaction has locked. */
export async function writeSchedules(tx: Queryable, schedules: readonly Schedule[]): Promise<void> {
  if (schedules.length === 0) return;
  const rows = schedules.map((s) => ({
    id: s.id,
    status: s.status,
    first: s.first,
    attempts: s.attempts,
    failures: s.failures,
    interruptions: s.interruptions,
    dueAt: s.dueAt,
    notBefore: s.notBefore,
    broughtForward: s.broughtForward,
    blockedBy: s.blockedBy,
    troubledAt: s.troubledAt,
    lastOutcome: s.lastOutcome,
  }));
  await tx.query(WRITE_SCHEDULES, [JSON.stringify(rows)], 'write-schedules');
}

/**
 * Locks notification rows, in ascending id: the first lock of all that creates, finishes or reorders
 * deliveries.
 *
 * @returns the database's clock, milliseconds since the epoch
 */
export async function lockNotifications(tx: Queryable, ids: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ now: number }>(
    `with n as materialized (
       select notificacio from nt30.aoc_nt_notificacions where notificacio = any($1::bigint[])
       order by notificacio for no key update
     )
     select ${CLOCK_MS} as now, count(*) from n`,
    [idArray(ids)],
    'lock-notifications',
  );
  return row?.now ?? 0;
}
