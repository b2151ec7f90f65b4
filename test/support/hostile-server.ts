import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import tls, { type TlsOptions } from 'node:tls';

/** A request as it came over the wire. */
interface RawRequest {
  /** The request line and headers, as sent. */
  readonly head: string;
  readonly body: Buffer;
  /** 1 for the first request on its connection. */
  readonly ofConnection: number;
}

/** A server on a raw socket, which answers with whatever bytes a test gives it. */
export interface HostileServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>/reports`, or https. */
  readonly url: string;
  /** The requests that came whole, in order. */
  readonly requests: readonly RawRequest[];
  /** How many connections were made, TLS handshakes that failed included. */
  readonly connections: () => number;
  /** Shows another certificate from the next TLS connection on; sessions of before cannot be resumed. */
  renew(tlsOptions: TlsOptions): void;
  close(): Promise<void>;
}

/** Answers one request: writes to the socket, ends it, resets it, or does nothing. */
export type Answerer = (socket: Socket, request: RawRequest) => void;

/** Starts a server at 127.0.0.1; with `tlsOptions` it speaks TLS. */
export async function startHostileServer(answer: Answerer, tlsOptions?: TlsOptions): Promise<HostileServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket): void => {
    // A client that goes away is what many tests are about.
    socket.on('error', () => undefined);
    readRequests(socket, (request) => {
      requests.push(request);
      answer(socket, request);
    });
  };
  const secure = tlsOptions === undefined ? null : tls.createServer(tlsOptions, serve);
  const server = secure ?? net.createServer(serve);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { port } = address;
  return {
    port,
    url: `${tlsOptions === undefined ? 'http' : 'https'}://127.0.0.1:${port}/reports`,
    requests,
    connections: () => connections,
    renew: (options) => secure?.setSecureContext(options),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A complete answer with Content-Length. */
export function httpAnswer(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Buffer {
  const content = Buffer.from(body);
  const all = { 'Content-Type': 'text/xml; charset=utf-8', ...headers, 'Content-Length': content.length };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`), content]);
}

/** Cuts requests out of the bytes; only Content-Length, since nothing else may be sent. */
function readRequests(socket: Socket, onRequest: (request: RawRequest) => void): void {
  let bytes = Buffer.alloc(0);
  let count = 0;
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = bytes.subarray(0, end).toString('latin1');
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
      if (bytes.length < end + 4 + length) return;
      const body = bytes.subarray(end + 4, end + 4 + length);
      bytes = bytes.subarray(end + 4 + length);
      count += 1;
      onRequest({ head, body, ofConnection: count });
    }
  });
}

/** Answers with these bytes, and keeps the connection. */
export const bytes =
  (...parts: readonly (string | Buffer)[]): Answerer =>
  (socket) => {
    for (const part of parts) socket.write(part);
  };

/** The same, and closes it. */
export const bytesAndClose =
  (...parts: readonly (string | Buffer)[]): Answerer =>
  (socket) => {
    socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
  };
