import type { X509Certificate } from 'node:crypto';
import net, { isIP, isIPv6, type LookupFunction, type Socket } from 'node:net';
import tls from 'node:tls';
import { Client, errors, type buildConnector, type Dispatcher } from 'undici';
import type { AddressGuard } from '../../domain/address-rules.ts';
import { AnswerHead } from './answer-head.ts';
import { AddressNotAllowedError } from './failure.ts';
import type { AttemptStep } from '../ports.ts';
import type { Resolve } from './resolver.ts';
import { Tunnel } from './tunnel.ts';

/** How long a connection without work is kept where the server does not say. */
const KEEP_ALIVE_MS = 4_000;
/** The longest that a server's Keep-Alive header is followed. */
const MAX_KEEP_ALIVE_MS = 30_000;
/** The longest that a connection is used: then the name is resolved, and its addresses are judged, anew. */
const MAX_AGE_MS = 60_000;
/** The longest that TLS sessions are resumed: then the server shows its certificate, and it is verified, anew. */
const MAX_SESSION_MS = 600_000;
/** How long one of several addresses is tried before the next one. */
const ADDRESS_ATTEMPT_MS = 2_500;
/** The longest head of an answer, and the longest trailer, in bytes; whatever NODE_OPTIONS says. */
const MAX_HEAD_BYTES = 16_384;

/** A server, and all that its connections share. */
export interface Server {
  /** Scheme, host and port, as a URL has them. */
  readonly origin: string;
  /** A name or an address, IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** Null for plain HTTP. */
  readonly tls: TlsSettings | null;
}

/** TLS of one server; `session` is the last one, so that the next connection can resume it. */
export interface TlsSettings {
  readonly context: tls.SecureContext;
  /** Whether the entity has a CA of its own, and a client certificate. */
  readonly ownAuthority: boolean;
  readonly clientCertificate: boolean;
  session: Buffer | null;
  /** When the server's certificate was verified last, by `performance.now()`. */
  verifiedAt: number;
}

/** Where connections may go, and how names are resolved. */
export interface Network {
  readonly resolve: Resolve;
  readonly guard: AddressGuard;
  /** The proxy that connections go through; null: they are direct. */
  readonly proxy: string | null;
  /** Told of the certificate that a server has shown on a new connection, once it is verified. */
  readonly onCertificate: (origin: string, certificate: X509Certificate) => void;
}

/**
 * One kept connection to a server, made when it is first needed and again after it broke. It carries one
 * request at a time.
 */
export class Connection {
  /** What came so far of the answer to the request that was written last. */
  readonly head = new AnswerHead();
  readonly #server: Server;
  readonly #network: Network;
  readonly #client: Client;
  readonly #tunnel: Tunnel | null;
  #socket: Socket | null = null;
  #resolving = false;
  /** When it was last made, by `performance.now()`. */
  #madeAt = 0;
  #firstError: Error | null = null;
  #onStep: ((step: AttemptStep) => void) | null = null;

