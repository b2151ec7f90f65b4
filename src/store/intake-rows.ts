import type { CreationOrigin, EntityKey, InheritedFacts, StateChange } from '../domain/notification.ts';
import type { Hold } from '../domain/delivery.ts';
import type { Kind, State } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { idArray } from './id-array.ts';
import { CLOCK_MS, epochMs } from './instants.ts';

/** What was answered for a change id, and the SHA-256 of the content it came with. */
export interface TakenChange {
  readonly id: string;
  readonly hash: Buffer;
  readonly deliveryId: string | null;
  readonly reason: string | null;
}

/** Finds the change ids that were taken before. */
export async function findTaken(tx: Queryable, ids: readonly string[]): Promise<TakenChange[]> {
  return tx.query<{ id: string; hash: Buffer; deliveryId: string | null; reason: string | null }>(
    `select id, resum as hash, enviament as "deliveryId", motiu as reason
     from nt30.aoc_nt_canvis_rebuts where id = any($1::text[])`,
    [ids],
    'find-taken',
  );
}

/** A notification's fixed facts, as they are known. */
export interface NotificationRow {
  readonly id: string;
  readonly kind: Kind;
  readonly origin: CreationOrigin;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
}

/** Locks the known ones among notifications, in ascending id, and reads them and the database's clock (milliseconds). */
export async function lockKnownNotifications(
  tx: Queryable,
  ids: readonly string[],
): Promise<{ now: number; rows: NotificationRow[] }> {
  // One row always comes back, for the clock; the lock lies inside, where it still takes only what exists.
  const rows = await tx.query<{
    now: number;
    id: string | null;
    kind: Kind;
    origin: CreationOrigin;
    organisation: string;
    department: string;
    backOffice: string | null;
  }>(
    `with n as materialized (
       select notificacio, tipus_objecte, creacio, organisme, departament, backoffice
       from nt30.aoc_nt_notificacions where notificacio = any($1::bigint[])
       order by notificacio for no key update
     )
     select ${CLOCK_MS} as now, n.notificacio as id,
       tipus_objecte as kind, creacio as origin, organisme as organisation, departament as department,
       backoffice as "backOffice"
     from (select 1) as one left join n on true`,
    [idArray(ids)],
    'lock-known-notifications',
  );
  return {
    now: rows[0]?.now ?? 0,
    rows: rows.flatMap(({ id, kind, origin, organisation, department, backOffice }) =>
      id === null ? [] : [{ id, kind, origin, entity: { organisation, department }, backOffice }],
    ),
  };
}

/** A change already recorded, in the order of its notification's life. */
export interface RecordedChange {
  readonly notification: string;
  readonly state: State;
  readonly occurredAtMs: number;
  readonly facts: InheritedFacts;
}

/** Reads all changes of notifications, by instant, then arrival. */
export async function loadChanges(tx: Queryable, ids: readonly string[]): Promise<RecordedChange[]> {
  return tx.query<{
    notification: string;
    state: State;
    occurredAtMs: number;
    facts: InheritedFacts;
  }>(
    `select notificacio as notification, estat as state,
       ${epochMs('ocorregut')} as "occurredAtMs", dades as facts
     from nt30.aoc_nt_canvis_estat where notificacio = any($1::bigint[])
     order by notificacio, ocorregut, canvi`,
    [idArray(ids)],
    'load-changes',
  );
}

/** For each notification, the latest place in its line at which something was sent, in milliseconds. */
export async function loadLatestAttempted(
  tx: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ notification: string; latest: number }>(
    `select notificacio as notification, ${epochMs('max(posicio)')} as latest
     from nt30.aoc_nt_enviaments where notificacio = any($1::bigint[]) and intents > 0 group by notificacio`,
    [idArray(ids)],
    'load-latest-attempted',
  );
  return new Map(rows.map((row) => [row.notification, row.latest]));
}

/** A change to be recorded, with its result. */
export interface NewChange {
  readonly change: StateChange;
  readonly hash: Buffer;
  readonly deliveryId: string | null;
  readonly reason: string | null;
}

/** A delivery to be created, with its report's bytes. */
export interface NewDelivery {
  readonly id: string;
  readonly notification: string;
  readonly entity: EntityKey;
  readonly backOffice: string | null;
  readonly state: State;
  readonly position: number;
  readonly late: boolean;
  readonly blockedBy: string | null;
  /** What holds its entity's deliveries back; null: nothing. */
  readonly heldBy: Hold | null;
  readonly endpointId: string | null;
  readonly originId: string | null;
  /** The report's bytes in message version 4.0, rendered once. */
  readonly report: Buffer;
}

