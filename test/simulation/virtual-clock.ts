import { Client } from 'pg';

/**
 * Gives a database a clock that stands still until it is told to go on. Every statement of the service reads the
 * time by `clock_timestamp()` and `now()`: here a schema that is looked through before PostgreSQL's own has
 * functions of these names, for every connection made from now on.
 *
 * @param url of a migrated database, as superuser
 * @param startMs what it shows at first, in milliseconds since the epoch
 */
export async function openVirtualClock(url: string, startMs: number): Promise<VirtualClock> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create schema virtual;
    create table virtual.clock (at timestamptz not null);
    create function virtual.clock_timestamp() returns timestamptz language sql volatile
      as 'select at from virtual.clock';
    create function virtual.now() returns timestamptz language sql stable as 'select at from virtual.clock'`);
  await client.query('insert into virtual.clock values (to_timestamp($1::float8 / 1000))', [startMs]);
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const name = rows[0]?.name ?? '';
  await client.query(`alter database "${name}" set search_path = virtual, pg_catalog`);
  let now = startMs;
  return {
    get now() {
      return now;
    },
    async advance(toMs) {
      if (toMs <= now) return;
      now = toMs;
      await client.query('update virtual.clock set at = to_timestamp($1::float8 / 1000)', [toMs]);
    },
    close: async () => client.end(),
  };
}

/** The clock of a simulation. */
export interface VirtualClock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Goes on to an instant; never back. */
  advance(toMs: number): Promise<void>;
  close(): Promise<void>;
}
