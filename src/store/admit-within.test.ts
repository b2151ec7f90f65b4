import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { admit, admitWithin } from './admissions.ts';
import type { Queryable } from './database.ts';

const WINDOW = 3;

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  await database.db.query('delete from nt30.aoc_nt_enviaments');
  await database.db.query('delete from nt30.aoc_nt_origens');
});

afterAll(() => database.drop());

/** A server, with a window of 3 where nothing else is said; answers its number. */
async function makeOrigin(address: string, state = `finestra = ${WINDOW}`): Promise<string> {
  const [row] = await database.db.query<{ origen: string }>(
    'insert into nt30.aoc_nt_origens (adreca) values ($1) returning origen',
    [address],
  );
  const origin = row?.origen ?? '';
  await database.db.query(`update nt30.aoc_nt_origens set ${state} where origen = $1`, [origin]);
  return origin;
}

/** Deliveries to it that are due, as intake makes them. */
async function makeDue(tx: Queryable, origin: string, count: number): Promise<void> {
  await tx.query(
    `insert into nt30.aoc_nt_enviaments (enviament, tipus_informe, notificacio, organisme, departament, estat,
       posicio, situacio, primer, proper_intent, creat, punt, origen)
     select gen_random_uuid(), 'OnLine', n, '9900000001', '1', 'DIPOSITADA', now(), 'waiting', true, now(), now(),
       $1::bigint, $1::bigint
     from generate_series(1, $2::integer) n`,
    [origin, count],
  );
}

async function situations(): Promise<Record<string, number>> {
  const rows = await database.db.query<{ situation: string; count: number }>(
    'select situacio as situation, count(*)::integer as count from nt30.aoc_nt_enviaments group by situacio',
  );
  return Object.fromEntries(rows.map(({ situation, count }) => [situation, count]));
}

it('what a transaction makes is queued with it, up to the window; for the rest the relay is told that it is full', async () => {
  const small = await makeOrigin('http://small.example');
  const large = await makeOrigin('http://large.example', 'finestra = 8');

  const { admission, left } = await database.db.transaction(async (tx) => {
    await makeDue(tx, small, 5);
    await makeDue(tx, large, 5);
    return admitWithin(tx, [small, large]);
  });

  const counts = admission.hints.map(({ origin, deliveries }) => [origin, deliveries.length]);
  expect(Object.fromEntries(counts)).toEqual({ [small]: WINDOW, [large]: 5 });
  expect(admission.full).toEqual([small]);
  expect(admission.spare).toEqual([large]);
  expect(left).toEqual([]);
  expect(await situations()).toEqual({ queued: WINDOW + 5, waiting: 2 });
});

it('a transaction that fails has queued nothing', async () => {
  const origin = await makeOrigin('http://small.example');
  await makeDue(database.db, origin, 1);

  const failing = database.db.transaction(async (tx) => {
    await admitWithin(tx, [origin]);
    throw new Error('something else fails');
  });

  await expect(failing).rejects.toThrow('something else fails');
  expect(await situations()).toEqual({ waiting: 1 });
});

it.each([
  ['only probed', 'finestra = 1'],
  ['seen to live again', `finestra = ${WINDOW}, recuperat = now()`],
])('a server that is %s is left to the relay', async (_what, state) => {
  const origin = await makeOrigin('http://troubled.example', state);
  await makeDue(database.db, origin, 1);

  const { admission, left } = await database.db.transaction(async (tx) => admitWithin(tx, [origin]));

  expect(admission).toEqual({ hints: [], spare: [], full: [] });
  expect(left).toEqual([origin]);
});

it('two transactions never admit for one server at once: the second leaves it, and what comes after counts both', async () => {
  const origin = await makeOrigin('http://small.example');
  await database.db.transaction(async (first) => {
    await makeDue(first, origin, 2);
    await admitWithin(first, [origin]);
    const second = await database.db.transaction(async (tx) => {
      await makeDue(tx, origin, 2);
      return admitWithin(tx, [origin]);
    });
    expect(second.left).toEqual([origin]);
  });

  const { hints } = await admit(database.db, [origin]);

  expect(hints.flatMap(({ deliveries }) => deliveries)).toHaveLength(1);
  expect(await situations()).toEqual({ queued: WINDOW, waiting: 1 });
});
