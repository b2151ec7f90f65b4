import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError, Pool, type QueryResult, type QueryResultRow } from 'pg';
import { FlushedSocket } from './flushed-socket.ts';

/** Runs statements: the pool outside a transaction, one connection inside. */
export interface Queryable {
  /**
   * Runs one statement. In a transaction, statements that are begun together run in that order, each with a
   * snapshot of its own, in one round trip.
   *
   * @param name where given, the statement is prepared once for each connection under this name
   */
  query<Row extends QueryResultRow>(text: string, values?: unknown[], name?: string): Promise<Row[]>;
}

/** A transaction under way. */
export interface Transaction extends Queryable {
  /**
   * Sends the last statements and the commit together, in one round trip. Nothing may follow them, and nothing
   * that they answer can keep the transaction from being committed: only an error does.
   *
   * @param last begins its statements before it waits for anything
   */
  commitWith<T>(last: () => Promise<T>): Promise<T>;
}

/** Statements run so far, by this process: tests hold round trips to a number. */
export interface DatabaseCounters {
  statements: number;
  transactions: number;
}

/** How long the engine's own transactions wait for a lock before they begin again, in milliseconds. */
const LOCK_TIMEOUT_MS = 1_000;
const MAX_TRIES = 8;

/** SQLSTATEs after which the same transaction may succeed: serialisation failure, deadlock, lock not available, unique violation of a concurrent insert. */
const TRANSIENT = new Set(['40001', '40P01', '55P03']);

/** SQLSTATE of what follows a statement that failed: it says nothing of why. */
const ABORTED = '25P02';

/** SQLSTATE of a disk without room. */
const DISK_FULL = '53100';
/** Takes room on the database's disk that nothing else has left free, and gives it back. */
const TAKE_ROOM =
  'create temporary table enotum_room on commit drop as select n, gen_random_uuid() as filling from generate_series(1, 2000) as n';

/** A transaction that found its premises changed by a concurrent one: it begins again. */
export class ConcurrentChange extends Error {}

/** The connections to PostgreSQL. */
export class Database implements Queryable {
  readonly pool: Pool;
  readonly counters: DatabaseCounters = { statements: 0, transactions: 0 };
  /** Whether the last write that failed found no room; false again once room was found. */
  #full = false;

  /**
   * @param url a PostgreSQL connection URL
   * @param onError told of the loss of an idle connection; the pool replaces it
   * @param applicationName what PostgreSQL lists its connections by
   */
  constructor(
    url: string,
    options: { connections: number; onError: (error: Error) => void; applicationName?: string },
  ) {
    this.pool = new Pool({
      connectionString: url,
      max: options.connections,
      // Statements that do not wait for each other's results leave together, and cost one round trip.
      pipeline: true,
      stream: () => new FlushedSocket(),
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      application_name: options.applicationName ?? 'enotum-callbacks',
      // Statements here read little, by an index: compiling one would cost more than running it, and whole
      // tables are read, for lack of statistics or by old ones, only where nothing else can answer.
      options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c timezone=UTC -c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off`,
    });
    this.pool.on('error', options.onError);
  }

  async query<Row extends QueryResultRow>(text: string, values: unknown[] = [], name?: string) {
    this.counters.statements += 1;
    const config = name === undefined ? { text, values } : { name, text, values };
    return (await this.pool.query<Row>(config)).rows;
  }

  /**
   * Runs `work` in one transaction, again from the start when a deadlock, a lock's time limit or a concurrent
   * change ends it: `work` must have no effect but its statements.
   *
   * @param tries how often it begins at most; each may cost the time limit of a lock
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>, tries = MAX_TRIES): Promise<T> {
    return again(async () => this.#once(work), tries);
  }

  /** Runs one statement as a transaction of its own, again when a deadlock or a lock's time limit ends it. */
  async statement<Row extends QueryResultRow>(text: string, values: unknown[], name: string) {
    return again(async () => this.query<Row>(text, values, name));
  }

  async #once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const { counters } = this;
    counters.transactions += 1;
    // A connection lost between statements is told by an event; the next statement fails with it.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let broken = false;
    // Statements leave together: the one that somebody waits for need not be the one that failed.
    let failure: unknown = null;
    let commit: Promise<QueryResult> | null = null;
    const sendCommit = (): Promise<QueryResult> => {
      if (commit === null) {
        commit = client.query('commit');
        commit.catch(ignore);
      }
      return commit;
    };
    try {
      // Leaves with the first statement. It fails only with the connection, and then that one does too.
      const begun = client.query('begin');
      begun.catch(ignore);
      const result = await work({
        async query<Row extends QueryResultRow>(text: string, values: unknown[] = [], name?: string) {
          counters.statements += 1;
          const config = name === undefined ? { text, values } : { name, text, values };
          try {
            return (await client.query<Row>(config)).rows;
          } catch (error) {
            failure ??= error;
            throw error;
          }
        },
        async commitWith(last) {
          let failed = false;
          // After all that `last` begins by itself, and what fails of it before it reaches the database; before
          // the socket is flushed, since this is asked first.
          process.nextTick(() => {
            if (!failed) void sendCommit();
          });
          try {
            return await last();
          } catch (error) {
            failed = true;
            throw error;
          }
        },
      });
      await begun;
      const { command } = await sendCommit();
      if (command !== 'COMMIT') throw new Error(`the database answered commit with ${command}`);
      return result;
    } catch (last) {
      const error = isAborted(last) ? (failure ?? last) : last;
      if (isFull(error)) this.#full = true;
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  /**
   * Whether statements are answered and, where a transaction has found the disk full, whether there is room again.
   *
   * @returns `full` while there is none
   * @throws where the database does not answer
   */
  async check(): Promise<'ok' | 'full'> {
    if (!this.#full) {
      await this.query('select 1');
      return 'ok';
    }
    try {
      await this.query(TAKE_ROOM);
      this.#full = false;
      return 'ok';
    } catch (error) {
      if (isFull(error)) return 'full';
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

async function again<T>(work: () => Promise<T>, tries = MAX_TRIES): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
      await delay(2 ** attempt * (0.5 + Math.random()));
    }
  }
}

function isAborted(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === ABORTED;
}

function isFull(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === DISK_FULL;
}

/** Whether the same work may succeed when it is begun again. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConcurrentChange) return true;
  return error instanceof DatabaseError && TRANSIENT.has(error.code ?? '');
}

/** Whether an error says that the database cannot be reached now, rather than that a statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    // 08: connection, but for what is wrong in the protocol; 53: resources; 57P: operator intervention; 58: system
    // error.
    return /^(08(?!P01)|53|57P|58)/.test(error.code ?? '');
  }
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_|NOENT)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/i.test(error.message)
  );
}
