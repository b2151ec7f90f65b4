import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import net, { type Socket } from 'node:net';

/** A request for a way through the proxy. */
interface Asked {
  /** Host and port, as they were asked for. */
  readonly authority: string;
  readonly headers: IncomingHttpHeaders;
}

/** An HTTP proxy on the loopback that knows CONNECT alone. */
export interface ConnectProxy {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param decide the port of 127.0.0.1 that a way leads to, or the status that refuses it
 */
export async function startConnectProxy(
  decide: (asked: Asked) => { readonly port: number } | { readonly status: number },
): Promise<ConnectProxy> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', ({ url = '', headers }, client) => {
    const request = { authority: url, headers };
    asked.push(request);
    const decision = decide(request);
    if ('status' in decision) {
      client.end(`HTTP/1.1 ${decision.status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = net.connect(decision.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => client.destroy()).on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
