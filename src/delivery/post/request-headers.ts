import type { SendRequest } from '../ports.ts';
import { credentialsOf, type Credentials } from './logged.ts';

/** The headers of one request. */
export interface RequestHeaders {
  /** Names and values in turn, as undici takes them; without Host and Content-Length, which it adds. */
  readonly sent: string[];
  /** All of them, as the log, a preview and a test show them: secrets masked. */
  readonly shown: Readonly<Record<string, string>>;
  readonly credentials: Credentials | null;
}

/**
 * The headers that a request goes out with: its own, those of every request, and its endpoint's credentials.
 *
 * @param host of the URL, with the port where it is not the scheme's own
 * @param userAgent `enotum-callbacks/<version>`
 */
export function writeRequestHeaders(
  { body, endpoint, headers }: Pick<SendRequest, 'body' | 'endpoint' | 'headers'>,
  host: string,
  userAgent: string,
): RequestHeaders {
  const credentials = credentialsOf(endpoint.authentication);
  const sent: string[] = [];
  for (const name in headers) sent.push(name, headers[name] ?? '');
  sent.push('User-Agent', userAgent, 'Accept-Encoding', 'identity');
  const shown: Record<string, string> = {
    Host: host,
    ...headers,
    'User-Agent': userAgent,
    'Accept-Encoding': 'identity',
    'Content-Length': String(body.length),
  };
  if (credentials !== null) {
    sent.push('Authorization', credentials.header);
    shown['Authorization'] = credentials.masked;
  }
  return { sent, shown, credentials };
}
