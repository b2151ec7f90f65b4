import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
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

/** Makes an empty, migrated database of its own on the run's PostgreSQL. */
export async function createDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('postgresUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template ${template.pathname.slice(1)}`);
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

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: new URL('/postgres', inject('postgresUrl')).href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
