import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findEntitiesDue,
  hasDailyChanges,
  listWaitingBackOffices,
  noteDailyChanges,
  readWaiting,
} from '../../src/store/daily-changes.ts';
import { findUnreleasedDaily, lockDailyLinesOf } from '../../src/store/daily-lines.ts';
import { isDayCut } from '../../src/store/daily-reports.ts';
import type { Queryable } from '../../src/store/database.ts';
import { lockUnfinished } from '../../src/store/delivery-rows.ts';
import { dayEnd } from '../../src/domain/day.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { DAY } from '../support/daily.ts';
import { analyse, explaining, type Scan } from '../support/explain.ts';

/** Changes: most were told, a tenth waits; of those, half are one body's. */
const ROWS = 60_000;
const BIG = { organisation: '9900009999', department: '1', backOffice: null };
const SMALL = { organisation: '9900000007', department: '1', backOffice: null };
const ENTITIES = 300;

const LOAD = `
with r as (
  select n, n % 10 = 0 as waits,
    case when n % 20 = 0 or n % 20 = 1 then '9900009999' else '99' || lpad((n / 20 % $2)::text, 8, '0') end as organisme,
    to_timestamp($3::float8 / 1000 - 3600) as ocorregut
  from generate_series(1, $1::integer) n
), n as (
  insert into nt30.aoc_nt_notificacions (notificacio, tipus_objecte, creacio, organisme, departament)
  select n, 'NOTIFICACIO', 'INTEGRACIO', organisme, '1' from r
), s as (
  insert into nt30.aoc_nt_canvis_estat (canvi, id, notificacio, estat, ocorregut, ocorregut_text, dades)
  overriding system value
  select n, 'c' || n, n, 'DIPOSITADA', ocorregut, 'invented', '{}' from r
), g as (
  insert into nt30.aoc_nt_configuracio_callbacks
    (organisme, departament, nom_organisme, nom_departament, en_linia, diari, envia_anullades)
  select distinct organisme, '1', 'Ajuntament Inventat', 'Secretaria', true, true, true from r
), l as (
  insert into nt30.aoc_nt_linies_diaries select distinct organisme, '1', '' from r
), e as (
  insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat, posicio,
    situacio, primer, proper_intent, creat, finalitzat)
  select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
    case when n % 50 = 0 then 'Diari' else 'OnLine' end, case when n % 50 > 0 then n end, organisme, '1',
    case when n % 50 > 0 then 'DIPOSITADA' end, ocorregut, case when n > $1 - 200 then 'waiting' else 'acknowledged' end,
    true, ocorregut, ocorregut, case when n <= $1 - 200 then ocorregut end
  from r
)
insert into nt30.aoc_nt_canvis_diaris (canvi, notificacio, organisme, departament, ocorregut, enviament)
select n, n, organisme, '1', ocorregut, case when not waits then gen_random_uuid() end from r`;

const LARGE = new Set([
  'aoc_nt_enviaments',
  'aoc_nt_canvis_estat',
  'aoc_nt_canvis_diaris',
  'aoc_nt_notificacions',
]);

/** Daily deliveries as `LOAD` gives them to entities. */
const REPORT = '00000000-0000-7000-8000-000000000050';
const REPORT_OF_BIG = '00000000-0000-7000-8000-000000000100';
const BEFORE = dayEnd(DAY);

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  for (const table of LARGE) {
    await database.db.query(`alter table nt30.${table} set (autovacuum_enabled = off)`);
  }
  await database.db.query(LOAD, [ROWS, ENTITIES, BEFORE]);
});

afterAll(() => database.drop());

/** Runs it, and holds what it reads of the large tables to a number of rows. */
async function reads<T>(most: number, run: (db: Queryable) => Promise<T>): Promise<T> {
  const { db, scans } = explaining(database.db);
  const result = await run(db);
  const large = scans.filter(({ table }) => LARGE.has(table));
  expect(large.filter(({ type }) => type === 'Seq Scan')).toEqual([]);
  expect(large.reduce((sum: number, { rows }: Scan) => sum + rows, 0)).toBeLessThanOrEqual(most);
  return result;
}

describe.each(['before', 'after'])('%s the tables were analysed', (when) => {
  beforeAll(async () => {
    if (when === 'after') await analyse(database.db);
  });

  it('a look for what is owed steps from entity to entity', async () => {
    const due = await reads(3 * ENTITIES, async (db) =>
      findEntitiesDue(db, { day: DAY, before: BEFORE }, null, 1_000),
    );
    expect(due).toHaveLength(ENTITIES + 1);
  });

  it('an entity’s report is read piece by piece', async () => {
    const read = async (after: string) => reads(500, async (db) => readWaiting(db, BIG, BEFORE, after, 100));
    const first = await read('-1');
    expect(first).toHaveLength(100);
    const next = await read(first.at(-1)?.id ?? '');
    expect(Number(next[0]?.id)).toBeGreaterThan(Number(first.at(-1)?.id));
  });

  it('a small entity is not read through a large one’s', async () => {
    const most = 200;
    expect(await reads(most, async (db) => hasDailyChanges(db, SMALL))).toBe(true);
    expect(await reads(most, async (db) => listWaitingBackOffices(db, SMALL, BEFORE))).toEqual(['']);
    expect(await reads(most, async (db) => isDayCut(db, SMALL, DAY))).toBe(false);
  });

  it('changes are noted and lines are locked by their keys', async () => {
    const explained = explaining(database.db);
    await database.db.query('delete from nt30.aoc_nt_canvis_diaris where canvi = 12345');
    // What is explained is done, and cannot be done twice.
    const noted = { ...SMALL, id: 'c12345', notification: '12345' };
    await noteDailyChanges(explained.db, [noted]).catch(() => undefined);
    expect(explained.scans).toContainEqual(
      expect.objectContaining({ table: 'aoc_nt_canvis_estat', rows: 1 }),
    );
    await reads(20, async (db) => lockDailyLinesOf(db, [REPORT]));
    await reads(50, async (db) => lockUnfinished(db, ['12345'], [REPORT]));
    const behind = await reads(500, async (db) => lockUnfinished(db, [], [REPORT_OF_BIG]));
    expect(behind.length).toBeGreaterThan(0);
    expect(behind.every(({ kind }) => kind === 'Diari')).toBe(true);
    await reads(500, async (db) => findUnreleasedDaily(db, 10));
  });
});
