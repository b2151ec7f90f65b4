import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { writeAcknowledgement } from '../../src/soap/write-answer.ts';
import { createAuthority } from '../support/certificates.ts';
import { change } from '../support/changes.ts';
import { httpAnswer, startHostileServer, type HostileServer } from '../support/hostile-server.ts';
import { journeyTest } from '../support/journey.ts';
import { httpStatus } from '../support/receiver.ts';
import type { TestService } from '../support/service.ts';

const { started, receiving, closing } = journeyTest();

const authority = createAuthority();
const otherAuthority = createAuthority('Una altra autoritat inventada');
const first = authority.issue(['first.example']);
const second = authority.issue(['second.example']);

/** One request, as an integrator's server sees who it is from. */
interface Seen {
  readonly client: unknown;
  readonly authorization: string | undefined;
  readonly connection: Socket;
}

/** A server that asks for client certificates and keeps its connections. */
async function mutualTls(): Promise<{ readonly server: HostileServer; readonly seen: Seen[] }> {
  const { certificate: cert, key } = authority.issue(['127.0.0.1']);
  const seen: Seen[] = [];
  const server = await startHostileServer(
    (socket, { head }) => {
      seen.push({
        client: isTls(socket) ? socket.getPeerCertificate().subjectaltname : null,
        authorization: /^authorization: Basic (.*)$/im.exec(head)?.[1],
        connection: socket,
      });
      socket.write(httpAnswer(200, writeAcknowledgement()));
    },
    { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true },
  );
  closing(async () => server.close());
  return { server, seen };
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

let last = 900_000_000_900;

async function deliver(t: TestService): Promise<string> {
  last += 1;
  return t.deliver(change({ notification: String(last) }));
}

describe('a configuration that changes while connections are kept', () => {
  it('applies from the next attempt: credentials, client certificate, CA', async () => {
    const { server, seen } = await mutualTls();
    const t = await started({ settings: { retrySchedule: [2_000, 2_000, 2_000, 2_000, 2_000, 2_000] } });
    const put = async (password: string, client: typeof first, ca: string): Promise<void> => {
      await t.configure(null, {
        endpoint: {
          url: server.url,
          authentication: { type: 'basic', username: 'usuària', password },
          tls: { ca, clientCertificate: client.certificate, clientKey: client.key },
        },
      });
    };
    const credentials = (password: string): string => Buffer.from(`usuària:${password}`).toString('base64');

    await put('antiga', first, authority.certificate);
    await t.finished(await deliver(t));
    await put('nova·ç', first, authority.certificate);
    await t.finished(await deliver(t));
    await put('nova·ç', second, authority.certificate);
    await t.finished(await deliver(t));
    expect(seen.map(({ client, authorization }) => [client, authorization])).toEqual([
      ['DNS:first.example', credentials('antiga')],
      ['DNS:first.example', credentials('nova·ç')],
      ['DNS:second.example', credentials('nova·ç')],
    ]);
    // The password alone needs no other connection, the certificate does.
    expect(seen[1]?.connection).toBe(seen[0]?.connection);
    expect(seen[2]?.connection).not.toBe(seen[0]?.connection);

    await put('nova·ç', second, otherAuthority.certificate);
    const refused = await deliver(t);
    expect(await t.attempted(({ delivery }) => delivery === refused)).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'tls-untrusted-issuer',
    });
    expect(seen).toHaveLength(3);

    // The corrected CA heals what waits: both of them, as while a CA is being replaced.
    await put('nova·ç', second, otherAuthority.certificate + authority.certificate);
    expect(await t.finished(refused)).toMatchObject({ outcome: 'acknowledged' });
  });
});

describe('credentials that a server does not take', () => {
  it.each([
    [401, 'the username or the password'],
    [403, 'the integrator must allow it'],
  ])('are the entity’s own trouble: status %i', async (status, text) => {
    const receiver = await receiving(httpStatus(status));
    const t = await started();
    const authentication = { type: 'basic', username: 'usuari', password: 'inventada' };
    await t.configure(null, { endpoint: { url: receiver.url, authentication } });
    const window = async () =>
      t.rows('select finestra >= 8 as whole, sondeig_proper, recuperat from nt30.aoc_nt_origens');
    const delivery = await deliver(t);
    expect(await t.finished(delivery)).toMatchObject({ status: 'exhausted', attempt: 7 });
    const { attemptList } = await t.delivery(delivery);
    expect(attemptList).toMatchObject(
      Array.from({ length: 7 }, () => ({
        outcome: 'http-error',
        httpStatus: status,
        errorCode: `http-${status}`,
        errorText: expect.stringContaining(text),
      })),
    );
    // Nobody else at the same server is held up.
    expect(await window()).toEqual([{ whole: true, sondeig_proper: null, recuperat: null }]);
  });
});
