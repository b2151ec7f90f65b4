import { randomBytes } from 'node:crypto';
import { Pool, type QueryResultRow } from 'pg';
import { inject } from 'vitest';
import { Database } from '../../src/store/database.ts';

/** A migrated database of one test file. */
export interface TestDatabase {
  /** Its URL, as superuser. */
  readonly url: string;
  readonly db: Database;
  /** Closes `db` and drops the database, whoever else is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes an empty, migrated database of its own on the run's PostgreSQL.
 *
 * @param tablespace where its files lie, if not with the others
 */
export async function createDatabase(tablespace = 'pg_default'): Promise<TestDatabase> {
  const template = new URL(inject('postgresUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  // Copied as files: by way of the log, which is the default, it takes six times as long.
  await administer(
    `create database ${name} template ${template.pathname.slice(1)} strategy file_copy tablespace ${tablespace}`,
  );
  const url = new URL(`/${name}`, template).href;
  const db = new Database(url, { connections: 10, onError: () => undefined });
  return {
    url,
    db,
    async drop() {
      await db.close();
      await administer(`drop database if exists ${name} with (force)`);
    },
  };
}

/** One connection for all files of a worker; it keeps no worker from ending. */
let administrator: Pool | null = null;

/** Runs a statement on the run's PostgreSQL that belongs to none of the tests' databases. */
export async function administer(statement: string): Promise<QueryResultRow[]> {
  const connectionString = new URL('/postgres', inject('postgresUrl')).href;
  administrator ??= new Pool({ connectionString, max: 1, allowExitOnIdle: true, idleTimeoutMillis: 0 })
    // A connection that is lost is replaced.
    .on('error', () => undefined);
  return (await administrator.query<QueryResultRow>(statement)).rows;
}
