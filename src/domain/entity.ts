import { missingOfPolicy, type Policy, type SentSecurity } from './policy.ts';
import type { MessageVersion } from './report.ts';

/** The contract's SOAPAction (WSDL 4.0, RecepcioReports). */
export const SOAP_ACTION = 'http://www.openuri.org/clientRequestwithReturn';

/** The least and the most that a whole attempt may take, in milliseconds. */
export const MIN_TIMEOUT_MS = 1_000;
export const MAX_TIMEOUT_MS = 120_000;
export const DEFAULT_TIMEOUT_MS = 30_000;

/** HTTP authentication at the endpoint; secrets in clear text, in memory only. */
export type Authentication =
  | { readonly type: 'none' }
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'bearer'; readonly token: string };

/** TLS material, PEM; `clientKey` is a secret. */
export interface Tls {
  readonly ca: string | null;
  readonly clientCertificate: string | null;
  readonly clientKey: string | null;
}

/** How the SOAP envelope differs from the contract's, for receivers that need it. */
export interface EnvelopeOptions {
  readonly soapVersion: '1.1' | '1.2';
  /** Whether the Report lies in a clientRequestwithReturn element. */
  readonly wrapper: boolean;
  readonly soapAction: string;
}

/** What enclosed a report that was sent; `security` is absent where there was no Security header. */
export interface SentEnvelope extends EnvelopeOptions {
  /** The message version that the report was sent in; absent where it is the pinned one, 4.0. */
  readonly messageVersion?: MessageVersion;
  readonly security?: SentSecurity;
}

/** Where and how an entity's (or a back office's) callbacks are sent. */
export interface Endpoint {
  /** Null: not configured yet; deliveries wait. */
  readonly url: string | null;
  readonly messageVersion: MessageVersion;
  /** Bounds the whole attempt, DNS to last byte. */
  readonly timeoutMs: number;
  readonly policy: Policy;
  readonly authentication: Authentication;
  readonly tls: Tls;
  readonly envelope: EnvelopeOptions;
}

export const DEFAULT_ENDPOINT: Endpoint = {
  url: null,
  messageVersion: '4.0',
  timeoutMs: DEFAULT_TIMEOUT_MS,
  policy: { type: 'none' },
  authentication: { type: 'none' },
  tls: { ca: null, clientCertificate: null, clientKey: null },
  envelope: { soapVersion: '1.1', wrapper: true, soapAction: SOAP_ACTION },
};

/**
 * What an endpoint's configuration lacks, as paths of its members; empty when callbacks can be sent.
 *
 * @param serviceSigns whether the service has a certificate and a key of its own
 */
export function missingOf(endpoint: Endpoint, serviceSigns: boolean): string[] {
  const missing: string[] = [];
  if (endpoint.url === null) missing.push('url');
  const { policy, authentication, tls } = endpoint;
  missing.push(...missingOfPolicy(policy, serviceSigns).map((member) => `policy.${member}`));
  if (authentication.type === 'basic') {
    if (authentication.username === '') missing.push('authentication.username');
    if (authentication.password === '') missing.push('authentication.password');
  }
  if (authentication.type === 'bearer' && authentication.token === '') missing.push('authentication.token');
  if (tls.clientCertificate !== null && tls.clientKey === null) missing.push('tls.clientKey');
  if (tls.clientKey !== null && tls.clientCertificate === null) missing.push('tls.clientCertificate');
  return missing;
}

/** The sentence that the log and problems have for what a configuration lacks. @param paths at least one */
export function sayMissing(paths: readonly string[]): string {
  return `The configuration lacks: ${paths.join(', ')}.`;
}

/** The origin of a URL as the window is kept for it: scheme, host and port, always with the port. */
export function originOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
