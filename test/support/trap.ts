import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';
import { httpAnswer } from './hostile-server.ts';

/** A server of the loopback that must not be reached: it takes all that comes, and counts it. */
export interface Trap {
  /** The same at each address. */
  readonly port: number;
  /** Those of the addresses asked for that this machine has. */
  readonly addresses: readonly string[];
  /** Connections made, to any of its addresses. */
  readonly hits: () => number;
  close(): Promise<void>;
}

/**
 * @param addresses of the loopback; the first one must be there
 * @param at the port; 0: any that is free
 */
export async function startTrap(addresses: readonly string[], at = 0): Promise<Trap> {
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const present: string[] = [];
  let hits = 0;
  let port = at;
  for (const address of addresses) {
    const server = createServer((socket) => {
      hits += 1;
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      // Whole requests do not matter: who comes here has failed, and may as well believe that it has not.
      socket.once('data', () => socket.end(httpAnswer(200, writeAcknowledgement(), { connection: 'close' })));
    });
    server.listen(port, address);
    try {
      await once(server, 'listening');
    } catch (error) {
      if (present.length === 0) throw error;
      continue;
    }
    servers.push(server);
    present.push(address);
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') port = bound.port;
  }
  let closed: Promise<unknown> | null = null;
  return {
    port,
    addresses: present,
    hits: () => hits,
    async close() {
      for (const socket of sockets) socket.destroy();
      closed ??= Promise.all(
        servers.map(async (server) => {
          server.close();
          await once(server, 'close');
        }),
      );
      await closed;
    },
  };
}
