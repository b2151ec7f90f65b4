import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.db.query('create table invented (n integer primary key)');
});

beforeEach(() => database.db.query('delete from invented'));

afterAll(() => database.drop());

async function numbers(): Promise<number[]> {
  return (await database.db.query<{ n: number }>('select n from invented order by n')).map(({ n }) => n);
}

it('statements that are sent with the commit are committed, and answer', async () => {
  const answered = await database.db.transaction(async (tx) => {
    await tx.query('insert into invented values (1)');
    return tx.commitWith(async () =>
      Promise.all([
        tx.query<{ n: number }>('insert into invented values (2) returning n'),
        tx.query<{ n: number }>('insert into invented values (3) returning n'),
      ]),
    );
  });
  expect(answered).toEqual([[{ n: 2 }], [{ n: 3 }]]);
  expect(await numbers()).toEqual([1, 2, 3]);
});

it('nothing is committed when one of them fails', async () => {
  const done = database.db.transaction(async (tx) => {
    await tx.query('insert into invented values (1)');
    await tx.commitWith(async () =>
      Promise.all([
        tx.query('insert into invented values (2)'),
        tx.query('insert into invented values (1/0)'),
      ]),
    );
  });
  await expect(done).rejects.toThrow('division by zero');
  expect(await numbers()).toEqual([]);
});

it('a failure is told by what failed first, though something later is waited for', async () => {
  const done = database.db.transaction(async (tx) => {
    const failing = tx.query('insert into invented values (1/0)');
    failing.catch(() => undefined);
    await tx.query('insert into invented values (1)');
    await failing;
  });
  await expect(done).rejects.toThrow('division by zero');
});

it('nothing is committed when one of them fails before it reaches the database', async () => {
  async function neverSent(): Promise<void> {
    throw new Error('an invented fault');
  }
  const done = database.db.transaction(async (tx) => {
    await tx.commitWith(async () => Promise.all([tx.query('insert into invented values (1)'), neverSent()]));
  });
  await expect(done).rejects.toThrow('an invented fault');
  expect(await numbers()).toEqual([]);
});

it('a transaction whose last statements are none is committed', async () => {
  await database.db.transaction(async (tx) => {
    await tx.query('insert into invented values (1)');
    await tx.commitWith(async () => undefined);
  });
  expect(await numbers()).toEqual([1]);
});
