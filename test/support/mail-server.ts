import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { createWatched } from './watch.ts';

/** A mail as a server took it. */
interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  /** Who has logged in; null: nobody. */
  readonly user: string | null;
  /** Whether it came under TLS. */
  readonly secure: boolean;
}

/** How a server is, where not one without TLS that asks for no login. */
export interface MailServerOptions {
  readonly tls: { readonly key: string; readonly certificate: string };
  /** Whether TLS begins with the connection, rather than by STARTTLS. */
  readonly secure?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
}

/** An SMTP server on a real socket. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** The reply code by which recipients are refused; null: they are taken. */
  refusal: number | null;
  /** Passwords that somebody has sent. */
  readonly passwords: readonly string[];
  /** Recipients that were refused. */
  readonly refused: readonly string[];
  times(count: number): Promise<ReceivedMail[]>;
  /** The first mail, once it has come, parsed. */
  first(): Promise<ReceivedMail & { readonly mail: Email }>;
  close(): Promise<void>;
}

/** Starts a server. */
export async function startMailServer(options: MailServerOptions | null = null): Promise<MailServer> {
  const watched = createWatched<ReceivedMail>();
  const state = { refusal: null as number | null };
  const refused: string[] = [];
  const passwords: string[] = [];
  const disabled = [
    ...(options === null ? ['STARTTLS'] : []),
    ...(options?.login === undefined ? ['AUTH'] : []),
  ];
  const server = new SMTPServer({
    disabledCommands: disabled,
    ...(options === null
      ? {}
      : { secure: options.secure === true, key: options.tls.key, cert: options.tls.certificate }),
    onAuth({ username, password }, _session, callback) {
      passwords.push(password ?? '');
      const { user, password: right } = options?.login ?? {};
      if (username === user && password === right) callback(null, { user });
      else callback(Object.assign(new Error('wrong login'), { responseCode: 535 }));
    },
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, callback) {
      if (state.refusal === null) {
        callback();
        return;
      }
      refused.push(address);
      callback(Object.assign(new Error('no such mailbox'), { responseCode: state.refusal }));
    },
    onData(stream, { envelope, user, secure }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        watched.note({
          from,
          to: rcptTo.map(({ address }) => address),
          bytes: Buffer.concat(chunks),
          user: typeof user === 'string' ? user : null,
          secure,
        });
        callback();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
  return {
    port: address.port,
    mails: watched.items,
    get refusal() {
      return state.refusal;
    },
    set refusal(code) {
      state.refusal = code;
    },
    refused,
    passwords,
    times: async (count) => watched.times(count, () => true),
    async first() {
      const received = await watched.first(() => true);
      return { ...received, mail: await PostalMime.parse(received.bytes) };
    },
    close: async () => new Promise((resolve) => server.close(() => resolve())),
  };
}
