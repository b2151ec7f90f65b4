import { Connection, type Network, type Server } from './connection.ts';

/** The most connections to one server; the origin's window (design: 64) keeps attempts below it. */
const MAX_CONNECTIONS = 64;

/** An acknowledgement as a server sent it last. */
export interface KnownAcknowledgement {
  readonly contentType: string | null;
  readonly body: Buffer;
  /** The body for the log. */
  readonly text: string;
}

/** Takes a connection, or says that it needs none any more. */
export type Taker = (connection: Connection) => boolean;

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
  readonly #waiting: Taker[] = [];

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
    const connection = this.#free.pop() ?? (this.#all.size < MAX_CONNECTIONS ? this.#open() : null);
    if (connection === null) this.#waiting.push(taker);
    else if (!taker(connection)) this.#free.push(connection);
  }

  /** Takes back a connection that is fit for the next request. */
  giveBack(connection: Connection): void {
    for (let taker = this.#waiting.shift(); taker !== undefined; taker = this.#waiting.shift()) {
      if (taker(connection)) return;
    }
    this.#free.push(connection);
  }

  /** Closes a connection whose request was given up. */
  async discard(connection: Connection): Promise<void> {
    this.#all.delete(connection);
    const closed = connection.destroy();
    if (this.#waiting.length > 0) this.giveBack(this.#open());
    await closed;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#all, async (connection) => connection.destroy()));
  }

  #open(): Connection {
    const connection = new Connection(this.server, this.#network);
    this.#all.add(connection);
    return connection;
  }
}
