import type { MessageVersion } from '../../domain/report.ts';
import { Connection, type Network, type Server } from './connection.ts';

/** The most connections to one server; the origin's window (design: 64) keeps attempts below it. */
const MAX_CONNECTIONS = 64;
/**
 * Made as soon as they are wanted. A server that answers in milliseconds needs no more, and a connection costs
 * more than a request on one that is open; for a slower one the others come when requests have waited.
 */
const READY_CONNECTIONS = 8;

/** An acknowledgement as a server sent it last. */
export interface KnownAcknowledgement {
  readonly messageVersion: MessageVersion;
  readonly contentType: string | null;
  readonly body: Buffer;
  /** The body for the log. */
  readonly text: string;
}

/** Takes a connection, or says that it needs none any more. */
type Taker = (connection: Connection) => boolean;

/** The connections to one server with one set of TLS material. */
export class OriginPool {
  readonly server: Server;
  /** Null until the server first acknowledged. An answer that repeats it needs no parsing. */
  known: KnownAcknowledgement | null = null;
  /** When it was last used, by `performance.now()`. */
  usedAt = 0;
  readonly #network: Network;
  readonly #all = new Set<Connection>();
  /** The one used last is used first, so that the others can end. */
  readonly #free: Connection[] = [];
  readonly #resting: Connection[] = [];
  readonly #waiting: Taker[] = [];
  /** By `performance.now()`. */
  #widenedAt = 0;

  constructor(server: Server, network: Network) {
    this.server = server;
    this.#network = network;
  }

  /** Whether no connection carries a request. */
  get idle(): boolean {
    return this.#free.length === this.#all.size && this.#waiting.length === 0;
  }

  /** Gives a connection now, or as soon as one is free. */
  take(taker: Taker): void {
    // One that rests is free in a moment: that costs less than another connection.
    const restingForOthers = this.#waiting.length;
    const mayOpen = this.#all.size < READY_CONNECTIONS && this.#resting.length <= restingForOthers;
    const connection = this.#free.pop() ?? (mayOpen ? this.#open() : null);
    if (connection === null) this.#waiting.push(taker);
    else if (!taker(connection)) this.#free.push(connection);
  }

  /**
   * Opens one more connection for whoever waits longest, where one may be: one at each look at what is under way,
   * so that a burst meets a slow server by and by.
   *
   * @param now the look's instant, by `performance.now()`
   */
  widen(now: number): void {
    if (now === this.#widenedAt || this.#waiting.length === 0 || this.#all.size >= MAX_CONNECTIONS) return;
    this.#widenedAt = now;
    this.#offer(this.#open());
  }

  /**
   * Takes back a connection that is fit for the next request, after one turn of the event loop: a server that
   * ends it right after its answer without announcing that is then known to have done so, and the next request
   * is not lost on it.
   */
  giveBack(connection: Connection): void {
    this.#resting.push(connection);
    if (this.#resting.length === 1) setImmediate(() => setImmediate(() => this.#endRest()));
  }

  /** Closes a connection that is not to be used again. */
  async discard(connection: Connection): Promise<void> {
    this.#all.delete(connection);
    const closed = connection.destroy();
    if (this.#waiting.length > 0) this.#offer(this.#open());
    await closed;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#all, async (connection) => connection.destroy()));
  }

  #endRest(): void {
    for (const connection of this.#resting.splice(0)) {
      if (connection.old) void this.discard(connection);
      else this.#offer(connection);
    }
  }

  /** Gives a connection to who waited longest, or keeps it. */
  #offer(connection: Connection): void {
    for (let taker = this.#waiting.shift(); taker !== undefined; taker = this.#waiting.shift()) {
      if (taker(connection)) return;
    }
    this.#free.push(connection);
  }

  #open(): Connection {
    const connection = new Connection(this.server, this.#network);
    this.#all.add(connection);
    return connection;
  }
}
