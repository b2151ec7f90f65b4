import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import { ensureAdminKey, findKey } from './keys.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  await database.drop();
});

const FIRST = 'first-key-of-thirty-two-characters';
const SECOND = 'second-key-of-thirty-two-characters';

describe('the administrator’s key', () => {
  it('is made at a first start and told once', async () => {
    const made = await ensureAdminKey(database.db, null);
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await findKey(database.db, made ?? '')).toMatchObject({ name: 'administrator' });
    expect(await ensureAdminKey(database.db, null)).toBeNull();
  });

  it('is made once though several processes start together', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(async () => ensureAdminKey(database.db, null)));
    expect(made.filter((key) => key !== null)).toHaveLength(1);
  });

  it('of the environment replaces the one before it', async () => {
    expect(await ensureAdminKey(database.db, FIRST)).toBeNull();
    expect(await findKey(database.db, FIRST)).toMatchObject({ name: 'ADMIN_KEY' });
    await ensureAdminKey(database.db, SECOND);
    await ensureAdminKey(database.db, SECOND);
    expect(await findKey(database.db, FIRST)).toBeNull();
    expect(await findKey(database.db, SECOND)).not.toBeNull();
  });

  it('leaves the one that was made in place', async () => {
    const made = await ensureAdminKey(database.db, null);
    await ensureAdminKey(database.db, FIRST);
    expect(await findKey(database.db, made ?? '')).not.toBeNull();
  });

  it('is stored nowhere in clear', async () => {
    await ensureAdminKey(database.db, FIRST);
    const rows = await database.db.query('select c::text from nt30.aoc_nt_claus c');
    expect(JSON.stringify(rows)).not.toContain(FIRST);
  });
});
