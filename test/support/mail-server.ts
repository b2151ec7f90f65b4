import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { createWatched } from './watch.ts';

/** A mail as a server took it. */
interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** An SMTP server on a real socket. */
export interface MailServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** The reply code by which recipients are refused; null: they are taken. */
  refusal: number | null;
  /** Recipients that were refused. */
  readonly refused: readonly string[];
  times(count: number): Promise<ReceivedMail[]>;
  /** The first mail, once it has come, parsed. */
  first(): Promise<ReceivedMail & { readonly mail: Email }>;
  close(): Promise<void>;
}

/** Starts a server that takes mails without a login. */
export async function startMailServer(): Promise<MailServer> {
  const watched = createWatched<ReceivedMail>();
  const state = { refusal: null as number | null };
  const refused: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
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
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        watched.note({ from, to: rcptTo.map(({ address }) => address), bytes: Buffer.concat(chunks) });
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
    times: async (count) => watched.times(count, () => true),
    async first() {
      const received = await watched.first(() => true);
      return { ...received, mail: await PostalMime.parse(received.bytes) };
    },
    close: async () => new Promise((resolve) => server.close(() => resolve())),
  };
}