// All that one transaction of intake adds, in one statement. New notifications go in by ascending id, changes
// in the order of their arrival.
const WRITE = `
with n as (
  insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament, backoffice)
  select id, kind, origin, organisation, department, "backOffice"
  from json_to_recordset($1) as n(id bigint, kind text, origin text, organisation text, department text, "backOffice" text)
  order by id
), b as (
  update nt30.aoc_nt_notificacions n set backoffice = b."backOffice"
  from json_to_recordset($2) as b(id bigint, "backOffice" text) where n.notificacio = b.id
), c as (
  select * from json_to_recordset($3) as c(line integer, id text, notification bigint, state text,
    "occurredAtMs" float8, "occurredAt" text, data jsonb, hash text, "deliveryId" uuid, reason text)
), r as (
  insert into nt30.aoc_nt_canvis_rebuts (id, resum, enviament, motiu)
  select id, decode(hash, 'hex'), "deliveryId", reason from c order by id
), s as (
  insert into nt30.aoc_nt_canvis_estat (id, notificacio, estat, ocorregut, ocorregut_text, dades, enviament, motiu)
  select id, notification, state, to_timestamp("occurredAtMs" / 1000), "occurredAt", data, "deliveryId", reason
  from c order by line
), d as (
  select * from json_to_recordset($4) as d(line integer, id uuid, notification bigint, organisation text,
    department text, "backOffice" text, state text, position float8, first boolean, late boolean,
    "blockedBy" text, "heldBy" text, "endpointId" bigint, "originId" bigint, "createdAt" float8)
), e as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, backoffice,
    estat, posicio, situacio, primer, tard, proper_intent, bloquejat, darrer_resultat, retingut, punt, origen,
    creat)
  select id, 'OnLine', notification, organisation, department, "backOffice", state,
    to_timestamp(position / 1000), 'waiting', first, late, to_timestamp("createdAt" / 1000), "blockedBy",
    case when "blockedBy" is not null then 'blocked' end, "heldBy", "endpointId", "originId",
    to_timestamp("createdAt" / 1000)
  from d order by line
), i as (
  insert into nt30.aoc_nt_informes (enviament, versio, contingut)
  select id, '4.0', xml from rows from (unnest($5::uuid[]), string_to_table($6, chr(1))) as r(id, xml)
)
select`;

/** Stands between two reports: U+0001, which XML 1.0 cannot carry. */
const BETWEEN_REPORTS = Buffer.from([1]);

/** What one transaction of intake writes. */
export interface IntakeWrite {
  readonly notifications: readonly NotificationRow[];
  /** Known notifications whose back office this transaction is the first to tell. */
  readonly backOffices: readonly { readonly id: string; readonly backOffice: string }[];
  readonly changes: readonly NewChange[];
  readonly deliveries: readonly NewDelivery[];
  /** The deliveries that are the first of their notifications. */
  readonly firsts: ReadonlySet<string>;
  /** Milliseconds of the database's clock. */
  readonly now: number;
}

/** Writes it. @throws DatabaseError 23505 where a concurrent transaction took an id, or made a notification */
export async function writeIntake(tx: Queryable, write: IntakeWrite): Promise<void> {
  // Members are named one by one: copying objects with spreads costs more than making their JSON.
  const notifications = write.notifications.map(({ id, kind, origin, entity, backOffice }) => ({
    id,
    kind,
    origin,
    organisation: entity.organisation,
    department: entity.department,
    backOffice,
  }));
  const changes = write.changes.map(({ change, hash, deliveryId, reason }, line) => {
    const { id, occurredAt, occurredAtMs, state, notification, signer, channelChange } = change;
    return {
      line,
      id,
      notification: notification.id,
      state,
      occurredAtMs,
      occurredAt,
      data: {
        backOffice: notification.backOffice,
        reference: notification.reference,
        issuerReference: notification.issuerReference,
        channel: notification.channel,
        expirationDays: notification.expirationDays,
        registry: notification.registry,
        signer,
        channelChange,
      },
      hash: hash.toString('hex'),
      deliveryId,
      reason,
    };
  });
  const deliveries = write.deliveries.map((delivery, line) => ({
    line,
    id: delivery.id,
    notification: delivery.notification,
    organisation: delivery.entity.organisation,
    department: delivery.entity.department,
    backOffice: delivery.backOffice,
    state: delivery.state,
    position: delivery.position,
    first: write.firsts.has(delivery.id),
    late: delivery.late,
    blockedBy: delivery.blockedBy,
    heldBy: delivery.heldBy,
    endpointId: delivery.endpointId,
    originId: delivery.originId,
    createdAt: write.now,
  }));
  await tx.query(
    WRITE,
    [
      JSON.stringify(notifications),
      JSON.stringify(write.backOffices),
      JSON.stringify(changes),
      JSON.stringify(deliveries),
      idArray(write.deliveries.map(({ id }) => id)),
      // Not within the JSON: half of a report's characters would be looked at to be escaped, here and there. A report
      // with the separator in it would make more texts than ids, and nothing is written.
      Buffer.concat(
        write.deliveries.flatMap(({ report }, line) => (line === 0 ? report : [BETWEEN_REPORTS, report])),
      ),
    ],
    'write-intake',
  );
}