  constructor(server: Server, network: Network) {
    this.#server = server;
    this.#network = network;
    this.#tunnel = network.proxy === null ? null : new Tunnel(network.proxy);
    this.#client = new Client(server.origin, {
      pipelining: 1,
      // Attempts have a deadline of their own, which costs less than a timer for each.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: MAX_HEAD_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
      connect: (_options, callback) => this.#connect(callback),
    });
  }

  /** Whether the host name is being resolved. */
  get resolving(): boolean {
    return this.#resolving;
  }

  /** Whether it has been used for as long as it may be. */
  get old(): boolean {
    return performance.now() - this.#madeAt > MAX_AGE_MS;
  }

  /** How many bytes came over it, TLS records counted where there is TLS. */
  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  /**
   * The cause of an error that undici reports: where a TLS alert comes just before the connection's end, undici
   * tells of the end alone.
   */
  causeOf(error: Error): Error {
    return error instanceof errors.SocketError ? (this.#firstError ?? error) : error;
  }

  /** Has somebody told how the connection is made, until it is given null. */
  watch(onStep: ((step: AttemptStep) => void) | null): void {
    this.#onStep = onStep;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#client.dispatch(options, handler);
  }

  /** Closes it at once, with what it carries. It cannot be used again. */
  async destroy(): Promise<void> {
    // While it is being made, only we know the socket.
    this.#socket?.destroy();
    this.#tunnel?.close();
    await this.#client.destroy();
  }

  #connect(callback: buildConnector.Callback): void {
    const { hostname, port } = this.#server;
    this.#firstError = null;
    this.#madeAt = performance.now();
    if (this.#tunnel === null) {
      this.#use(null, callback);
      return;
    }
    this.#tunnel.open(`${isIPv6(hostname) ? `[${hostname}]` : hostname}:${port}`, (error, way) => {
      if (way === null) {
        callback(error ?? new Error('The proxy gave no connection.'), null);
        return;
      }
      this.#onStep?.('connected');
      this.#use(way, callback);
    });
  }

  /** @param way an open connection through a proxy; null: one is made */
  #use(way: Socket | null, callback: buildConnector.Callback): void {
    const { tls: settings } = this.#server;
    const socket =
      settings === null ? (way ?? net.connect(this.#tcpOptions())) : this.#connectTls(settings, way);
    this.#socket = socket;
    this.head.attach(socket);
    socket.setNoDelay(true);
    // undici lets go of the process by each connection that rests, and holds it again for each request, by a call of
    // the system's library; ours are closed by their sender.
    socket.ref = () => socket;
    socket.unref = () => socket;
    const failed = (error: Error): void => callback(error, null);
    socket.once('error', failed);
    socket.on('error', (error) => {
      this.#firstError ??= error;
    });
    const made = (): void => {
      socket.off('error', failed);
      callback(null, socket);
    };
    if (socket === way) {
      made();
      return;
    }
    if (this.#onStep !== null) {
      if (way === null) socket.once('connect', () => this.#onStep?.('connected'));
      socket.once('secureConnect', () => this.#onStep?.('secured'));
    }
    socket.once(settings === null ? 'connect' : 'secureConnect', made);
  }

  #connectTls(settings: TlsSettings, way: Socket | null): tls.TLSSocket {
    const { hostname } = this.#server;
    const socket = tls.connect({
      ...(way === null ? this.#tcpOptions() : { socket: way, host: hostname }),
      secureContext: settings.context,
      // Whatever the environment says (NODE_TLS_REJECT_UNAUTHORIZED).
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
      // A certificate names the host without the dot that may end a full name. Addresses have no SNI.
      ...(isIP(hostname) === 0 ? { servername: hostname.replace(/\.$/, '') } : {}),
      ...(settings.session === null || performance.now() - settings.verifiedAt > MAX_SESSION_MS
        ? {}
        : { session: settings.session }),
    });
    socket.once('secureConnect', () => this.#noteCertificate(socket, settings));
    // Only sessions of servers whose name was checked: a resumed one is not checked again.
    socket.on('session', (session) => {
      if (socket.authorized) settings.session = session;
    });
    return socket;
  }

  #noteCertificate(socket: tls.TLSSocket, settings: TlsSettings): void {
    // A session that is resumed has the certificate of its beginning, not what the server would show now.
    if (socket.isSessionReused()) return;
    settings.verifiedAt = performance.now();
    const certificate = socket.getPeerX509Certificate();
    if (certificate !== undefined) this.#network.onCertificate(this.#server.origin, certificate);
  }

  #tcpOptions(): net.TcpNetConnectOpts {
    const { hostname, port } = this.#server;
    return {
      host: hostname,
      port,
      lookup: this.#lookup,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    };
  }

  /**
   * Gives only addresses that are allowed, so that the address that is checked is the one connected to: there is no
   * second look-up. A URL that has an address for its host is judged before it comes here.
   */
  readonly #lookup: LookupFunction = (hostname, _options, callback) => {
    this.#resolving = true;
    this.#network.resolve(hostname, (error, addresses) => {
      this.#resolving = false;
      if (error === null) this.#onStep?.('resolved');
      const allowed = addresses.filter(({ address }) => this.#network.guard.allows(address));
      if (error !== null) callback(error, []);
      else if (allowed.length > 0) callback(null, allowed);
      else
        callback(new AddressNotAllowedError('The host name stands for private or reserved addresses.'), []);
    });
  };
}
