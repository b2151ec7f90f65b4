import type { IntakeResult, SubmittedChange } from '../ports.ts';
import { NO_CALLBACK_REASONS } from '../ports.ts';
import { groupBy } from '../../domain/group-by.ts';
import { entityId, type EntityKey, type StateChange } from '../../domain/notification.ts';
import type { DailyChange } from '../../store/daily-changes.ts';
import type { Queryable } from '../../store/database.ts';
import { lockUnfinished } from '../../store/delivery-rows.ts';
import {
  findTaken,
  loadChanges,
  loadLatestAttempted,
  lockKnownNotifications,
  type NewChange,
  type NewDelivery,
  type NotificationRow,
} from '../../store/intake-rows.ts';
import {
  endpointFor,
  lockEntities,
  readEntities,
  type EntityRow,
  type EntityWanted,
} from '../../store/shared-entities.ts';
import type { Destination, KnownEntity, KnownNotification } from './judge.ts';

/** What is known while a transaction judges, and what it will write. */
export interface Ledger {
  readonly now: number;
  readonly results: Map<string, { readonly hash: Buffer; readonly result: IntakeResult }>;
  readonly entities: ReadonlyMap<string, KnownEntity & { readonly row: EntityRow }>;
  readonly notifications: Map<string, KnownNotification>;
  readonly known: ReadonlyMap<string, KnownNotification>;
  readonly changes: NewChange[];
  readonly due: {
    readonly delivery: NewDelivery;
    readonly missing: readonly string[];
    /** Whether its origin is only probed. */
    readonly probed: boolean;
  }[];
  /** Changes that the next daily report tells. */
  readonly daily: DailyChange[];
  arrivals: number;
}

/** Locks and reads what the judging of these changes needs, in one round trip; of known notifications, in two. */
export async function openLedger(tx: Queryable, submitted: readonly SubmittedChange[]): Promise<Ledger> {
  const changes = submitted.map(({ change }) => change);
  const ids = [...new Set(changes.map((change) => change.notification.id))];
  const [{ now, rows }, taken, , entities] = await Promise.all([
    lockKnownNotifications(tx, ids),
    // After the locks: what a concurrent transaction took of these notifications is found, not judged again.
    findTaken(
      tx,
      changes.map((change) => change.id),
    ),
    lockEntities(tx, entitiesOf(changes)),
    readEntities(tx, wantedEntities(changes), ids),
  ]);
  const known = await readKnown(tx, rows);
  return {
    now,
    results: new Map(taken.map((row) => [row.id, { hash: row.hash, result: repeated(row) }])),
    entities: new Map(entities.map((row) => [entityId(row.entity), { ...row, row, destination: to(row) }])),
    notifications: new Map(known),
    known,
    changes: [],
    due: [],
    daily: [],
    arrivals: 0,
  };
}

/** What is known of the notifications that were there, under their locks: no claim begins that this would not see. */
async function readKnown(
  tx: Queryable,
  rows: readonly NotificationRow[],
): Promise<Map<string, KnownNotification>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map((row) => row.id);
  const [changes, unfinished, latest] = await Promise.all([
    loadChanges(tx, ids),
    lockUnfinished(tx, ids),
    loadLatestAttempted(tx, ids),
  ]);
  const life = groupBy(changes, (event) => event.notification);
  const line = groupBy(unfinished, (delivery) => delivery.line);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        life: life.get(row.id) ?? [],
        line: line.get(row.id) ?? [],
        latestAttempted: latest.get(row.id) ?? null,
      },
    ]),
  );
}

function entitiesOf(changes: readonly StateChange[]): EntityKey[] {
  return [...new Map(changes.map(({ notification: { entity } }) => [entityId(entity), entity])).values()];
}

function repeated(row: { id: string; deliveryId: string | null; reason: string | null }): IntakeResult {
  const reason = NO_CALLBACK_REASONS.find((known) => known === row.reason) ?? null;
  return { id: row.id, deliveryId: row.deliveryId, reason, duplicate: true };
}

function to(row: EntityRow): (backOffice: string | null) => Destination {
  return (backOffice) => {
    const endpoint = endpointFor(row, backOffice);
    if (endpoint === null) {
      return { endpointId: null, originId: null, originProbed: false, missing: ['endpoint'], heldBy: null };
    }
    const { id, originId, originProbed, missing, heldBy } = endpoint;
    return { endpointId: id, originId: missing.length > 0 ? null : originId, originProbed, missing, heldBy };
  };
}

function wantedEntities(changes: readonly StateChange[]): EntityWanted[] {
  const wanted = new Map<string, EntityWanted>();
  for (const { notification } of changes) {
    const { entity, backOffice } = notification;
    wanted.set(`${entityId(entity)}\n${backOffice ?? ''}`, { entity, backOffice });
  }
  return [...wanted.values()];
}
