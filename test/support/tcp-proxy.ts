import { once } from 'node:events';
import net, { type Socket } from 'node:net';

/** A way to a server that a test can cut, or hold up. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection, and refuses new ones until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Holds back what comes from now on, either way and on new connections too, until `flow`. */
  stall(): void;
  flow(): void;
  close(): Promise<void>;
}

/** Forwards 127.0.0.1 at a free port to the server. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  /** Both ends of each connection. */
  const ways = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = net.createServer((client) => {
    const upstream = net.connect(target.port, target.host);
    keep(client);
    keep(upstream);
    const way = [client, upstream] as const;
    ways.add(way);
    if (!stalled) client.pipe(upstream).pipe(client);
    client.on('close', () => {
      upstream.destroy();
      ways.delete(way);
    });
    upstream.on('close', () => client.destroy());
  });
  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return address.port;
  }
  async function cut(): Promise<void> {
    if (!server.listening) return;
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
  const port = await listen(0);
  return {
    port,
    cut,
    mend: async () => {
      await listen(port);
    },
    stall() {
      stalled = true;
      for (const [client, upstream] of ways) {
        client.unpipe().pause();
        upstream.unpipe().pause();
      }
    },
    flow() {
      stalled = false;
      for (const [client, upstream] of ways) client.pipe(upstream).pipe(client);
    },
    close: cut,
  };
}
