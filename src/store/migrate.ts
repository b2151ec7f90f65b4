import { readdir, readFile } from 'node:fs/promises';
import { CommandError } from '../domain/errors.ts';
import { MIGRATIONS } from '../package-files.ts';
import type { Database, Queryable } from './database.ts';

/** Serialises migrations of several processes that start at once (any fixed number). */
const MIGRATION_LOCK = 5_430_001;

interface Migration {
  readonly number: number;
  readonly file: string;
}

async function listMigrations(): Promise<Migration[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => /^\d{4}_.*\.sql$/.test(file)).sort();
  return files.map((file) => ({ number: Number(file.slice(0, 4)), file }));
}

/** The numbers of the files that the database has, ascending. */
async function appliedNumbers(db: Queryable): Promise<number[]> {
  const [present] = await db.query<{ present: boolean }>(
    `select to_regclass('nt30.aoc_nt_migracions') is not null as present`,
  );
  if (present?.present !== true) return [];
  const rows = await db.query<{ number: number }>(
    'select numero as number from nt30.aoc_nt_migracions order by numero',
  );
  return rows.map(({ number }) => number);
}

/**
 * Brings the database to this program's version: each missing file in a transaction of its own, in order.
 *
 * @returns the files applied
 * @throws CommandError `database-newer` where the database is ahead of this program
 */
export async function migrate(db: Database): Promise<string[]> {
  const migrations = await listMigrations();
  const applied: string[] = [];
  for (const migration of migrations) {
    const sql = await readFile(new URL(migration.file, MIGRATIONS), 'utf8');
    const done = await db.transaction(async (tx) => {
      await tx.query(`select set_config('lock_timeout', '60s', true)`);
      await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      await tx.query('create schema if not exists nt30');
      await tx.query(`create table if not exists nt30.aoc_nt_migracions (
        numero integer primary key, fitxer text not null, aplicada timestamptz not null default now())`);
      if ((await appliedNumbers(tx)).includes(migration.number)) return false;
      await tx.query(sql);
      await tx.query('insert into nt30.aoc_nt_migracions (numero, fitxer) values ($1, $2)', [
        migration.number,
        migration.file,
      ]);
      return true;
    });
    if (done) applied.push(migration.file);
  }
  await assertVersion(db, migrations);
  return applied;
}

/** Checks that the database is at this program's version, changing nothing (`serve --no-migrate`). */
export async function assertMigrated(db: Database): Promise<void> {
  await assertVersion(db, await listMigrations());
}

async function assertVersion(db: Database, migrations: readonly Migration[]): Promise<void> {
  const numbers = await appliedNumbers(db);
  const [version, expected] = [numbers.at(-1) ?? 0, migrations.at(-1)?.number ?? 0];
  if (version > expected) {
    throw new CommandError(
      'database-newer',
      `the database is at version ${version}, this program at ${expected}`,
    );
  }
  const missing = migrations.filter(({ number }) => !numbers.includes(number));
  if (missing.length > 0) {
    const files = missing.map(({ file }) => file).join(', ');
    throw new CommandError(
      'database-not-migrated',
      `the database is at version ${version}; it lacks ${files}`,
    );
  }
}
