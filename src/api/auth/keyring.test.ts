import type { QueryResultRow } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { Queryable } from '../../store/database.ts';
import { createKey, getKey, revokeKey, rotateKey } from '../../store/keys-managed.ts';
import { digestOf } from '../../store/keys-text.ts';
import { createKeyring, KEY_CACHE_MS, type Keyring } from './keyring.ts';

const SOMEBODY = { id: null, name: 'somebody' };

let database: TestDatabase;
/** The statements that the keyring ran, by name. */
let asked: (string | undefined)[];
let now: number;
let keyring: Keyring;
let key: { readonly id: string; readonly text: string };

beforeEach(async () => {
  database = await createDatabase();
  asked = [];
  now = 1_000;
  const watched: Queryable = {
    async query<Row extends QueryResultRow>(text: string, values?: unknown[], name?: string) {
      asked.push(name);
      return database.db.query<Row>(text, values, name);
    },
  };
  keyring = createKeyring(watched, () => now);
  key = await make({});
});

afterEach(async () => {
  await keyring.close();
  await database.drop();
});

async function make(more: { expiresAt?: number }): Promise<{ id: string; text: string }> {
  const { view, text } = await createKey(
    database.db,
    {
      name: 'invented',
      role: 'backend',
      entities: [],
      requestsPerMinute: null,
      expiresAt: null,
      certificate: null,
      ...more,
    },
    SOMEBODY,
  );
  return { id: view.id, text };
}

const byKey = (text: string) => ({ by: 'key', digest: digestOf(text) }) as const;
const find = async (text: string): Promise<string | null> =>
  (await keyring.find(byKey(text), () => undefined))?.id ?? null;
const lookups = (): number => asked.filter((name) => name === 'find-key-by-key').length;

describe('a key', () => {
  it('is looked up once in its time, however often it comes', async () => {
    expect(await Promise.all([1, 2, 3].map(() => find(key.text)))).toEqual([key.id, key.id, key.id]);
    now += KEY_CACHE_MS - 1;
    expect(await find(key.text)).toBe(key.id);
    expect(lookups()).toBe(1);
    now += 1;
    expect(await find(key.text)).toBe(key.id);
    expect(lookups()).toBe(2);
  });

  it('that another process revoked works no longer than the stated time', async () => {
    await find(key.text);
    await make({});
    await database.db.query(`update nt30.aoc_nt_claus set revocada = now() where clau = $1`, [key.id]);
    now += KEY_CACHE_MS - 1;
    expect(await find(key.text)).toBe(key.id);
    now += 1;
    expect(await find(key.text)).toBeNull();
  });

  it('that this process revoked works no more', async () => {
    await find(key.text);
    await revokeKey(database.db, key.id, SOMEBODY);
    keyring.forget(key.id);
    expect(await find(key.text)).toBeNull();
  });

  it('that is revoked while it is looked up is looked at again', async () => {
    const found = find(key.text);
    keyring.forget(key.id);
    await found;
    await revokeKey(database.db, key.id, SOMEBODY);
    expect(await find(key.text)).toBeNull();
  });

  it('ends when it expires, though it was just seen', async () => {
    const short = await make({ expiresAt: Date.now() + 3_000 });
    expect(await find(short.text)).toBe(short.id);
    now += 3_000;
    await database.db.query(`update nt30.aoc_nt_claus set caduca = now() where clau = $1`, [short.id]);
    expect(await find(short.text)).toBeNull();
  });

  it('that was rotated works on as long as was said, and its successor at once', async () => {
    const next = await rotateKey(database.db, key.id, { overlapMs: 3_000, expiresAt: null }, SOMEBODY);
    expect(await find(key.text)).toBe(key.id);
    expect(await find(next?.text ?? '')).toBe(next?.view.id);
    await database.db.query(`update nt30.aoc_nt_claus set caduca = now() where clau = $1`, [key.id]);
    now += 3_000;
    expect(await find(key.text)).toBeNull();
  });
});

it('of many that come with one key at once, the first alone is a guess', async () => {
  let guesses = 0;
  const noteGuess = (): void => {
    guesses += 1;
  };
  const found = await Promise.all(
    Array.from({ length: 50 }, async () => keyring.find(byKey(key.text), noteGuess)),
  );
  expect(found.map((caller) => caller?.id)).toEqual(Array.from({ length: 50 }, () => key.id));
  expect([guesses, lookups()]).toEqual([1, 1]);
});

describe('a text that is no key', () => {
  it.each(['', 'wrong', 'enc_000000000000_'])('is nobody’s: "%s"', async (text) => {
    expect(await find(text)).toBeNull();
  });

  it('differs from a key in any place', async () => {
    const last = key.text.endsWith('A') ? 'B' : 'A';
    expect(await find(key.text.slice(0, -1) + last)).toBeNull();
    expect(await find(key.text.toUpperCase())).toBeNull();
  });

  it('may be refused without a look; a key that was seen is no guess, even once it has ended', async () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    await expect(keyring.find(byKey('guess'), refuse)).rejects.toThrow('refused');
    expect(lookups()).toBe(0);
    await find(key.text);
    now += KEY_CACHE_MS;
    expect(await keyring.find(byKey(key.text), refuse)).not.toBeNull();
  });
});

describe('the last use of a key', () => {
  const lastUse = async (): Promise<string | null> => (await getKey(database.db, key.id))?.lastUsedAt ?? null;
  const notes = (): number => asked.filter((name) => name === 'note-key-uses').length;

  it('is written after the request, once a minute at most', async () => {
    await find(key.text);
    expect(notes()).toBe(0);
    await keyring.close();
    const first = await lastUse();
    expect(Math.abs(Date.parse(first ?? '') - Date.now())).toBeLessThan(60_000);
    now += 59_999;
    await find(key.text);
    await keyring.close();
    expect(notes()).toBe(1);
    now += 1;
    await find(key.text);
    await keyring.close();
    expect(notes()).toBe(2);
  });

  it('never goes back', async () => {
    await database.db.query(`update nt30.aoc_nt_claus set darrer_us = '2099-01-01Z' where clau = $1`, [
      key.id,
    ]);
    await find(key.text);
    await keyring.close();
    expect(await lastUse()).toBe('2099-01-01T00:00:00.000Z');
  });
});

it('is refused as unavailable where the database does not answer in time, and found once it does', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let answers = false;
    const hanging: Queryable = {
      query: async (...statement) =>
        answers ? database.db.query(...statement) : new Promise(() => undefined),
    };
    const slow = createKeyring(hanging);
    const asking = slow.find(byKey(key.text), () => undefined);
    const refused = expect(asking).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
    answers = true;
    expect(await slow.find(byKey(key.text), () => undefined)).toMatchObject({ id: key.id });
  } finally {
    vi.useRealTimers();
  }
});
