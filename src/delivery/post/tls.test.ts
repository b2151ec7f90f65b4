import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createAuthority, expired } from '../../../test/support/certificates.ts';
import { httpAnswer, type HostileServer } from '../../../test/support/hostile-server.ts';
import { sendingTest } from '../../../test/support/sending.ts';
import type { AttemptResult } from '../../domain/attempt.ts';
import type { Tls } from '../../domain/entity.ts';
import { writeAcknowledgement } from '../../soap/write-answer.ts';

const test = sendingTest();
const authority = createAuthority();
const server = authority.issue(['127.0.0.1', 'backoffice.example']);
const client = authority.issue(['client.example']);
const NO_TLS_MATERIAL: Tls = { ca: null, clientCertificate: null, clientKey: null };
const TRUSTING: Tls = { ...NO_TLS_MATERIAL, ca: authority.certificate };

const acknowledge = (socket: Socket): void => {
  socket.write(httpAnswer(200, writeAcknowledgement(), { Connection: 'close' }));
};

async function start(options: TlsOptions = {}): Promise<HostileServer> {
  return test.server(acknowledge, { key: server.key, cert: server.certificate, ...options });
}

async function sendTo({ url }: HostileServer, tls = TRUSTING): Promise<AttemptResult> {
  return test.send(url, { endpoint: { tls } });
}

describe('over TLS', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('trusts the entity’s own CA: %s', async (version) => {
    const listening = await start({ minVersion: version, maxVersion: version });
    expect(await sendTo(listening)).toMatchObject({ outcome: 'acknowledged' });
  });

  it('names the host that it wants, and checks that it is that', async () => {
    const names: string[] = [];
    const listening = await start({
      SNICallback: (name, chosen) => {
        names.push(name);
        chosen(null);
      },
    });
    const sender = test.sender({
      resolve: (_, resolved) => resolved(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const send = async (host: string): Promise<AttemptResult> =>
      test.send(`https://${host}:${listening.port}/`, { endpoint: { tls: TRUSTING } }, sender);
    expect(await send('backoffice.example')).toMatchObject({ outcome: 'acknowledged' });
    expect(await send('other.example')).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'tls-name-mismatch',
    });
    expect(names).toEqual(['backoffice.example', 'other.example']);
  });

  it.each<[string, TlsOptions, Tls, string]>([
    ['an unknown issuer', {}, NO_TLS_MATERIAL, 'tls-untrusted-issuer'],
    ['another CA', {}, { ...NO_TLS_MATERIAL, ca: createAuthority().certificate }, 'tls-untrusted-issuer'],
    [
      'an expired certificate',
      certificateOf(authority.issue(['127.0.0.1'], expired())),
      TRUSTING,
      'tls-expired',
    ],
    ['another name', certificateOf(authority.issue(['other.example'])), TRUSTING, 'tls-name-mismatch'],
  ])('tells %s', async (_, options, material, errorCode) => {
    const listening = await start(options);
    expect(await sendTo(listening, material)).toMatchObject({
      outcome: 'unreachable',
      errorCode,
      httpStatus: null,
    });
    expect(listening.requests).toHaveLength(0);
  });

  it('tells a server that speaks no TLS', async () => {
    const plain = await test.server(acknowledge);
    // A raw socket that answers as HTTP servers do to what they do not understand.
    const answering = net.createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    answering.listen(0, '127.0.0.1');
    await once(answering, 'listening');
    const address = answering.address();
    const port = typeof address === 'object' ? (address?.port ?? plain.port) : plain.port;
    expect(await test.send(`https://127.0.0.1:${port}/`)).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'tls-protocol',
    });
    answering.close();
  });

  it('tells a server that never finishes the handshake', async () => {
    const silent = await test.server(() => undefined);
    const result = await test.send(`https://127.0.0.1:${silent.port}/`, { timeoutMs: 200 });
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'connect-timeout' });
  });

  it('is blocked where its certificates cannot be used', async () => {
    const listening = await start();
    for (const clientCertificate of ['no PEM', server.certificate]) {
      const result = await sendTo(listening, { ...TRUSTING, clientCertificate, clientKey: client.key });
      expect(result).toMatchObject({ outcome: 'blocked', errorCode: 'configuration-incomplete' });
    }
    expect(listening.requests).toHaveLength(0);
  });

  it('resumes the session of a connection that ended', async () => {
    const reused: unknown[] = [];
    const listening = await test.server(
      (socket) => {
        if (isTls(socket)) reused.push(socket.isSessionReused());
        // The ticket comes before the answer does.
        acknowledge(socket);
      },
      { key: server.key, cert: server.certificate },
    );
    const sender = test.sender();
    for (let count = 0; count < 2; count += 1) {
      await test.send(listening.url, { endpoint: { tls: TRUSTING } }, sender);
    }
    expect(reused).toEqual([false, true]);
  });
});

describe('with client certificates', () => {
  const asking = { requestCert: true, rejectUnauthorized: true, ca: authority.certificate };
  const WITH_CLIENT = { ...TRUSTING, clientCertificate: client.certificate, clientKey: client.key };

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('shows its own: %s', async (maxVersion) => {
    const listening = await start({ ...asking, maxVersion });
    expect(await sendTo(listening, WITH_CLIENT)).toMatchObject({ outcome: 'acknowledged' });
  });

  it.each([
    ['TLSv1.2', 'tls-protocol'],
    ['TLSv1.3', 'tls-client-certificate-required'],
  ] as const)('tells that one is asked for: %s', async (version, errorCode) => {
    const listening = await start({ ...asking, minVersion: version, maxVersion: version });
    const result = await sendTo(listening);
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode });
    expect(result.errorText).toContain('client certificate');
    expect(listening.requests).toHaveLength(0);
  });

  it('uses connections only for the certificate that they were made with', async () => {
    const subjects: unknown[] = [];
    const other = authority.issue(['other.example']);
    const listening = await test.server(
      (socket) => {
        if (isTls(socket)) subjects.push(socket.getPeerCertificate().subjectaltname);
        socket.write(httpAnswer(200, writeAcknowledgement()));
      },
      { key: server.key, cert: server.certificate, ...asking },
    );
    const sender = test.sender();
    for (const issued of [client, other, client]) {
      const tls = { ...TRUSTING, clientCertificate: issued.certificate, clientKey: issued.key };
      await test.send(listening.url, { endpoint: { tls } }, sender);
    }
    expect(subjects).toEqual(['DNS:client.example', 'DNS:other.example', 'DNS:client.example']);
    expect(listening.connections()).toBe(2);
  });
});

function certificateOf(issued: { readonly certificate: string; readonly key: string }): TlsOptions {
  return { cert: issued.certificate, key: issued.key };
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}
