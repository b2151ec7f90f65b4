import { describe, expect, it } from 'vitest';
import { dayAfter, dayBefore, dayEnd, dayStart } from '../../src/domain/day.ts';
import { officialContract, officialExists, ourContract, validationError } from '../contracts/schema.ts';
import { change } from '../support/changes.ts';
import {
  at,
  beginDays,
  dailyJourney,
  DAY,
  holdIntake,
  NEXT,
  parsed,
  reportsAt,
  told,
} from '../support/daily.ts';
import { fresh } from '../support/journey.ts';

const journey = dailyJourney();

describe('a daily report', () => {
  it('tells each notification that changed once, in its last state of the day, with what was known then', async () => {
    const daily = await journey.begin();
    const [first, second, third] = [fresh(), fresh(), fresh()];
    await daily.live(
      {
        notification: first,
        backOffice: 'GESTEXP',
        issuerReference: 'A-1',
        facts: { registry: { number: 'S-1', registeredAt: at('08:00:00') }, expirationDays: 10 },
      },
      { notification: second, state: 'PENDENT', at: at('10:00:00.000') },
      {
        notification: first,
        state: 'ACCEPTADA',
        at: at('11:30:00.123'),
        signer: {
          type: 'paper',
          officerNif: '00000000T',
          practisedAt: at('11:30:00'),
          reference: 'R-1',
        },
      },
      { notification: third, at: at('12:00:00.000', NEXT) },
    );
    expect(await daily.endDay(DAY)).toBe(true);

    const [report] = await reportsAt(daily.receiver, 1);
    expect(report).toMatchObject({
      kind: 'Diari',
      date: DAY,
      issuer: {
        ...daily.entity,
        organisationName: 'Ajuntament Inventat',
        departmentName: 'Secretaria',
        backOffice: null,
      },
      items: [
        {
          state: 'ACCEPTADA',
          occurredAt: at('11:30:00.123'),
          notification: {
            id: first,
            backOffice: 'GESTEXP',
            issuerReference: 'A-1',
            expirationDays: 10,
            registry: { number: 'S-1' },
          },
          signer: { type: 'paper' },
        },
        { state: 'PENDENT', notification: { id: second, backOffice: null }, signer: null },
      ],
    });
    expect(report?.items).toHaveLength(2);
  });

  it.each([
    ['ours', ourContract],
    ...(officialExists ? [['the official one' as const, officialContract] as const] : []),
  ] as const)(
    'follows the schema (the official one where ../shared has it): %s',
    async (_whose, contract) => {
      const daily = await journey.begin();
      const lives = [fresh(), fresh(), fresh()];
      await daily.live(...lives.map((notification) => ({ notification, backOffice: 'A & B' })), {
        notification: lives[1] ?? '',
        state: 'ANUL·LADA',
        at: at('10:00:00.000'),
      });
      await daily.endDay(DAY);
      const { report } = await daily.receiver.first(() => true);
      expect(report.match(/<IdNotificacio>/g)).toHaveLength(3);
      expect(validationError(contract().messages, report)).toBeNull();
    },
  );

  it('tells nothing of notifications made by hand, nor cancellations that are switched off', async () => {
    const daily = await journey.begin({ sendCancelled: false });
    const [byHand, cancelled, gone] = [fresh(), fresh(), fresh()];
    await daily.live(
      { notification: byHand, origin: 'EACAT' },
      { notification: cancelled },
      { notification: cancelled, state: 'ANUL·LADA', at: at('10:00:00.000') },
      { notification: gone, state: 'ANUL·LADA', at: at('10:00:00.000') },
    );
    await daily.endDay(DAY);
    expect((await reportsAt(daily.receiver, 1)).map(told)).toEqual([[`${cancelled} DIPOSITADA`]]);
    expect(await daily.deliveries()).toHaveLength(1);
  });

  it('is not sent for a day without a change, nor a second time', async () => {
    const daily = await journey.begin();
    await daily.endDay(DAY);
    expect(await daily.deliveries()).toEqual([]);
    await daily.live({ notification: fresh(), at: at('09:00:00.000', NEXT) });
    await daily.endDay(NEXT);
    await daily.endDay(NEXT);
    await daily.endDay('2026-11-10');
    expect((await reportsAt(daily.receiver, 1)).map(({ date }) => date)).toEqual([NEXT]);
    expect(await daily.deliveries()).toHaveLength(1);
  });

  it('goes beside online callbacks, which it does not wait for', async () => {
    const daily = await journey.begin({ online: true });
    await daily.live({ notification: fresh() });
    await daily.endDay(DAY);
    const reports = await reportsAt(daily.receiver, 2);
    const byKind = new Map(reports.map(({ kind, items }) => [kind, items]));
    expect([...byKind.keys()].sort()).toEqual(['Diari', 'OnLine']);
    expect(byKind.get('Diari')).toEqual(byKind.get('OnLine'));
  });
});

