import type { RecoverErrorCode } from '../../domain/errors.ts';
import { madridDay } from '../../domain/instant.ts';
import { isInScope, type Caller } from '../../domain/key.ts';
import type { RecoveryRequest } from '../../domain/recovery.ts';
import type { Report, ReportItem } from '../../domain/report.ts';
import type { State } from '../../domain/state.ts';
import { isOrdinaryDay } from '../../soap/xs-date.ts';
import type { Database } from '../../store/database.ts';
import { findNotification } from '../../store/notifications.ts';
import { hasBackOffice, listChangedOn, readItemsAt, summaryOf, type Issuer } from '../../store/recovered.ts';

/** Notifications of one answer; their ids are held while it is sent: some ten megabytes. */
export const MAX_NOTIFICATIONS = 100_000;

/** Notifications that are read, written and sent at a time: some hundred kilobytes. */
export const CHUNK = 100;

/** A report that was found: its items are read as they are asked for. */
export interface FoundReport {
  readonly report: Omit<Report, 'items'>;
  readonly count: number;
  /** Its items, so many at a time that they are never all in memory. */
  readonly items: () => AsyncGenerator<readonly ReportItem[]>;
  /** The notification that it is about, and its state; null where it is about a day. */
  readonly about: { readonly notification: string; readonly state: State } | null;
}

/** What the contract answers in place of a report. */
export interface Refusal {
  readonly code: RecoverErrorCode;
  readonly text: string;
  /** The notification asked for, where the asking entity may know of it. */
  readonly notification: string | null;
}

/**
 * Finds what an entity asks for: a notification's summary, or what changed on a day.
 *
 * @param issuer the asking entity, which the caller may know of
 */
export async function findReport(
  db: Database,
  caller: Caller,
  issuer: Issuer,
  { backOffice, wanted }: RecoveryRequest,
): Promise<FoundReport | Refusal> {
  if (backOffice !== null && !(await hasBackOffice(db, issuer, backOffice))) {
    return refusal(3021, 'The department has no such back office.');
  }
  return 'notification' in wanted
    ? findSummary(db, caller, issuer, backOffice, wanted.notification)
    : findDay(db, issuer, backOffice, wanted.date);
}

async function findSummary(
  db: Database,
  caller: Caller,
  issuer: Issuer,
  backOffice: string | null,
  id: string,
): Promise<FoundReport | Refusal> {
  const known = await findNotification(db, id);
  // That another's notification exists is nothing to tell; that one's own is another department's is.
  if (known === null || !isInScope(caller.scope, known.entity)) {
    return refusal(1010, 'There is no such notification.');
  }
  if (!isInScope([issuer], known.entity)) {
    return refusal(1015, 'The notification is another department’s.');
  }
  if (backOffice !== null && known.backOffice !== backOffice) {
    return refusal(1015, 'The notification is another back office’s.', id);
  }
  const item = summaryOf(known);
  return {
    report: {
      kind: 'OnLine',
      issuer: { ...issuer, backOffice: known.backOffice },
      date: madridDay(Date.parse(item.occurredAt)),
    },
    count: 1,
    async *items() {
      yield [item];
    },
    about: { notification: id, state: item.state },
  };
}

async function findDay(
  db: Database,
  issuer: Issuer,
  backOffice: string | null,
  day: string,
): Promise<FoundReport | Refusal> {
  const asked = { day, backOffice, limit: MAX_NOTIFICATIONS + 1 };
  const ids = isOrdinaryDay(day) ? await listChangedOn(db, issuer, asked) : [];
  if (ids.length > MAX_NOTIFICATIONS) {
    return refusal(
      103,
      `More than ${MAX_NOTIFICATIONS} notifications changed that day: ask by BackOffice, or by IdNotificacio.`,
    );
  }
  return {
    report: { kind: 'Diari', issuer: { ...issuer, backOffice }, date: day },
    count: ids.length,
    async *items() {
      for (let place = 0; place < ids.length; place += CHUNK) {
        yield await readItemsAt(db, ids.slice(place, place + CHUNK), day);
      }
    },
    about: null,
  };
}

function refusal(code: RecoverErrorCode, text: string, notification: string | null = null): Refusal {
  return { code, text, notification };
}
