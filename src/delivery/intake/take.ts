import { hash } from 'node:crypto';
import { DatabaseError } from 'pg';
import { isFinished, type Schedule } from '../../domain/delivery.ts';
import { sayMissing } from '../../domain/entity.ts';
import { ProblemError } from '../../domain/errors.ts';
import { entityId, type StateChange } from '../../domain/notification.ts';
import { uuidV7 } from '../../domain/uuid.ts';
import { writeReport40 } from '../../soap/report-40.ts';
import { admitWithin, type Admission } from '../../store/admissions.ts';
import { insertCommunications, unsentRow, type CommunicationRow } from '../../store/communication-rows.ts';
import { noteDailyChanges } from '../../store/daily-changes.ts';
import { ConcurrentChange, type Database, type Transaction } from '../../store/database.ts';
import { writeSchedules } from '../../store/delivery-rows.ts';
import { writeIntake } from '../../store/intake-rows.ts';
import type { IntakeResult, SubmittedChange } from '../ports.ts';
import { judge, type KnownNotification } from './judge.ts';
import { openLedger, type Ledger } from './ledger.ts';

/** What became of one request: its results, or the problem that refuses it whole. */
type Taken = { readonly results: IntakeResult[] } | { readonly problem: ProblemError };

/** What one transaction took. */
export interface TakenTogether {
  /** In the order of the requests. */
  readonly requests: readonly Taken[];
  /** What was queued at once; null: nothing was. */
  readonly admission: Admission | null;
  /** Origins of which deliveries may go out now that were not queued. */
  readonly origins: readonly string[];
}

/** Arrivals of deliveries not yet numbered by the database: after all that are. */
const NEW_ARRIVAL = Number.MAX_SAFE_INTEGER / 2;

/**
 * Takes several requests in one transaction; each is accepted or refused on its own, in order. The answers
 * hold only once this has resolved: then the transaction is committed.
 *
 * @param admits whether what is due is queued in the same transaction, where its origin has a place
 */
export async function takeTogether(
  db: Database,
  requests: readonly (readonly SubmittedChange[])[],
  admits = false,
): Promise<TakenTogether> {
  return db.transaction(async (tx) => {
    try {
      const ledger = await openLedger(tx, requests.flat());
      const taken = requests.map((request) => takeOne(ledger, request));
      return { requests: taken, ...(await writeLedger(tx, ledger, admits)) };
    } catch (error) {
      // A concurrent transaction took one of the ids: begin again, and find it.
      if (error instanceof DatabaseError && error.code === '23505') throw new ConcurrentChange();
      throw error;
    }
  });
}

interface BadLine {
  readonly line: number;
  readonly code: ProblemError['code'];
  readonly field: string;
  readonly detail: string;
}

/** Judges one request against the ledger; only when all its lines are good does it leave a trace there. */
function takeOne(ledger: Ledger, request: readonly SubmittedChange[]): Taken {
  const draft: Ledger = {
    ...ledger,
    results: new Map(),
    notifications: new Map(),
    changes: [],
    due: [],
    daily: [],
  };
  const results: IntakeResult[] = [];
  const bad: BadLine[] = [];
  for (const { line, change } of request) {
    const contentHash = hashOf(change);
    const earlier = draft.results.get(change.id) ?? ledger.results.get(change.id);
    if (earlier !== undefined) {
      if (earlier.hash.equals(contentHash)) results.push({ ...earlier.result, duplicate: true });
      else
        bad.push({ line, code: 'id-conflict', field: 'id', detail: 'The id was taken with other content.' });
      continue;
    }
    draft.arrivals += 1;
    const judgement = judge(change, {
      known:
        draft.notifications.get(change.notification.id) ??
        ledger.notifications.get(change.notification.id) ??
        null,
      entity: ledger.entities.get(entityId(change.notification.entity)) ?? null,
      now: ledger.now,
      arrival: NEW_ARRIVAL + draft.arrivals,
      newId: () => uuidV7(ledger.now, draft.arrivals),
    });
    if ('refusal' in judgement) {
      bad.push({ line, ...judgement.refusal });
      continue;
    }
    results.push(record(draft, change, contentHash, judgement));
  }
  const [first] = bad;
  if (first !== undefined) return { problem: new ProblemError(first.code, first.detail, { lines: bad }) };
  for (const [id, result] of draft.results) ledger.results.set(id, result);
  for (const [id, notification] of draft.notifications) ledger.notifications.set(id, notification);
  ledger.changes.push(...draft.changes);
  ledger.due.push(...draft.due);
  ledger.daily.push(...draft.daily);
  ledger.arrivals = draft.arrivals;
  return { results };
}

