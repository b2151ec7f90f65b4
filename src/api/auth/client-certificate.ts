import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fingerprintOf } from '../../domain/certificate.ts';

/**
 * The fingerprint of the client certificate that a connection showed, within its validity; null where there is
 * none. TLS has proved that the client holds its key. Who issued it does not count: keys name certificates one by
 * one.
 *
 * @param now milliseconds since the epoch
 * @returns SHA-256 of the certificate, hex
 */
export function readClientCertificate(socket: Socket, now: number): string | null {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) return null;
  const { validFrom, validTo } = certificate;
  const isValid = Date.parse(validFrom) <= now && now <= Date.parse(validTo);
  return isValid ? fingerprintOf(certificate) : null;
}
