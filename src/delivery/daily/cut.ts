import { phaseOf } from '../../domain/attempt.ts';
import { dayEnd, type Day } from '../../domain/day.ts';
import { bringForward, lineUp } from '../../domain/delivery.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { EntityKey } from '../../domain/notification.ts';
import type { Report, ReportItem } from '../../domain/report.ts';
import { uuidV7 } from '../../domain/uuid.ts';
import { REPORT_CLOSING_40, writeReportItem40, writeReportOpening40 } from '../../soap/report-40.ts';
import { insertCommunications, unsentRow } from '../../store/communication-rows.ts';
import { listWaitingBackOffices, readWaiting, type WaitingNotification } from '../../store/daily-changes.ts';
import { lockDailyLinesOf, makeDailyLines } from '../../store/daily-lines.ts';
import { insertDailyReport, isDayCut, takeCut, type NewDailyReport } from '../../store/daily-reports.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { lockUnfinished, writeSchedules } from '../../store/delivery-rows.ts';
import { readItemsAt } from '../../store/recovered.ts';
import { endpointFor, lockEntities, readEntities, type EntityRow } from '../../store/shared-entities.ts';
import { Messages, type Message } from './messages.ts';

/** Notifications that are read at a time, with all their changes. */
const CHUNK = 100;

/** What the cut of one entity's day has made. */
export interface Cut {
  readonly messages: number;
  readonly notifications: number;
  /** Origins (rows) that may now send something. */
  readonly origins: readonly string[];
}

const NOTHING: Cut = { messages: 0, notifications: 0, origins: [] };

/**
 * Makes an entity's reports of a day, in one transaction: its own, and those of the back offices that have an
 * endpoint of their own. They tell each notification once, in the state that it had at the day's end, and take
 * every change up to there that no report has taken; what is not committed yet waits for the next one.
 *
 * Does nothing where the reports of that day, or of a later one, are made already.
 *
 * @returns null where another process is making them
 */
export async function cutEntity(db: Database, entity: EntityKey, day: Day): Promise<Cut | null> {
  return db.transaction(async (tx) => {
    const now = await takeCut(tx, entity);
    if (now === null) return null;
    if (await isDayCut(tx, entity, day)) return NOTHING;
    const before = dayEnd(day);
    const backOffices = await listWaitingBackOffices(tx, entity, before);
    const wanted = backOffices.map((backOffice) => ({ entity, backOffice }));
    const [, [configured]] = await Promise.all([lockEntities(tx, [entity]), readEntities(tx, wanted)]);
    if (configured === undefined) return NOTHING;

    const reports: NewReport[] = [];
    const recipients = recipientsOf(configured, backOffices);
    for (const recipient of recipients) {
      await cutReport(tx, configured, recipient, { day, before, now }, reports);
    }
    await logBlocked(tx, configured, reports, now);
    return {
      messages: reports.length,
      notifications: reports.reduce((sum, { notifications }) => sum + notifications, 0),
      origins: await putInLine(tx, entity, reports, now),
    };
  });
}

/** What is kept of a message that was written. */
type NewReport = Pick<NewDailyReport, 'id' | 'backOffice' | 'notifications'>;

/** Who gets a report of its own. */
interface Recipient {
  /** The back office; null: the entity. */
  readonly backOffice: string | null;
  /** Whose notifications it tells; '': those of no back office. */
  readonly of: ReadonlySet<string>;
}

/** The back offices with an endpoint of their own, and the entity for all others. */
function recipientsOf(configured: EntityRow, backOffices: readonly string[]): Recipient[] {
  const hasOwn = (code: string): boolean => code !== '' && configured.endpoints.has(code);
  const own = backOffices.filter(hasOwn).map((code) => ({ backOffice: code, of: new Set([code]) }));
  const others = backOffices.filter((code) => !hasOwn(code));
  return others.length === 0 ? own : [{ backOffice: null, of: new Set(others) }, ...own];
}

interface Instants {
  readonly day: Day;
  /** The day's end, in milliseconds since the epoch. */
  readonly before: number;
  /** The database's clock. */
  readonly now: number;
}

