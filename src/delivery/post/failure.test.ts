import { describe, expect, it } from 'vitest';
import { ATTEMPT_ERRORS } from '../../domain/errors.ts';
import { failureOf, type Progress } from './failure.ts';

// What real sockets do is tested in the sender's tests; here are the errors that a test cannot provoke.

const CONNECTING: Progress = {
  sent: false,
  answered: false,
  ownAuthority: false,
  clientCertificate: false,
};
const WAITING: Progress = { ...CONNECTING, sent: true };
const READING: Progress = { ...WAITING, answered: true };

function errorOf(code: string, more: object = {}): Error {
  return Object.assign(new Error(`secret path /srv/keys ${code}`), { code, ...more });
}

describe('an error of the network', () => {
  it.each(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENETUNREACH', 'ENETDOWN', 'ENOBUFS', 'ENOMEM'])(
    'is ours at any time: %s',
    (code) => {
      for (const progress of [CONNECTING, WAITING, READING]) {
        expect(failureOf(errorOf(code), progress)).toMatchObject({
          outcome: 'interrupted',
          code: 'own-resources',
        });
      }
    },
  );

  it.each<[string, Progress, string, string]>([
    ['ETIMEDOUT', CONNECTING, 'unreachable', 'connect-timeout'],
    ['ETIMEDOUT', WAITING, 'unreachable', 'answer-timeout'],
    ['ERR_SOCKET_CONNECTION_TIMEOUT', CONNECTING, 'unreachable', 'connect-timeout'],
    ['EHOSTUNREACH', CONNECTING, 'unreachable', 'connect-failed'],
    ['ECONNRESET', CONNECTING, 'unreachable', 'connect-failed'],
    ['ECONNRESET', WAITING, 'unreachable', 'connection-lost'],
    ['EPIPE', WAITING, 'unreachable', 'connection-lost'],
    ['ECONNRESET', READING, 'unreadable', 'answer-incomplete'],
    ['EAI_FAIL', CONNECTING, 'unreachable', 'dns'],
    ['CERT_NOT_YET_VALID', CONNECTING, 'unreachable', 'tls-expired'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', CONNECTING, 'unreachable', 'tls-untrusted-issuer'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', CONNECTING, 'unreachable', 'tls-protocol'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', CONNECTING, 'unreachable', 'tls-client-certificate-required'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', WAITING, 'unreachable', 'tls-failed'],
    ['CERT_REVOKED', CONNECTING, 'unreachable', 'tls-failed'],
    ['UNHEARD_OF', CONNECTING, 'unreachable', 'connect-failed'],
    ['UNHEARD_OF', WAITING, 'unreachable', 'connection-lost'],
  ])('%s with %j is %s, %s', (code, progress, outcome, expected) => {
    const failure = failureOf(errorOf(code), progress);
    expect(failure).toMatchObject({ outcome, code: expected });
    expect(Object.keys(ATTEMPT_ERRORS)).toContain(failure.code);
    expect(failure.text).not.toContain('secret');
  });

  it.each([
    'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
    'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  ])('tells that the client certificate which was shown is refused: %s', (code) => {
    for (const progress of [CONNECTING, WAITING]) {
      expect(failureOf(errorOf(code), { ...progress, clientCertificate: true })).toMatchObject({
        outcome: 'unreachable',
        code: 'tls-client-certificate-refused',
      });
    }
  });

  it.each([
    ['CERT_HAS_EXPIRED', /the integrator must renew it\.$/, /must renew it, or it is the CA in .* tls\.ca/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /put that into the entity's tls\.ca/, /put its issuer there/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /correct the url/, /the integrator must get a certificate/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /set its tls\.clientCertificate/, /the entity has none/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /the port in the entity's url/, /the integrator must turn TLS on/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /the integrator must turn on TLS 1\.2/, /integrator's server/],
  ])('says of TLS which side must do what: %s', (code, publicOnes, ownAuthority) => {
    expect(failureOf(errorOf(code), CONNECTING).text).toMatch(publicOnes);
    expect(failureOf(errorOf(code), { ...CONNECTING, ownAuthority: true }).text).toMatch(ownAuthority);
  });

  it('at several addresses is the integrator’s, if one of them is', () => {
    const both = new AggregateError([errorOf('ENETUNREACH'), errorOf('ECONNREFUSED')]);
    expect(failureOf(both, CONNECTING)).toMatchObject({ code: 'connect-refused' });
    const ours = new AggregateError([errorOf('ENETUNREACH'), errorOf('ENETUNREACH')]);
    expect(failureOf(ours, CONNECTING)).toMatchObject({ outcome: 'interrupted' });
  });
});
