import { errors } from 'undici';
import type { Outcome } from '../../domain/attempt.ts';
import type { AttemptErrorCode } from '../../domain/errors.ts';

/** Why an attempt ended without an answer by the contract. */
export interface Failure {
  readonly outcome: Outcome;
  /** Of ATTEMPT_ERRORS, or `http-<status>`. */
  readonly code: AttemptErrorCode | `http-${number}`;
  /** A sentence in plain words, without paths and secrets. */
  readonly text: string;
}

/** The endpoint's host has no address that callbacks may be sent to. */
export class AddressNotAllowedError extends Error {
  readonly code = 'ENOTUM_ADDRESS_NOT_ALLOWED';
}

/** The outbound proxy cannot be used: our own trouble. */
export class ProxyError extends Error {
  readonly code = 'ENOTUM_PROXY';
}

/** The outbound proxy did not get through to the server. */
export class ProxyTargetError extends Error {
  readonly code = 'ENOTUM_PROXY_TARGET';
}

/** The endpoint's certificate, key or CA cannot be used. */
export class TlsMaterialError extends Error {
  readonly code = 'ENOTUM_TLS_MATERIAL';
}

/** How far an attempt had come when it failed. */
export interface Progress {
  /** Whether the request was written to a socket. */
  readonly sent: boolean;
  /** Whether a status line was read. */
  readonly answered: boolean;
  /** Whether the entity has a CA of its own, and a client certificate. */
  readonly ownAuthority: boolean;
  readonly clientCertificate: boolean;
}

/** What an error of the network, TLS or HTTP means. */
export function failureOf(error: Error, progress: Progress): Failure {
  const failures = partsOf(error).map((part) => failureOfOne(part, progress));
  // Where several addresses failed, what the integrator can mend counts before what is ours.
  const [first = fallback(progress, 'UNKNOWN')] = failures;
  return failures.find(({ outcome }) => outcome !== 'interrupted') ?? first;
}

/** Several addresses that failed come as one AggregateError. */
function partsOf(error: Error): Error[] {
  if (!(error instanceof AggregateError)) return [error];
  const parts = error.errors.filter((part) => part instanceof Error);
  return parts.length === 0 ? [error] : parts;
}

function failureOfOne(error: Error, progress: Progress): Failure {
  const code = codeOf(error);
  if (code === 'ENOTUM_ADDRESS_NOT_ALLOWED') return addressNotAllowed(error.message);
  if (code === 'ENOTUM_PROXY') return interrupted('proxy-failed', error.message);
  if (code === 'ENOTUM_PROXY_TARGET') return unreachable('connect-failed', error.message);
  if (code === 'ENOTUM_TLS_MATERIAL') return blocked('configuration-incomplete', error.message);
  if (code === 'UND_ERR_INVALID_ARG') {
    return blocked(
      'configuration-incomplete',
      'The URL, an HTTP header or a credential has characters that HTTP cannot carry.',
    );
  }
  if (OURS.has(code)) return interrupted('own-resources', `This machine could not connect (${code}).`);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return TOO_LARGE;
  if (isOfProtocol(error)) return NOT_HTTP;
  if (progress.answered) {
    return {
      outcome: 'unreadable',
      code: 'answer-incomplete',
      text: 'The connection ended in the middle of the answer.',
    };
  }
  if (isOfResolution(error)) return unreachable('dns', `The host name could not be resolved (${code}).`);
  return tlsFailure(code, progress) ?? fallback(progress, code);
}

/** Whether the server sent what HTTP does not have, or not there; undici gives no codes for it. */
function isOfProtocol(error: Error): boolean {
  // The end of the connection within a chunk comes as a parser's error too.
  if (error instanceof errors.HTTPParserError) return !error.message.includes('Invalid EOF state');
  return error instanceof errors.SocketError && error.message === 'bad upgrade';
}

/** Whether the host name could not be resolved. */
function isOfResolution(error: Error): boolean {
  const code = codeOf(error);
  return (
    code === 'ENOTFOUND' || code.startsWith('EAI_') || ('syscall' in error && error.syscall === 'getaddrinfo')
  );
}

function fallback({ sent }: Progress, code: string): Failure {
  if (code === 'ECONNREFUSED') return unreachable('connect-refused', 'The connection was refused.');
  if (LATE.has(code)) return sent ? ANSWER_TIMEOUT : CONNECT_TIMEOUT;
  if (sent) {
    return unreachable(
      'connection-lost',
      `The server closed the connection before it answered${note(code)}.`,
    );
  }
  return unreachable('connect-failed', `The connection could not be made${note(code)}.`);
}

/** The system's code for the reader; undici's own ones say nothing to an operator. */
function note(code: string): string {
  return code.startsWith('UND_') || code === 'UNKNOWN' ? '' : ` (${code})`;
}