/** Writes one recipient's report, message by message: no more of it is held than one message. */
async function cutReport(
  tx: Queryable,
  configured: EntityRow,
  { backOffice, of }: Recipient,
  { day, before, now }: Instants,
  reports: NewReport[],
): Promise<void> {
  const { entity, organisationName, departmentName, sendCancelled } = configured;
  const issuer = { ...entity, organisationName, departmentName, backOffice };
  const head: Omit<Report, 'items'> = { kind: 'Diari', issuer, date: day };
  const opening = writeReportOpening40(head);
  const messages = new Messages(Buffer.byteLength(opening + REPORT_CLOSING_40));
  const endpoint = endpointFor(configured, backOffice);
  const blockedBy = (endpoint?.missing ?? ['endpoint']).length > 0 ? 'configuration-incomplete' : null;
  let part = 0;

  async function write({ items, notifications, changes }: Message): Promise<void> {
    part += 1;
    const id = uuidV7(now, reports.length);
    await insertDailyReport(tx, {
      id,
      entity,
      backOffice,
      day,
      part,
      notifications,
      changes,
      position: before,
      blockedBy,
      heldBy: endpoint?.heldBy ?? null,
      endpointId: endpoint?.id ?? null,
      originId: blockedBy === null ? (endpoint?.originId ?? null) : null,
      messageVersion: '4.0',
      xml: opening + items + REPORT_CLOSING_40,
      now,
    });
    reports.push({ id, backOffice, notifications });
  }

  for (let after = '-1'; ;) {
    const waiting = await readWaiting(tx, entity, before, after, CHUNK);
    const own = waiting.filter((notification) => of.has(notification.backOffice ?? ''));
    const items = await itemsOf(tx, own, day, sendCancelled);
    for (const { id, changes } of own) {
      const item = items.get(id);
      if (item === undefined) throw new Error(`notification ${id} waits for a daily report without a change`);
      const full = messages.add({ xml: writeReportItem40(item), changes });
      if (full !== null) await write(full);
    }
    const last = waiting.at(-1);
    if (last === undefined || waiting.length < CHUNK) break;
    after = last.id;
  }
  const rest = messages.end();
  if (rest !== null) await write(rest);
}

/** Notifications as they were at the day's end, by their ids. */
async function itemsOf(
  tx: Queryable,
  waiting: readonly WaitingNotification[],
  day: Day,
  sendCancelled: boolean,
): Promise<ReadonlyMap<string, ReportItem>> {
  const ids = waiting.map(({ id }) => id);
  const items = ids.length === 0 ? [] : await readItemsAt(tx, ids, day, sendCancelled);
  return new Map(items.map((item) => [item.notification.id, item]));
}

/** One row of the log for each message that begins blocked: what is missing must be visible. */
async function logBlocked(
  tx: Queryable,
  configured: EntityRow,
  reports: readonly NewReport[],
  now: number,
): Promise<void> {
  const rows = reports.flatMap(({ id, backOffice }, index) => {
    const missing = endpointFor(configured, backOffice)?.missing ?? ['endpoint'];
    if (missing.length === 0) return [];
    return unsentRow({
      id: uuidV7(now, index),
      delivery: id,
      notification: null,
      ...configured.entity,
      state: null,
      phase: phaseOf('Diari'),
      attempt: null,
      startedAt: now,
      endpoint: null,
      outcome: 'blocked',
      errorCode: 'configuration-incomplete',
      errorText: `The configuration lacks: ${missing.join(', ')}.`,
    });
  });
  await insertCommunications(tx, rows);
}

/**
 * Puts new reports behind those that their recipients have not got yet. Its locks are taken last, since it is
 * these that attempts under way wait for.
 *
 * @returns the origins of the deliveries that are first
 */
async function putInLine(
  tx: Queryable,
  entity: EntityKey,
  reports: readonly NewReport[],
  now: number,
): Promise<string[]> {
  const joining = new Set(reports.map(({ id }) => id));
  const recipients = new Set(reports.map(({ backOffice }) => backOffice));
  const [, , unfinished] = await Promise.all([
    makeDailyLines(
      tx,
      [...recipients].map((backOffice) => ({ ...entity, backOffice })),
    ),
    lockDailyLinesOf(tx, [...joining]),
    lockUnfinished(tx, [], [...joining]),
  ]);
  const known = new Map(unfinished.map((delivery) => [delivery.id, delivery]));
  const placed = [...groupBy(unfinished, ({ line }) => line).values()].flatMap(lineUp).map((d) => {
    const isBefore = d.first && !joining.has(d.id);
    return isBefore ? bringForward(d, now, known.get(d.id)?.originProbed === true) : d;
  });
  await writeSchedules(
    tx,
    placed.filter((d) => d !== known.get(d.id)),
  );
  return [...new Set(placed.flatMap(({ id, first }) => (first ? (known.get(id)?.originId ?? []) : [])))];
}