function record(
  draft: Ledger,
  change: StateChange,
  contentHash: Buffer,
  { notification, due, reason, daily }: Exclude<ReturnType<typeof judge>, { refusal: unknown }>,
): IntakeResult {
  const deliveryId = due?.deliveryId ?? null;
  const result: IntakeResult = { id: change.id, deliveryId, reason, duplicate: false };
  draft.results.set(change.id, { hash: contentHash, result });
  draft.notifications.set(notification.id, notification);
  draft.changes.push({ change, hash: contentHash, deliveryId, reason });
  if (daily) {
    draft.daily.push({ id: change.id, notification: notification.id, ...notification.entity });
  }
  if (due !== null) {
    const { destination, report, late } = due;
    const delivery = {
      id: due.deliveryId,
      notification: notification.id,
      entity: notification.entity,
      backOffice: notification.backOffice,
      state: change.state,
      position: change.occurredAtMs,
      late,
      blockedBy: destination.missing.length > 0 ? 'configuration-incomplete' : null,
      heldBy: destination.heldBy,
      endpointId: destination.endpointId,
      originId: destination.originId,
      // As bytes at once: a text in as many pieces as it was written in would be kept until the commit.
      report: Buffer.from(writeReport40(report)),
    };
    draft.due.push({ delivery, missing: destination.missing, probed: destination.originProbed });
  }
  return result;
}

/** SHA-256 of the change as parsed and normalised: how a repeat is told from another content. */
function hashOf(change: StateChange): Buffer {
  const { id, occurredAt, state, notification, signer, channelChange } = change;
  const content = JSON.stringify([id, occurredAt, state, notification, signer, channelChange]);
  return hash('sha256', content, 'buffer');
}

async function writeLedger(
  tx: Transaction,
  ledger: Ledger,
  admits: boolean,
): Promise<Omit<TakenTogether, 'requests'>> {
  if (ledger.changes.length === 0) return { admission: null, origins: [] };
  const touched = [...ledger.notifications.values()].filter((n) => n !== ledger.known.get(n.id));
  const created = touched.filter((n) => !ledger.known.has(n.id));
  const deliveries = ledger.due.map(({ delivery }) => delivery);
  const firsts = new Set<string>();
  for (const { line } of touched) for (const d of line) if (d.first) firsts.add(d.id);
  // What was known and became due earlier, and what may be the next probe, waits for the relay's next look, a
  // fraction of a second: a server that is only probed should not keep the relay busy.
  const next = ledger.due.filter(
    ({ delivery, probed }) => !probed && delivery.heldBy === null && firsts.has(delivery.id),
  );
  const origins = [...new Set(next.flatMap(({ delivery }) => delivery.originId ?? []))];
  return tx.commitWith(async () => {
    const [, queued] = await Promise.all([
      Promise.all([
        writeIntake(tx, {
          now: ledger.now,
          notifications: created,
          backOffices: touched.flatMap(({ id, backOffice }) => {
            const before = ledger.known.get(id);
            return before === undefined || backOffice === null || before.backOffice !== null
              ? []
              : [{ id, backOffice }];
          }),
          changes: ledger.changes,
          deliveries,
          firsts,
        }),
        noteDailyChanges(tx, ledger.daily),
        writeSchedules(tx, movedOf(touched, ledger.known)),
        insertCommunications(tx, blockedRows(ledger)),
      ]),
      // Last: it queues what the others write.
      admits && origins.length > 0 ? admitWithin(tx, origins) : null,
    ]);
    return { admission: queued?.admission ?? null, origins: queued?.left ?? origins };
  });
}

/** Known deliveries whose place or time a newer change moved. */
function movedOf(
  touched: readonly KnownNotification[],
  known: ReadonlyMap<string, KnownNotification>,
): Schedule[] {
  return touched.flatMap((n) => {
    const before = new Map(known.get(n.id)?.line.map((d) => [d.id, d]));
    return n.line.filter((d) => before.has(d.id) && before.get(d.id) !== d && !isFinished(d.status));
  });
}

/** One row of the log for each delivery that begins blocked: what is missing must be visible. */
function blockedRows(ledger: Ledger): CommunicationRow[] {
  return ledger.due
    .filter(({ missing }) => missing.length > 0)
    .map(({ delivery: { id, notification, entity, state }, missing }, index) =>
      unsentRow({
        id: uuidV7(ledger.now, index),
        delivery: id,
        notification,
        ...entity,
        state,
        phase: 'FASE_REPORT_ONLINE',
        attempt: null,
        startedAt: ledger.now,
        endpoint: null,
        outcome: 'blocked',
        errorCode: 'configuration-incomplete',
        errorText: sayMissing(missing),
      }),
    );
}
