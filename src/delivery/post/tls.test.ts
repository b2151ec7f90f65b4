import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
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

  it('refuses versions before TLS 1.2, whatever the server would do', async () => {
    // OpenSSL itself offers them at its lowest level of security alone.
    const listening = await start({
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const result = await sendTo(listening);
    expect(result).toMatchObject({ outcome: 'unreachable', errorCode: 'tls-protocol' });
    expect(result.errorText).toContain('the integrator must turn on TLS 1.2 or newer');
    expect(listening.requests).toHaveLength(0);
  });

  it('verifies servers even where the environment says not to', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const result = await sendTo(await start(), NO_TLS_MATERIAL);
    vi.unstubAllEnvs();
    expect(result).toMatchObject({ errorCode: 'tls-untrusted-issuer' });
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

describe('what changes while connections are kept', () => {
  const keep = async (options: TlsOptions = {}): Promise<HostileServer> =>
    test.server(
      (socket) => {
        socket.write(httpAnswer(200, writeAcknowledgement()));
      },
      { ...certificateOf(server), ...options },
    );

  it('is the CA: what does not come from it is sent nothing any more', async () => {
    const listening = await keep();
    const sender = test.sender();
    const sendWith = async (tls: Tls): Promise<AttemptResult> =>
      test.send(listening.url, { endpoint: { tls } }, sender);
    const other = { ...NO_TLS_MATERIAL, ca: createAuthority('Una altra autoritat').certificate };
    expect(await sendWith(TRUSTING)).toMatchObject({ outcome: 'acknowledged' });
    expect(await sendWith(other)).toMatchObject({ errorCode: 'tls-untrusted-issuer' });
    // Both, as while a CA is renewed.
    const both = { ...NO_TLS_MATERIAL, ca: `${other.ca}${authority.certificate}` };
    expect(await sendWith(both)).toMatchObject({ outcome: 'acknowledged' });
    expect(listening.requests.map(({ ofConnection }) => ofConnection)).toEqual([1, 1]);
  });

  it('is a credential: the next request has it, on the same connection', async () => {
    const listening = await keep();
    const sender = test.sender();
    for (const password of ['antiga', 'nova']) {
      const authentication = { type: 'basic', username: 'usuari', password } as const;
      await test.send(listening.url, { endpoint: { tls: TRUSTING, authentication } }, sender);
    }
    expect(listening.requests.map(({ head }) => /^authorization: (.*)$/im.exec(head)?.[1])).toEqual([
      `Basic ${btoa('usuari:antiga')}`,
      `Basic ${btoa('usuari:nova')}`,
    ]);
    expect(listening.connections()).toBe(1);
  });
});

describe('the server’s certificate', () => {
  const renewed = authority.issue(['127.0.0.1']);

  function noting(): { readonly sender: ReturnType<typeof test.sender>; readonly noted: string[] } {
    const noted: string[] = [];
    const sender = test.sender({
      onCertificate: (origin, certificate) => noted.push(`${origin} ${certificate.fingerprint256}`),
    });
    return { sender, noted };
  }

  it('is told once for each new connection, not for each attempt', async () => {
    const listening = await test.server((socket, { ofConnection }) => {
      socket.write(httpAnswer(200, writeAcknowledgement()));
      if (ofConnection === 3) socket.end();
    }, certificateOf(server));
    const { sender, noted } = noting();
    const attempt = async (): Promise<AttemptResult> =>
      test.send(listening.url, { endpoint: { tls: TRUSTING } }, sender);
    for (let count = 0; count < 3; count += 1) await attempt();
    const told = (pem: string): string =>
      `https://127.0.0.1:${listening.port} ${new X509Certificate(pem).fingerprint256}`;
    expect(noted).toEqual([told(server.certificate)]);
    listening.renew(certificateOf(renewed));
    await attempt();
    expect(noted).toEqual([told(server.certificate), told(renewed.certificate)]);
  });

  it('is not told where it was not verified', async () => {
    const { sender, noted } = noting();
    await test.send((await start()).url, { endpoint: { tls: NO_TLS_MATERIAL } }, sender);
    expect(noted).toEqual([]);
  });

  it('is asked for anew after ten minutes of resumed sessions', async () => {
    const reused: unknown[] = [];
    const listening = await test.server((socket) => {
      if (isTls(socket)) reused.push(socket.isSessionReused());
      acknowledge(socket);
    }, certificateOf(server));
    const { sender, noted } = noting();
    const attempt = async (): Promise<AttemptResult> =>
      test.send(
        listening.url,
        { endpoint: { tls: TRUSTING }, writeBefore: Number.POSITIVE_INFINITY },
        sender,
      );
    const now = performance.now.bind(performance);
    await attempt();
    for (const minutes of [9, 11, 19]) {
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + minutes * 60_000);
      await attempt();
      clock.mockRestore();
    }
    expect(reused).toEqual([false, true, false, true]);
    expect(noted).toHaveLength(2);
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
