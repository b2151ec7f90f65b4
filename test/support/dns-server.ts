import { Resolver, type LookupAddress } from 'node:dns';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Resolve } from '../../src/delivery/post/resolver.ts';

/** Record types (RFC 1035, 3.2.2; RFC 3596, 2.1) that the server knows; of others a name has none. */
const TYPES = new Map<number, 'A' | 'AAAA'>([
  [1, 'A'],
  [28, 'AAAA'],
]);

/** A question that came. */
interface Question {
  readonly name: string;
  readonly type: 'A' | 'AAAA';
}

/** A DNS server on a UDP port of the loopback, whose answers a test decides one by one. */
export interface DnsServer {
  /** Every question for addresses so far, in order. */
  readonly questions: readonly Question[];
  /** Resolves names by this server alone. */
  readonly resolve: Resolve;
  close(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param addressesOf what a name stands for, at its question for this type with this number, 0 first; the
 *   addresses of the other type are left out
 */
export async function startDnsServer(
  addressesOf: (name: string, nth: number) => readonly string[],
): Promise<DnsServer> {
  const questions: Question[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    const { name, code, end } = readQuestion(message);
    const type = TYPES.get(code);
    let addresses: readonly string[] = [];
    if (type !== undefined) {
      const nth = questions.filter((before) => before.name === name && before.type === type).length;
      questions.push({ name, type });
      addresses = addressesOf(name, nth).filter((each) => isIPv6(each) === (type === 'AAAA'));
    }
    socket.send(writeAnswer(message.subarray(0, end), code, addresses), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  return {
    questions,
    resolve: resolveBy(port),
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** The first question of a message (RFC 1035, 4.1.2), and where it ends. */
function readQuestion(message: Buffer): { name: string; code: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), code: message.readUInt16BE(at + 1), end: at + 5 };
}

/** An answer without TTL: nobody may keep it (RFC 1035, 4.1.3). */
function writeAnswer(question: Buffer, code: number, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question);
  // A response, with authority, recursion available; one question, so many answers, nothing else.
  head.writeUInt16BE(0x8580, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((address) => {
    const data = bytesOf(address);
    const record = Buffer.alloc(12);
    // The name is that of the question, by a pointer.
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(code, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([head, ...records]);
}

function bytesOf(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [before = '', after = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after.split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.from([...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function resolveBy(port: number): Resolve {
  return (hostname, resolved) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    const found: LookupAddress[] = [];
    let open = 2;
    const take = (family: 4 | 6) => (error: Error | null, addresses: string[] | undefined) => {
      if (error === null) for (const address of addresses ?? []) found.push({ address, family });
      open -= 1;
      if (open === 0) resolved(found.length === 0 ? (error ?? new Error('no address')) : null, found);
    };
    resolver.resolve4(hostname, take(4));
    resolver.resolve6(hostname, take(6));
  };
}
