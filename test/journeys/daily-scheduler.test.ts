import { describe, expect, it, onTestFinished } from 'vitest';
import { pino } from 'pino';
import { countOwedDays, makeOwedReports } from '../../src/delivery/daily/daily-reports.ts';
import { readSettings } from '../../src/config.ts';
import { dayBefore, dayEnd, dayStart, lastDayOver } from '../../src/domain/day.ts';
import { Database } from '../../src/store/database.ts';
import { change } from '../support/changes.ts';
import {
  at,
  beginDays,
  dailyDeliveries,
  dailyJourney,
  DAY,
  endDay,
  NEXT,
  reportsAt,
  THIRD,
  told,
} from '../support/daily.ts';
import { fresh } from '../support/journey.ts';
import { startTestService } from '../support/service.ts';
import { until } from '../support/watch.ts';

const journey = dailyJourney();
const SILENT = pino({ level: 'silent' });

async function doneUntil(db: Database): Promise<string> {
  const [row] = await db.query<{ valor: string }>(
    `select valor from nt30.aoc_nt_parametres where nom = 'diari_fet_fins'`,
  );
  return row?.valor ?? '';
}

describe('a scheduler', () => {
  it('that was down for three midnights makes three reports, in order, when it runs again', async () => {
    const daily = await journey.begin();
    const { t } = daily;
    const yesterday = lastDayOver(Date.now() - 3_600_000);
    const days = [dayBefore(dayBefore(yesterday)), dayBefore(yesterday), yesterday];
    await beginDays(t.database.db, days[0] ?? '');
    const instants = days.map((day) => new Date(dayStart(day) + 1_000).toISOString());
    const notifications = days.map(() => fresh());
    // They came in another order.
    for (const place of [2, 0, 1]) {
      await daily.live({ notification: notifications[place] ?? '', at: instants[place] ?? '' });
    }
    const scheduler = await startTestService({ roles: ['scheduler'], beside: t });
    onTestFinished(async () => scheduler.close());
    const reports = await reportsAt(daily.receiver, 3);
    expect(reports.map((report) => [report.date, told(report)])).toEqual(
      days.map((day, place) => [day, [`${notifications[place]} DIPOSITADA`]]),
    );
    expect(await until(async () => ((await doneUntil(t.database.db)) >= yesterday ? true : null))).toBe(true);
    expect(await daily.deliveries()).toHaveLength(3);
  });

  it('has its delay by DAILY_REPORT_DELAY, five minutes where it is not set', () => {
    expect(readSettings({}).dailyReportDelayMs).toBe(300_000);
    expect(readSettings({ DAILY_REPORT_DELAY: '7h' }).dailyReportDelayMs).toBe(25_200_000);
    expect(readSettings({ DAILY_REPORT_DELAY: '0s' }).dailyReportDelayMs).toBe(0);
    for (const bad of ['13h', 'migdia', '-1m']) {
      expect(() => readSettings({ DAILY_REPORT_DELAY: bad })).toThrow('DAILY_REPORT_DELAY');
    }
  });

  it('tells by a metric how many days it owes', async () => {
    const daily = await journey.begin();
    const { db } = daily.t.database;
    const yesterday = lastDayOver(Date.now());
    await beginDays(db, yesterday);
    expect(await countOwedDays(db, 0)).toBe(1);
    await beginDays(db, dayBefore(dayBefore(yesterday)));
    expect(await countOwedDays(db, 0)).toBe(3);
    const metrics = await fetch(`${daily.t.url}/metrics`);
    expect(await metrics.text()).toMatch(/^enotum_daily_report_days_owed [23]$/m);
    await endDay(db, yesterday);
    expect(await countOwedDays(db, 0)).toBe(0);
  });

  it('waits for the delay after the day’s end, to the millisecond', async () => {
    const daily = await journey.begin();
    const { db } = daily.t.database;
    await daily.live({ notification: fresh() });
    const options = { db, delayMs: 300_000, wake: () => undefined, logger: SILENT };
    await makeOwedReports(options, { now: dayEnd(DAY) + 299_999 });
    expect(await daily.deliveries()).toEqual([]);
    expect(await doneUntil(db)).toBe(dayBefore(DAY));
    await makeOwedReports(options, { now: dayEnd(DAY) + 300_000 });
    expect(await daily.deliveries()).toHaveLength(1);
    expect(await doneUntil(db)).toBe(DAY);
  });

  it('that stops leaves the rest to whoever runs next', async () => {
    const daily = await journey.begin();
    const { db } = daily.t.database;
    await daily.live({ notification: fresh() });
    const options = { db, delayMs: 0, wake: () => undefined, logger: SILENT };
    const stopped = AbortSignal.abort();
    expect(await makeOwedReports(options, { now: dayEnd(DAY), signal: stopped })).toBe(false);
    expect([await daily.deliveries(), await doneUntil(db)]).toEqual([[], dayBefore(DAY)]);
    expect(await makeOwedReports(options, { now: dayEnd(DAY) })).toBe(true);
    expect(await daily.deliveries()).toHaveLength(1);
  });

  it('beside others makes each report once, whoever comes first', async () => {
    const { t, receiver } = await journey.begin();
    const entities = Array.from({ length: 40 }, (_, n) => ({
      organisation: String(9_910_000_000 + n),
      department: '1',
    }));
    for (const entity of entities) await t.configure(receiver.url, { online: false, daily: true }, entity);
    await t.take(
      ...entities.flatMap((entity) => [
        change({ notification: fresh(), entity, at: at('09:00:00.000') }),
        change({ notification: fresh(), entity, at: at('09:00:00.000', NEXT) }),
      ]),
    );
    const processes = Array.from(
      { length: 4 },
      () => new Database(t.database.url, { connections: 2, onError: () => undefined }),
    );
    onTestFinished(async () => {
      await Promise.all(processes.map(async (db) => db.close()));
    });
    for (let done = ''; done < NEXT; done = await doneUntil(t.database.db)) {
      await Promise.all(processes.map(async (db) => endDay(db, NEXT)));
    }
    for (const { organisation } of entities) {
      expect(await dailyDeliveries(t.database.db, organisation)).toHaveLength(2);
    }
    const rows = await t.rows(
      `select from nt30.aoc_nt_canvis_diaris where enviament is null and organisme like '991%'`,
    );
    expect(rows).toEqual([]);
  });

  it('has an entity whose report cannot be made hold up no other, and told all of it once it can', async () => {
    const daily = await journey.begin();
    const other = await journey.begin();
    const { db } = daily.t.database;
    const notification = fresh();
    await daily.live({ id: `broken-${notification}`, notification });
    await other.live({ notification: fresh() });
    // As a table that has lost its rows.
    await db.query('update nt30.aoc_nt_canvis_estat set notificacio = -1 where notificacio = $1', [
      notification,
    ]);
    expect(await endDay(db, DAY)).toBe(false);
    expect(await doneUntil(db)).toBe(dayBefore(DAY));
    expect([await daily.deliveries(), (await other.deliveries()).length]).toEqual([[], 1]);
    // The day that comes takes its place.
    expect(await endDay(db, NEXT)).toBe(false);
    expect(await doneUntil(db)).toBe(DAY);
    await db.query('update nt30.aoc_nt_canvis_estat set notificacio = $1 where notificacio = -1', [
      notification,
    ]);
    expect(await endDay(db, NEXT)).toBe(true);
    const [report] = await reportsAt(daily.receiver, 1);
    expect([report?.date, report && told(report)]).toEqual([NEXT, [`${notification} DIPOSITADA`]]);
    expect(await endDay(db, THIRD)).toBe(true);
    expect(await daily.deliveries()).toHaveLength(1);
  });
});