describe('the two days on which the clocks are changed', () => {
  it.each(['2026-03-29', '2026-10-25'])(
    '%s has its changes from the first instant to the last',
    async (day) => {
      const daily = await journey.begin();
      await beginDays(daily.t.database.db, dayBefore(day));
      const [before, early, late, after] = [fresh(), fresh(), fresh(), fresh()];
      const utc = (ms: number): string => new Date(ms).toISOString();
      await daily.live(
        { notification: before, at: utc(dayStart(day) - 1) },
        { notification: early, at: utc(dayStart(day)) },
        { notification: late, at: utc(dayEnd(day) - 1) },
        { notification: after, at: utc(dayEnd(day)) },
      );
      await daily.endDay(dayAfter(day));
      const reports = await reportsAt(daily.receiver, 3);
      expect(reports.map((report) => [report.date, told(report)])).toEqual([
        [dayBefore(day), [`${before} DIPOSITADA`]],
        [day, [`${early} DIPOSITADA`, `${late} DIPOSITADA`]],
        [dayAfter(day), [`${after} DIPOSITADA`]],
      ]);
    },
  );
});

describe('a change that comes late', () => {
  it('is in the next report, where its notification has the state that it has come to', async () => {
    const daily = await journey.begin();
    const [moved, late] = [fresh(), fresh()];
    await daily.live({ notification: moved, state: 'ACCEPTADA', at: at('12:00:00.000') });
    await daily.endDay(DAY);
    await daily.live({ notification: moved }, { notification: late, at: at('23:59:59.999') });
    await daily.endDay(DAY);
    expect(await daily.deliveries()).toHaveLength(1);
    await daily.endDay(NEXT);
    const reports = await reportsAt(daily.receiver, 2);
    expect(reports.map((report) => [report.date, told(report)])).toEqual([
      [DAY, [`${moved} ACCEPTADA`]],
      [NEXT, [`${moved} ACCEPTADA`, `${late} DIPOSITADA`]],
    ]);
  });

  it('is in the next report where its transaction was open over the cut', async () => {
    const daily = await journey.begin();
    const { entity, t } = daily;
    const [early, held] = [fresh(), fresh()];
    await daily.live({ notification: early });
    const intake = await holdIntake(t.database.url, [
      parsed(change({ notification: held, entity, at: at('09:00:00.000') })),
      parsed(change({ notification: early, entity, state: 'ACCEPTADA', at: at('10:00:00.000') })),
    ]);
    await daily.endDay(DAY);
    await intake.end();
    await daily.endDay(NEXT);
    const reports = await reportsAt(daily.receiver, 2);
    expect(reports.map((report) => [report.date, told(report)])).toEqual([
      [DAY, [`${early} DIPOSITADA`]],
      [NEXT, [`${early} ACCEPTADA`, `${held} DIPOSITADA`]],
    ]);
  });
});

describe('back offices', () => {
  it('with an endpoint of their own get their report there, the entity that of the others', async () => {
    const daily = await journey.begin();
    const { receiver } = daily;
    await daily.configure({ backOffices: { GESTEXP: { endpoint: { url: `${receiver.url}/gestexp` } } } });
    const [own, other, none] = [fresh(), fresh(), fresh()];
    await daily.live(
      { notification: own, backOffice: 'GESTEXP' },
      { notification: other, backOffice: 'ALTRE' },
      { notification: none },
    );
    await daily.endDay(DAY);
    const reports = await reportsAt(receiver, 2);
    const byPath = new Map(reports.map((report, place) => [receiver.requests[place]?.path, report]));
    expect(byPath.get('/reports/gestexp')).toMatchObject({
      issuer: { backOffice: 'GESTEXP' },
      items: [{ notification: { id: own, backOffice: 'GESTEXP' } }],
    });
    expect(byPath.get('/reports')).toMatchObject({
      issuer: { backOffice: null },
      items: [
        { notification: { id: other, backOffice: 'ALTRE' } },
        { notification: { id: none, backOffice: null } },
      ],
    });
  });
});

describe('a report that is too large for one message', () => {
  it('becomes several, in order, each with its own notifications', async () => {
    const daily = await journey.begin();
    const notifications = Array.from({ length: 1_201 }, () => fresh());
    await daily.live(...notifications.slice(0, 1_000).map((notification) => ({ notification })));
    await daily.live(...notifications.slice(1_000).map((notification) => ({ notification })));
    await daily.endDay(DAY);
    const reports = await reportsAt(daily.receiver, 3);
    expect(reports.map(({ date, items }) => [date, items.length])).toEqual([
      [DAY, 500],
      [DAY, 500],
      [DAY, 201],
    ]);
    expect(reports.flatMap(told)).toEqual(notifications.map((id) => `${id} DIPOSITADA`));
    const deliveries = await daily.deliveries();
    expect(daily.receiver.requests.map(({ delivery }) => delivery)).toEqual(deliveries);
    for (const [place, id] of deliveries.entries()) {
      expect(await daily.t.delivery(id)).toMatchObject({ daily: { date: DAY, part: place + 1 } });
    }
  });
});
