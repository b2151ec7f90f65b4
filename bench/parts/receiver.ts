import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { answerCalls, monotonicMs } from './channel.ts';

/**
 * Integrators' web services that cost as little as can be: raw sockets, one fixed acknowledgement, one port for
 * each origin. They note when each request had come whole.
 */

const BODY =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><clientRequestwithReturnResponse xmlns="http://www.openuri.org/"><RespostaReport xmlns="http://www.aocat.net/NT/v4.0"/></clientRequestwithReturnResponse></soapenv:Body></soapenv:Envelope>';
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 09:15:30 GMT\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: ${BODY.length}\r\nConnection: keep-alive\r\n\r\n${BODY}`,
);

const HEAD_END = Buffer.from('\r\n\r\n');

const Open = Compile(Type.Object({ origins: Type.Integer({ minimum: 1 }) }));

const servers: Server[] = [];
const sockets = new Set<Socket>();
let ids: string[] = [];
let instants: number[] = [];
let arrived = 0;
let sample: { head: string; body: string } | null = null;

function serve(socket: Socket): void {
  let rest: Buffer | null = null;
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  socket.on('data', (chunk: Buffer) => {
    let bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
    for (let taken = request(bytes); taken > 0; taken = request(bytes)) {
      socket.write(ANSWER);
      bytes = bytes.subarray(taken);
    }
    rest = bytes.length === 0 ? null : bytes;
  });
}

/** Takes note of the request at the start of the bytes; answers its length, 0 while it is not whole. */
function request(bytes: Buffer): number {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return 0;
  const head = bytes.toString('latin1', 0, end);
  const length = end + HEAD_END.length + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < length) return 0;
  ids.push(/\r\nidempotency-key: (\S+)/i.exec(head)?.[1] ?? '');
  instants.push(monotonicMs());
  arrived += 1;
  sample ??= { head, body: bytes.toString('utf8', end + HEAD_END.length, length) };
  return length;
}

async function listen(): Promise<number> {
  const server = createServer(serve).listen(0, '127.0.0.1', 1_024);
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return address.port;
}

answerCalls(
  {
    /** Opens so many origins; answers their ports. */
    async open(input) {
      const { origins } = Open.Parse(input);
      return Promise.all(Array.from({ length: origins }, listen));
    },
    /** How many requests came so far. */
    arrived: () => arrived,
    /** The first request that came, as it was on the wire. */
    sample: () => sample,
    /** Makes the next request that comes the first. */
    forget() {
      sample = null;
    },
    /** The keys and instants of the requests since it was asked last. */
    take() {
      const taken = { ids, instants };
      ids = [];
      instants = [];
      return taken;
    },
  },
  async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    return Promise.resolve();
  },
);
