import { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { ProxyError, ProxyTargetError } from './failure.ts';

/** The longest head of a proxy's answer, in bytes. */
const MAX_HEAD_BYTES = 16_384;
/** How long the proxy itself may take to be reached, in milliseconds: as long as any server. */
const CONNECT_TIMEOUT_MS = 10_000;

/** What a proxy says of a server that it does not reach, or that it may not. */
const OF_THE_TARGET: ReadonlySet<number> = new Set([403, 502, 503, 504]);

/** Ways through the outbound proxy (RFC 9110, 9.3.6: CONNECT), one at a time. */
export class Tunnel {
  readonly #proxy: URL;
  #client: Client | null = null;

  /** @param proxy http or https, with a user and a password where it asks for them (Basic) */
  constructor(proxy: string) {
    this.#proxy = new URL(proxy);
  }

  /**
   * Has the proxy connect to a host, a name or an address, which the proxy resolves.
   *
   * @param authority host and port
   * @param done told of the open way, or of a ProxyError or ProxyTargetError
   */
  open(authority: string, done: (error: Error | null, socket: Socket | null) => void): void {
    this.close();
    const client = new Client(this.#proxy.origin, {
      maxHeaderSize: MAX_HEAD_BYTES,
      // The attempt has a deadline of its own.
      headersTimeout: 0,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    });
    this.#client = client;
    const headers = { host: authority, ...this.#credentials() };
    client.connect({ path: authority, headers }, (error: Error | null, data?: Dispatcher.ConnectData) => {
      if (error !== null || data === undefined) {
        done(new ProxyError(`The outbound proxy did not answer (${codeOf(error)}).`), null);
        return;
      }
      const { socket } = data;
      // undici hands over the connection itself, whatever the type says of it.
      if (data.statusCode === 200 && socket instanceof Socket) {
        done(null, socket);
        return;
      }
      socket.on('error', () => undefined).destroy();
      done(refusal(data.statusCode), null);
    });
  }

  /** Closes what is not open yet; an open way belongs to who has asked for it. */
  close(): void {
    void this.#client?.destroy();
    this.#client = null;
  }

  #credentials(): Record<string, string> {
    const { username, password } = this.#proxy;
    if (username === '') return {};
    const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(plain, 'utf8').toString('base64')}` };
  }
}

function refusal(status: number): Error {
  return OF_THE_TARGET.has(status)
    ? new ProxyTargetError(
        `The outbound proxy could not, or may not, connect to the server (HTTP ${status}).`,
      )
    : new ProxyError(`The outbound proxy refused to connect (HTTP ${status}).`);
}

function codeOf(error: Error | null): string {
  return error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
}
