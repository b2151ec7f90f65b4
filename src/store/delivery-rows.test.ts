import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { analyse, explaining } from '../../test/support/explain.ts';
import { lockUnfinished } from './delivery-rows.ts';

/** Deliveries that have ended since the last vacuum: each has left entries in all indexes. */
const ENDED = 5_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const { db } = database;
  await db.query('alter table nt30.aoc_nt_enviaments set (autovacuum_enabled = off)');
  await db.query(
    `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
       posicio, situacio, primer, proper_intent, creat, punt, origen)
     select gen_random_uuid(), 'OnLine', n, '9900000001', '1', 'DIPOSITADA', now(), 'sending', true, now(), now(),
       n % 50, n % 50
     from generate_series(1, $1::integer) n`,
    [ENDED],
  );
  await db.query("update nt30.aoc_nt_enviaments set situacio = 'acknowledged', finalitzat = now()");
});

afterAll(() => database.drop());

// Where statistics are missing, or say that nothing is unfinished, the partial index of what is unfinished looks
// empty to the planner; it is full of what has ended.
it.each(['before', 'after'])(
  'the unfinished deliveries of a notification are found by it alone, %s the table was analysed',
  async (when) => {
    if (when === 'after') await analyse(database.db);
    const { db, indexes } = explaining(database.db);

    await lockUnfinished(db, ['1000', '2000', '3000']);

    expect([...indexes].filter((name) => name.startsWith('aoc_nt_enviaments'))).toEqual([
      'aoc_nt_enviaments_notificacio',
    ]);
  },
);
