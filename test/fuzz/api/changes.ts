import { Client } from 'pg';

/** What says when a key was last seen: no request changes it, but every key does. */
const NOT_A_CHANGE = /^darrer_us$/;

/** Tells whether anything in the tables has changed. */
export interface ChangeWatch {
  /** Whether the rows of any table are others than at the last call. */
  hasChanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** Watches all tables of a database on which nobody else works. */
export async function watchChanges(databaseUrl: string): Promise<ChangeWatch> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows: columns } = await client.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
     where table_schema = 'nt30' group by table_name order by table_name`,
  );
  const each = columns.map(({ name, columns: all }) => {
    const counted = all.filter((column) => !NOT_A_CHANGE.test(column)).join(', ');
    return `select '${name}' as name, count(*), sum(hashtextextended(row(${counted})::text, 0)::numeric)::text as sum from nt30.${name}`;
  });
  let transaction = '';
  let seen = '';

  async function look(): Promise<void> {
    // Where no transaction has begun to write since, not even in vain, nothing can have changed.
    const { rows } = await client.query<{ next: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    );
    if (rows[0]?.next === transaction) return;
    transaction = rows[0]?.next ?? '';
    seen = JSON.stringify((await client.query(each.join(' union all '))).rows);
  }

  await look();
  return {
    async hasChanged() {
      const before = seen;
      await look();
      return seen !== before;
    },
    close: async () => client.end(),
  };
}
