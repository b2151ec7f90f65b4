import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { Caller } from '../domain/key.ts';
import { listAudit } from './audit.ts';
import { findKey } from './keys.ts';
import { listKeys, revokeKey } from './keys-managed.ts';
import { ensureAdminKey } from './keys-start.ts';
import { digestOf } from './keys-text.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  await database.drop();
});

const FIRST = 'first-key-of-thirty-two-characters';
const SECOND = 'second-key-of-thirty-two-characters';
const SOMEBODY = { id: null, name: 'somebody' };

async function holderOf(text: string | null): Promise<Caller | null> {
  return (await findKey(database.db, { by: 'key', digest: digestOf(text ?? '') }))?.caller ?? null;
}

describe('the administrator’s key', () => {
  it('is made at a first start and told once', async () => {
    const { made } = await ensureAdminKey(database.db, null);
    expect(made).toMatch(/^enc_[0-9a-f]{12}_[\w-]{43}$/);
    expect(await holderOf(made)).toMatchObject({ name: 'administrator', role: 'admin', scope: null });
    expect(await ensureAdminKey(database.db, null)).toEqual({ made: null, hasEnded: false });
  });

  it('is made once though several processes start together', async () => {
    const starts = await Promise.all([1, 2, 3, 4].map(async () => ensureAdminKey(database.db, null)));
    expect(starts.filter(({ made }) => made !== null)).toHaveLength(1);
  });

  it('is made anew where none works any more', async () => {
    const { made } = await ensureAdminKey(database.db, null);
    await database.db.query('update nt30.aoc_nt_claus set caduca = now()');
    const again = await ensureAdminKey(database.db, null);
    expect(await holderOf(made)).toBeNull();
    expect(await holderOf(again.made)).toMatchObject({ role: 'admin' });
  });

  it('of the environment replaces the one before it, and may come back', async () => {
    expect(await ensureAdminKey(database.db, FIRST)).toEqual({ made: null, hasEnded: false });
    expect(await holderOf(FIRST)).toMatchObject({ name: 'ADMIN_KEY' });
    await ensureAdminKey(database.db, SECOND);
    await ensureAdminKey(database.db, SECOND);
    expect(await holderOf(FIRST)).toBeNull();
    expect(await holderOf(SECOND)).not.toBeNull();
    await ensureAdminKey(database.db, FIRST);
    expect([await holderOf(FIRST), await holderOf(SECOND)]).toEqual([expect.anything(), null]);
  });

  it('of the environment does not come back once it was revoked', async () => {
    await ensureAdminKey(database.db, null);
    await ensureAdminKey(database.db, FIRST);
    const [key] = await listKeys(database.db, { after: null, prefix: null }, 1);
    await revokeKey(database.db, key?.id ?? '', SOMEBODY);
    expect(await ensureAdminKey(database.db, FIRST)).toEqual({ made: null, hasEnded: true });
    await ensureAdminKey(database.db, SECOND);
    expect(await ensureAdminKey(database.db, FIRST)).toEqual({ made: null, hasEnded: true });
    expect(await holderOf(FIRST)).toBeNull();
  });

  it('leaves the one that was made in place', async () => {
    const { made } = await ensureAdminKey(database.db, null);
    await ensureAdminKey(database.db, FIRST);
    expect(await holderOf(made)).not.toBeNull();
  });

  it('leaves a key in place that somebody named like the environment’s', async () => {
    const { made } = await ensureAdminKey(database.db, null);
    await database.db.query(`update nt30.aoc_nt_claus set nom = 'ADMIN_KEY'`);
    await ensureAdminKey(database.db, FIRST);
    expect(await holderOf(made)).not.toBeNull();
  });

  it('is stored nowhere in clear, and its making is noted', async () => {
    await ensureAdminKey(database.db, FIRST);
    const rows = await database.db.query('select c::text from nt30.aoc_nt_claus c');
    const none = { organisation: null, department: null, by: null, action: null, floor: null, ceiling: null };
    const audit = await listAudit(database.db, none, 10);
    expect(audit).toMatchObject([{ action: 'key-created', by: { key: null } }]);
    expect(JSON.stringify([rows, audit])).not.toContain(FIRST);
  });
});
