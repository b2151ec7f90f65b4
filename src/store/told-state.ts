import {
  inherit,
  NOTHING_KNOWN,
  type CreationOrigin,
  type EntityKey,
  type InheritedFacts,
} from '../domain/notification.ts';
import type { Status } from '../domain/delivery.ts';
import type { MessageVersion, ToldChange } from '../domain/report.ts';
import type { State } from '../domain/state.ts';
import type { Queryable } from './database.ts';
import { epochMs } from './instants.ts';
import { findFixedFacts, type ChangeData } from './notifications.ts';

/** A delivery of a change, with its pinned report. */
export interface ToldDelivery {
  readonly id: string;
  readonly status: Status;
  readonly attempts: number;
  readonly messageVersion: MessageVersion;
  /** The report's bytes. */
  readonly report: string;
}

/** A state that a notification came to, and all that a report of it says. */
interface ToldState {
  readonly change: ToldChange;
  /** What is known after the change. */
  readonly facts: InheritedFacts;
  /** The change's delivery, or the newest that sends it again; null where it caused none. */
  readonly delivery: ToldDelivery | null;
}

/** A notification whose states may be told. */
export interface ToldNotification {
  readonly entity: EntityKey;
  readonly origin: CreationOrigin;
  readonly backOffice: string | null;
  /** The states that it came to, in order. */
  readonly states: readonly State[];
  /** The state that was asked for, as it came to it last; null where it never did. */
  readonly told: ToldState | null;
}

interface ChangeRow {
  state: State;
  occurredAt: string;
  occurredAtMs: number;
  deliveryId: string | null;
  data: ChangeData;
}

/**
 * Reads what a report of a notification's state says.
 *
 * @param state null: the state that it is in
 * @returns null where the notification is not known
 */
export async function findToldState(
  db: Queryable,
  notification: string,
  state: State | null,
): Promise<ToldNotification | null> {
  const fixed = await findFixedFacts(db, notification);
  if (fixed === null) return null;
  const { id, kind, origin, organisation, department, backOffice } = fixed;
  const changes = await db.query<ChangeRow>(
    `select estat as state, ocorregut_text as "occurredAt", ${epochMs('ocorregut')} as "occurredAtMs",
       enviament as "deliveryId", dades as data
     from nt30.aoc_nt_canvis_estat where notificacio = $1::bigint order by ocorregut, canvi`,
    [id],
  );
  const place = changes.findLastIndex((change) => state === null || change.state === state);
  const change = changes[place];
  const told = {
    entity: { organisation, department },
    origin,
    backOffice,
    states: changes.map((c) => c.state),
  };
  if (change === undefined) return { ...told, told: null };
  const { occurredAt, occurredAtMs, deliveryId, data } = change;
  return {
    ...told,
    told: {
      change: {
        state: change.state,
        occurredAt,
        occurredAtMs,
        notification: { id, kind, reference: data.reference },
        signer: data.signer,
        channelChange: data.channelChange,
      },
      facts: changes.slice(0, place + 1).reduce((known, each) => inherit(known, each.data), NOTHING_KNOWN),
      delivery: deliveryId === null ? null : await findDelivery(db, deliveryId),
    },
  };
}

/** The newest of a delivery and those that send it again. */
async function findDelivery(db: Queryable, first: string): Promise<ToldDelivery | null> {
  const [row] = await db.query<{
    id: string;
    status: Status;
    attempts: number;
    messageVersion: MessageVersion;
    report: string;
  }>(
    `with recursive family as (
       select enviament from nt30.aoc_nt_enviaments where enviament = $1::uuid
       union all
       select e.enviament from family f join nt30.aoc_nt_enviaments e on e.reenviat_de = f.enviament
     )
     select e.enviament as id, e.situacio as status, e.intents as attempts, i.versio as "messageVersion",
       i.contingut as report
     from family join nt30.aoc_nt_enviaments e using (enviament)
     join nt30.aoc_nt_informes i using (enviament)
     order by e.enviament desc limit 1`,
    [first],
  );
  return row ?? null;
}
