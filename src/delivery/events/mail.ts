import { createTransport } from 'nodemailer';
import type { OperationalEvent } from '../../domain/event.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Channel, NoticeFailure } from './channel.ts';
import { tellEvent } from './texts.ts';

/** Events of one mail: an outage of a vendor's server is one mail, not hundreds. */
const TOGETHER = 50;
const CONNECT_LIMIT_MS = 5_000;
/** Without a byte from the server. */
const SILENCE_LIMIT_MS = 10_000;
/** Each step of SMTP may take as long as its silence. */
const LIMIT_MS = 90_000;

/** From whom, to whom and by which server mails go. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** Whether TLS begins with the connection (`smtps`), rather than by STARTTLS. */
  readonly secure: boolean;
  /** Null: the server asks for none. */
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * Mails events, those that are due together in one, in Catalan, Spanish and English. A password is never sent
 * without TLS; otherwise STARTTLS is used where the server offers it, and its certificate is verified.
 *
 * @param authorities CAs that are trusted in place of the system's, PEM; NODE_EXTRA_CA_CERTS adds to these
 */
export function createMail(settings: MailSettings, authorities: readonly string[] = []): Channel {
  const { host, port, secure, login, from, to } = settings;
  const transport = createTransport({
    host,
    port,
    secure,
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password }, requireTLS: true }),
    ...(authorities.length === 0 ? {} : { tls: { ca: [...authorities] } }),
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    dnsTimeout: CONNECT_LIMIT_MS,
    socketTimeout: SILENCE_LIMIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    together: TOGETHER,
    limitMs: LIMIT_MS,
    async send(events) {
      const { subject, text } = writeMail(events);
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject,
          text,
          // The same at each attempt: a repeat can be told.
          messageId: `<${events[0]?.id ?? ''}.${events.length}@enotum-callbacks>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return null;
      } catch (error) {
        return readFailure(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** The server's text is not kept: it may quote addresses. */
function readFailure(error: unknown): NoticeFailure {
  if (!(error instanceof Error)) return { code: 'unreachable', status: null };
  if ('responseCode' in error && typeof error.responseCode === 'number') {
    return { code: 'smtp-refused', status: error.responseCode };
  }
  return { code: 'code' in error && error.code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', status: null };
}

const COUNTED: Readonly<Record<Language, (count: number) => string>> = {
  ca: (count) => `${count} avisos`,
  es: (count) => `${count} avisos`,
  en: (count) => `${count} warnings`,
};

/** The subject in Catalan; the text in all three languages, one after the other. */
export function writeMail(events: readonly OperationalEvent[]): { subject: string; text: string } {
  const told = events.map(tellEvent);
  const [only] = told;
  const subject = told.length === 1 && only !== undefined ? only.ca.title : COUNTED.ca(told.length);
  const parts = LANGUAGES.map((language) =>
    told
      .map((texts) => {
        const { title, what, advice } = texts[language];
        return [title, '', what, ...(advice === '' ? [] : ['', advice])].join('\n');
      })
      .join('\n\n'),
  );
  return { subject: `[eNOTUM callbacks] ${subject}`, text: `${parts.join(`\n\n${'-'.repeat(40)}\n\n`)}\n` };
}
