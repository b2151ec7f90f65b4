import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { analyse, explaining, type Scan } from '../../test/support/explain.ts';
import { admit, dueOrigins } from './admissions.ts';
import type { Transaction } from './database.ts';

/** Deliveries that wait for a server that died, due for longer the higher their number: one was tried less. */
const WAITING = 20_000;
/** What one round may read of them: it is the same however many wait. */
const MOST_READ = 1_100;

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const { db } = database;
  await db.query(
    `insert into nt30.aoc_nt_origens (adreca, finestra) values ('http://dead.example', 1), ('http://well.example', 8)`,
  );
  await db.query(
    `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
       posicio, situacio, primer, intents, proper_intent, creat, punt, origen)
     select gen_random_uuid(), 'OnLine', n, '9900000001', '1', 'DIPOSITADA', now(), 'retrying', true,
       case when n = $1 - 500 then 1 else 2 end, now() - n * interval '1 second', now(), o.origen, o.origen
     from generate_series(1, $1::integer) n, nt30.aoc_nt_origens o where o.adreca = 'http://dead.example'`,
    [WAITING],
  );
});

afterAll(() => database.drop());

/** A database whose admissions are explained before they run, and what they read. */
function watched() {
  const scans: Scan[] = [];
  async function explain(tx: Transaction, text: string, values: unknown[] | undefined): Promise<void> {
    // What is explained is run as well: undone, or nothing would be left to admit.
    await tx.query('savepoint explained');
    const read = explaining({ query: async (statement) => tx.query(statement, values) });
    await read.db.query(text).catch(() => undefined);
    await tx.query('rollback to savepoint explained');
    scans.push(...read.scans);
  }
  const db = {
    transaction: async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
      database.db.transaction(async (tx) =>
        work({
          async query(text, values) {
            if (text.includes('with o as')) await explain(tx, text, values);
            return tx.query(text, values);
          },
          commitWith: async (last) => last(),
        }),
      ),
  };
  return { db, scans };
}

it.each(['before', 'after'])(
  'a dead origin is probed with what was tried least, without a look at all that waits for it, %s the table was analysed',
  async (when) => {
    if (when === 'after') await analyse(database.db);
    const origins = await database.db.query<{ origen: string }>('select origen from nt30.aoc_nt_origens');
    const { db, scans } = watched();

    const { hints } = await admit(
      db,
      origins.map(({ origen }) => origen),
    );

    const [probe] = hints.flatMap(({ deliveries }) => deliveries);
    const [chosen] = await database.db.query<{ intents: number }>(
      'select intents from nt30.aoc_nt_enviaments where enviament = $1',
      [probe],
    );
    expect(chosen?.intents).toBe(1);
    expect(scans.length).toBeGreaterThan(0);
    for (const { rows } of scans) expect(rows).toBeLessThanOrEqual(MOST_READ);
    await database.db.query("update nt30.aoc_nt_enviaments set situacio = 'retrying'");
  },
);

it('a server that is only probed is looked at when its probe is due, not while much waits for it', async () => {
  const setProbe = async (at: string): Promise<void> => {
    await database.db.query(
      `update nt30.aoc_nt_origens set sondeig_proper = ${at} where adreca = 'http://dead.example'`,
    );
  };
  await setProbe("now() + interval '1 minute'");
  expect(await dueOrigins(database.db)).toEqual([]);
  await setProbe("now() - interval '1 minute'");
  expect(await dueOrigins(database.db)).toHaveLength(1);
});
