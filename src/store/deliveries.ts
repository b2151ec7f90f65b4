import type { Outcome } from '../domain/attempt.ts';
import type { Status, WaitingFor } from '../domain/delivery.ts';
import type { ReportKind } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { ENTITY_NAME, joinEntity } from './entity-names.ts';
import type { ListedTable } from './newest-query.ts';
import { newestIds, Parameters, type ListFilters } from './newest.ts';

/** Which message of which day's report. */
interface DailyMessage {
  /** DataInforme, `YYYY-MM-DD`. */
  readonly date: string;
  /** Its number among the report's messages, from 1. */
  readonly part: number;
  /** How many notifications it tells. */
  readonly notifications: number;
}

/** A delivery as it is shown. Times are ISO 8601 in UTC with milliseconds. */
export interface DeliveryView {
  readonly id: string;
  /** IdNotificacio; null for a daily report. */
  readonly notification: string | null;
  readonly state: State | null;
  readonly organisation: string;
  readonly department: string;
  /** The names that the entity has now; null where it has no configuration. */
  readonly entityName: string | null;
  readonly backOffice: string | null;
  readonly kind: ReportKind;
  /** What a daily report's message is; null for an online one. */
  readonly daily: DailyMessage | null;
  readonly status: Status;
  /** Why it is not going out now; null while it is queued or sent, and once it is finished. */
  readonly waitingFor: WaitingFor | null;
  /** Whether a later state of the notification was sent before it; never of a daily report. */
  readonly late: boolean;
  /** Sendings begun. */
  readonly attempts: number;
  /** When its next attempt is planned; null where none is. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly lastOutcome: Outcome | null;
  /** The delivery that it sends again. */
  readonly resentFrom: string | null;
  /** Why it was cancelled, where it was and a reason was given. */
  readonly cancelReason: string | null;
}

/** The filters of the list of deliveries. */
export interface DeliveryFilters extends ListFilters {
  /** Null: any. With `Diari` there is no state to filter by. */
  readonly kind: ReportKind | null;
}

/** Deliveries, as src/store/newest.ts lists them. */
export const DELIVERIES: ListedTable = {
  name: 'nt30.aoc_nt_enviaments',
  id: 'enviament',
  result: 'situacio',
};

type Row = Omit<DeliveryView, 'nextAttemptAt' | 'createdAt' | 'finishedAt'> & {
  next_attempt_at: Date | null;
  created_at: Date;
  finished_at: Date | null;
};

/**
 * Why delivery `e` does not go out now. The strongest reason is told: without its configuration it would not go
 * though it were first, and so on down to the window, which is what remains.
 */
export const WAITING_FOR_COLUMN = `case
    when e.situacio not in ('waiting', 'retrying') then null
    when e.bloquejat is not null then 'configuration'
    when not e.primer then 'earlier'
    when e.retingut is not null then e.retingut
    when e.situacio = 'retrying' and e.proper_intent > now() then 'retry'
    else 'window'
  end`;

const select = (ids: string): string => `
select e.enviament as id, e.notificacio as notification, e.estat as state, e.organisme as organisation,
  e.departament as department, ${ENTITY_NAME} as "entityName", e.backoffice as "backOffice", e.tipus_informe as kind, e.situacio as status,
  ${WAITING_FOR_COLUMN} as "waitingFor",
  e.tard as late, e.intents as attempts,
  case when e.situacio in ('waiting', 'retrying') and e.primer and e.bloquejat is null and e.retingut is null
    then e.proper_intent end as next_attempt_at,
  e.creat as created_at, e.finalitzat as finished_at, e.darrer_resultat as "lastOutcome",
  e.reenviat_de as "resentFrom", e.motiu_cancellacio as "cancelReason",
  case when d.enviament is not null then json_build_object(
    'date', d.dia, 'part', d.part, 'notifications', d.notificacions) end as daily
from (${ids}) page
join nt30.aoc_nt_enviaments e on e.enviament = page.id
left join nt30.aoc_nt_informes_diaris d on d.enviament = e.enviament
${joinEntity('e')}
order by e.enviament desc`;

function toView({ next_attempt_at, created_at, finished_at, ...rest }: Row): DeliveryView {
  return {
    ...rest,
    nextAttemptAt: next_attempt_at?.toISOString() ?? null,
    createdAt: created_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  };
}

/**
 * Reads deliveries, newest first, at most `limit`.
 *
 * A page is what is there now: going on from its last id shows no delivery twice and leaves out none that was
 * there when the first page was read; newer ones stand before it. A delivery whose status changes meanwhile
 * leaves or enters a list that is filtered by status.
 */
export async function listDeliveries(
  db: Queryable,
  { kind, ...filters }: DeliveryFilters,
  limit: number,
): Promise<DeliveryView[]> {
  const parameters = new Parameters();
  // Reports of a day are few, and the only ones without a state.
  const ids =
    kind === 'Diari'
      ? newestIds(DELIVERIES, { ...filters, state: '' }, limit, parameters)
      : newestIds(
          DELIVERIES,
          filters,
          limit,
          parameters,
          kind === null ? null : () => `t.tipus_informe = ${parameters.add(kind)}`,
        );
  const rows = await db.query<Row>(select(ids), parameters.values);
  return rows.map(toView);
}

/** Reads all deliveries of a notification, newest first. */
export async function listDeliveriesOf(db: Queryable, notification: string): Promise<DeliveryView[]> {
  const rows = await db.query<Row>(
    select('select enviament as id from nt30.aoc_nt_enviaments where notificacio = $1::bigint'),
    [notification],
  );
  return rows.map(toView);
}

/** Reads one delivery; null where there is none. */
export async function findDelivery(db: Queryable, id: string): Promise<DeliveryView | null> {
  const [row] = await db.query<Row>(select('select $1::uuid as id'), [id]);
  return row === undefined ? null : toView(row);
}
