import { inherit, NOTHING_KNOWN, type EntityKey, type InheritedFacts } from '../domain/notification.ts';
import type { ReportItem } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { CLOCK_MS } from './instants.ts';
import type { ChangeData, NotificationView } from './notifications.ts';

/** The entity that a report is of, with its names of today, and the database's clock. */
export interface Issuer extends EntityKey {
  readonly organisationName: string;
  readonly departmentName: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Reads an entity that has a callback configuration; null where it has none. */
export async function findIssuer(
  db: Queryable,
  { organisation, department }: EntityKey,
): Promise<Issuer | null> {
  const [row] = await db.query<Issuer>(
    `select organisme as organisation, departament as department, nom_organisme as "organisationName",
       nom_departament as "departmentName", ${CLOCK_MS} as now
     from nt30.aoc_nt_configuracio_callbacks where organisme = $1 and departament = $2`,
    [organisation, department],
    'find-issuer',
  );
  return row ?? null;
}

/** Whether an entity has a back office of this code: one with an endpoint of its own, or with a notification. */
export async function hasBackOffice(
  db: Queryable,
  { organisation, department }: EntityKey,
  code: string,
): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(
    `select exists (
         select from nt30.aoc_nt_configuracio_callbacks c join nt30.aoc_nt_punts_recepcio p using (entitat)
         where c.organisme = $1 and c.departament = $2 and p.backoffice = $3)
       or exists (
         select from nt30.aoc_nt_notificacions
         where organisme = $1 and departament = $2 and backoffice = $3) as found`,
    [organisation, department, code],
    'has-back-office',
  );
  return row?.found === true;
}

/** The instants between which a day of Europe/Madrid lies; `$1` is the day. */
const DAY_BEGINS = `$1::date::timestamp at time zone 'Europe/Madrid'`;
const DAY_ENDS = `($1::date + 1)::timestamp at time zone 'Europe/Madrid'`;

/**
 * The entity's notifications that changed state on a day of Europe/Madrid, ascending, at most `limit`.
 *
 * @param backOffice only those of this one; null: of any and of none
 */
export async function listChangedOn(
  db: Queryable,
  { organisation, department }: EntityKey,
  asked: { readonly day: string; readonly backOffice: string | null; readonly limit: number },
): Promise<string[]> {
  // The day's changes first, then each one's notification: no index has both, and a day is bounded. As a subquery
  // it is looked up by key for each in turn; as a join it could become a scan.
  const rows = await db.query<{ id: string }>(
    `with c as materialized (
       select distinct notificacio from nt30.aoc_nt_canvis_estat
       where ocorregut >= ${DAY_BEGINS} and ocorregut < ${DAY_ENDS}
     )
     select notificacio as id from c
     where (
       select n.organisme = $2 and n.departament = $3 and ($4::text is null or n.backoffice = $4)
       from nt30.aoc_nt_notificacions n where n.notificacio = c.notificacio
     )
     order by notificacio limit $5`,
    [asked.day, organisation, department, asked.backOffice, asked.limit],
  );
  return rows.map(({ id }) => id);
}

interface ChangeRow {
  notification: string;
  kind: ReportItem['notification']['kind'];
  backOffice: string | null;
  state: State;
  occurredAt: string;
  data: ChangeData;
}

/**
 * Reads notifications as they were at the end of a day of Europe/Madrid: each in its last state of that day, with
 * what was known then.
 *
 * @param ids ascending; each must have changed up to then
 * @param tellsCancelled false leaves a cancellation out, unless a daily report is to tell it
 */
export async function readItemsAt(
  db: Queryable,
  ids: readonly string[],
  day: string,
  tellsCancelled = true,
): Promise<ReportItem[]> {
  // Planned for these ids, without a name: of any ids, PostgreSQL would come to expect so many changes that it read
  // all. The limit binds nothing; it keeps the lookup by key.
  const rows = await db.query<ChangeRow>(
    `select c.notificacio as notification, n.kind, n."backOffice", c.estat as state,
       c.ocorregut_text as "occurredAt", c.dades as data
     from nt30.aoc_nt_canvis_estat c cross join lateral (
       select tipus_objecte as kind, backoffice as "backOffice" from nt30.aoc_nt_notificacions
       where notificacio = c.notificacio limit 1
     ) n
     where c.notificacio = any($2::bigint[]) and c.ocorregut < ${DAY_ENDS}
       and ($3::boolean or c.estat <> 'ANUL·LADA'
         or (select true from nt30.aoc_nt_canvis_diaris d where d.canvi = c.canvi))
     order by c.notificacio, c.ocorregut, c.canvi`,
    [day, ids, tellsCancelled],
  );
  const items: ReportItem[] = [];
  let facts: InheritedFacts = NOTHING_KNOWN;
  for (const [place, row] of rows.entries()) {
    facts = inherit(facts, row.data);
    if (rows[place + 1]?.notification === row.notification) continue;
    items.push(toItem(row, facts));
    facts = NOTHING_KNOWN;
  }
  return items;
}

function toItem(change: ChangeRow, facts: InheritedFacts): ReportItem {
  const { notification: id, kind, backOffice, state, occurredAt, data } = change;
  return {
    state,
    occurredAt,
    notification: { id, kind, backOffice, reference: data.reference, ...facts },
    signer: data.signer,
    channelChange: data.channelChange,
  };
}

/** A notification's summary: the state that it has now, and who signed it. */
export function summaryOf(known: NotificationView): ReportItem {
  const latest = known.stateChanges.at(-1);
  return {
    state: known.state,
    occurredAt: known.occurredAt,
    notification: {
      id: known.id,
      kind: known.kind,
      backOffice: known.backOffice,
      reference: known.reference,
      issuerReference: known.issuerReference,
      channel: known.channel,
      expirationDays: known.expirationDays,
      registry: known.registry,
    },
    signer: latest?.signer ?? null,
    channelChange: latest?.channelChange ?? null,
  };
}