/** Each sentence says whose side it is, the integrator's server or this entity's configuration, and what to do. */
function tlsFailure(code: string, progress: Progress): Failure | null {
  const { ownAuthority, clientCertificate } = progress;
  if (EXPIRED.has(code)) {
    const what = code === 'CERT_NOT_YET_VALID' ? 'is not valid yet' : 'has ended';
    const here = ownAuthority ? ", or it is the CA in the entity's tls.ca, to be replaced there" : '';
    return unreachable(
      'tls-expired',
      `A certificate of the integrator's server or of its issuers ${what} (${code}): the integrator must renew it${here}.`,
    );
  }
  if (UNTRUSTED.has(code)) {
    const why = ownAuthority
      ? "does not come from the CA in the entity's tls.ca: put its issuer there"
      : "comes from no CA that is trusted: where the integrator has its own CA, put that into the entity's tls.ca";
    return unreachable(
      'tls-untrusted-issuer',
      `The certificate of the integrator's server ${why}, or the integrator must send its whole chain (${code}).`,
    );
  }
  if (OTHER_NAME.has(code)) {
    return unreachable(
      'tls-name-mismatch',
      "The certificate of the integrator's server is for another host than the entity's url has: correct the url, or the integrator must get a certificate for that host.",
    );
  }
  // Servers of older TLS versions say "bad certificate" also where none was sent.
  if (code.endsWith('_CERTIFICATE_REQUIRED') || (code.endsWith('_BAD_CERTIFICATE') && !clientCertificate)) {
    return unreachable(
      'tls-client-certificate-required',
      "The integrator's server asks for a client certificate, and the entity has none: set its tls.clientCertificate and tls.clientKey.",
    );
  }
  if (clientCertificate && REFUSED_CERTIFICATE.test(code)) {
    return unreachable(
      'tls-client-certificate-refused',
      `The integrator's server refuses the entity's client certificate (${code}): renew tls.clientCertificate, or the integrator must trust its issuer.`,
    );
  }
  if (NO_TLS.test(code)) {
    return unreachable(
      'tls-protocol',
      `The integrator's server speaks no TLS at this port (${code}): correct the scheme or the port in the entity's url, or the integrator must turn TLS on.`,
    );
  }
  if (NO_COMMON_PROTOCOL.test(code)) {
    // Before TLS 1.3 a missing client certificate is told in the same way.
    const or =
      code.endsWith('_HANDSHAKE_FAILURE') && !clientCertificate
        ? ', or it wants a client certificate, which the entity must set in tls.clientCertificate'
        : '';
    return unreachable(
      'tls-protocol',
      `The integrator's server has no TLS version or cipher in common with this service (${code}): the integrator must turn on TLS 1.2 or newer${or}.`,
    );
  }
  return TLS_CODE.test(code)
    ? unreachable(
        'tls-failed',
        `The TLS connection to the integrator's server failed (${code}): its log may say more.`,
      )
    : null;
}

const EXPIRED: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const UNTRUSTED: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
]);

const OTHER_NAME: ReadonlySet<string> = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH']);

/** Alerts about the certificate that we have shown (RFC 8446, 6.2). */
const REFUSED_CERTIFICATE =
  /_ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)$/;

/** What OpenSSL makes of bytes that are no TLS at all. */
const NO_TLS = /_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/;

const NO_COMMON_PROTOCOL =
  /_(?:PROTOCOL_VERSION|HANDSHAKE_FAILURE|UNSUPPORTED_PROTOCOL|UNKNOWN_PROTOCOL|NO_PROTOCOLS_AVAILABLE|WRONG_SSL_VERSION|VERSION_TOO_LOW|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY|NO_APPLICATION_PROTOCOL|DH_KEY_TOO_SMALL)$/;

/** Codes of Node's TLS, of OpenSSL's alerts and of its certificate checks. */
const TLS_CODE =
  /^(?:ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|INVALID_PURPOSE|ERROR_IN_|PATH_LENGTH)/;

const LATE: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']);

/** What the machine that this service runs on lacks: sockets, ports, memory, a network. */
const OURS: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOBUFS',
  'ENOMEM',
]);

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

function unreachable(code: AttemptErrorCode, text: string): Failure {
  return { outcome: 'unreachable', code, text };
}

function blocked(code: AttemptErrorCode, text: string): Failure {
  return { outcome: 'blocked', code, text };
}

function interrupted(code: AttemptErrorCode, text: string): Failure {
  return { outcome: 'interrupted', code, text };
}

/** @param reason a sentence */
export function addressNotAllowed(reason: string): Failure {
  return blocked('address-not-allowed', reason);
}

export const DNS_TIMEOUT = unreachable('dns', 'The host name was not resolved in time.');
export const CONNECT_TIMEOUT = unreachable('connect-timeout', 'The connection was not made in time.');
export const ANSWER_TIMEOUT = unreachable('answer-timeout', 'The answer did not come in time.');
export const ANSWER_STALLED = unreachable('answer-timeout', 'The answer began and did not go on in time.');
export const STOPPED = interrupted('stopped', 'This service stopped during the attempt.');
export const LEASE_EXPIRED = interrupted('lease-expired', 'The time to send had passed; nothing was sent.');
export const NO_FREE_CONNECTION = interrupted(
  'own-resources',
  'No connection to the server became free in time.',
);
const NOT_HTTP: Failure = { outcome: 'unreadable', code: 'not-http', text: 'The answer is not HTTP.' };
export const TOO_LARGE: Failure = {
  outcome: 'unreadable',
  code: 'too-large',
  text: 'The answer is larger than what is read.',
};
