import { pino, type Logger } from 'pino';
import { afterAll, afterEach } from 'vitest';
import { parseStateChange } from '../../src/api/state-changes/parse.ts';
import { makeOwedReports } from '../../src/delivery/daily/daily-reports.ts';
import { takeTogether } from '../../src/delivery/intake/take.ts';
import { dayBefore, dayEnd, type Day } from '../../src/domain/day.ts';
import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { Report } from '../../src/domain/report.ts';
import { readReportRequest } from '../../src/soap/read-request.ts';
import { Database, type Transaction } from '../../src/store/database.ts';
import { change, type ChangeOptions } from './changes.ts';
import { startTestReceiver, type TestReceiver } from './receiver.ts';
import { startTestService, type TestService } from './service.ts';

/** The first day of these tests, and those after it. */
export const DAY = '2026-11-02';
export const NEXT = '2026-11-03';
export const THIRD = '2026-11-04';

/** An instant of one of these days, in its zone. */
export const at = (time: string, day: Day = DAY): string => `${day}T${time}+01:00`;

/** The roles of a service whose days only the test ends. */
const WITHOUT_SCHEDULER = ['api', 'relay', 'worker'] as const;

/** An entity of a test's own that has daily reports alone, and what is done with it. */
export interface DailyEntity {
  readonly t: TestService;
  readonly receiver: TestReceiver;
  readonly entity: EntityKey;
  /** Puts its configuration; `url` null: without an endpoint, absent: with the receiver's. */
  configure(more?: Readonly<Record<string, unknown>>, url?: string | null): Promise<void>;
  /** Has its notifications change, each at 09:00 of DAY where nothing else is said. */
  live(...changes: readonly ChangeOptions[]): Promise<void>;
  /** Ends all days up to this one; answers whether nothing is left. */
  endDay(day: Day): Promise<boolean>;
  /** Its daily deliveries, in the order in which they were made. */
  deliveries(): Promise<string[]>;
}

/** Starts one service for a file; each `begin` is another entity, whose first day is DAY. */
export function dailyJourney(): {
  readonly begin: (more?: Readonly<Record<string, unknown>>) => Promise<DailyEntity>;
} {
  const receivers: TestReceiver[] = [];
  let service: TestService | null = null;
  let entities = 0;
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.close();
  });
  afterAll(async () => service?.close());
  return {
    async begin(more = {}) {
      service ??= await startTestService({ roles: WITHOUT_SCHEDULER });
      const t = service;
      const receiver = await startTestReceiver();
      receivers.push(receiver);
      entities += 1;
      const entity = { organisation: String(9_900_000_000 + entities), department: '1' };
      const begun: DailyEntity = {
        t,
        receiver,
        entity,
        async configure(changed = {}, url = receiver.url) {
          await t.configure(url, { online: false, daily: true, ...changed }, entity);
        },
        async live(...changes) {
          await t.take(...changes.map((each) => change({ at: at('09:00:00.000'), entity, ...each })));
        },
        endDay: async (day) => endDay(t.database.db, day),
        deliveries: async () => dailyDeliveries(t.database.db, entity.organisation),
      };
      await beginDays(t.database.db, DAY);
      await begun.configure(more);
      return begun;
    },
  };
}

/** Has the daily reports begin with this day. */
export async function beginDays(db: Database, day: Day): Promise<void> {
  await db.query(`update nt30.aoc_nt_parametres set valor = $1 where nom = 'diari_fet_fins'`, [
    dayBefore(day),
  ]);
}

/** Ends all days up to this one, as the scheduler does at its midnight; answers whether nothing is left. */
export async function endDay(
  db: Database,
  day: Day,
  logger: Logger = pino({ level: 'silent' }),
): Promise<boolean> {
  return makeOwedReports({ db, delayMs: 0, wake: () => undefined, logger }, { now: dayEnd(day) });
}

/** The daily deliveries of an organisation, in the order in which they were made. */
export async function dailyDeliveries(db: Database, organisation: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select enviament as id from nt30.aoc_nt_enviaments
     where tipus_informe = 'Diari' and organisme = $1 order by arribada`,
    [organisation],
  );
  return rows.map(({ id }) => id);
}

/** The next so many reports that a receiver gets, in the order in which they came. */
export async function reportsAt(receiver: TestReceiver, count: number): Promise<Report[]> {
  return (await receiver.times(count)).map(({ body, headers }) => {
    const read = readReportRequest(body, headers['content-type'] ?? null);
    if ('problem' in read) throw new Error(read.problem);
    return read.report;
  });
}

/** What a report tells, in short: `<notification> <state>` of each item. */
export function told({ items }: Report): string[] {
  return items.map(({ notification, state }) => `${notification.id} ${state}`);
}

/** A change as the API reads it. */
export function parsed(body: unknown): StateChange {
  const read = parseStateChange(body, Date.now());
  if ('code' in read) throw new Error(`the change is bad: ${read.detail}`);
  return read;
}

/** Takes changes in a transaction that has written everything and ends when it is told to. */
export async function holdIntake(
  url: string,
  changes: readonly StateChange[],
): Promise<{ end: () => Promise<void> }> {
  const db = new HeldDatabase(url);
  const taking = takeTogether(db, [changes.map((each, index) => ({ line: index + 1, change: each }))]);
  await Promise.race([db.written, taking]);
  return {
    async end() {
      db.release();
      const { requests } = await taking;
      await db.close();
      if (requests.some((request) => 'problem' in request)) throw new Error('a change was refused');
    },
  };
}

class HeldDatabase extends Database {
  readonly written: Promise<void>;
  release: () => void = () => undefined;
  readonly #released: Promise<void>;
  #write: () => void = () => undefined;

  constructor(url: string) {
    super(url, { connections: 1, onError: () => undefined });
    this.written = new Promise((resolve) => {
      this.#write = resolve;
    });
    this.#released = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  override async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return super.transaction(async (tx) =>
      work({
        query: async (text, values, name) => tx.query(text, values, name),
        commitWith: async (last) => {
          const result = await last();
          this.#write();
          await this.#released;
          return result;
        },
      }),
    );
  }
}
