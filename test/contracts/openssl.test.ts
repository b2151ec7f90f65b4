import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, expired } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { sendingTest } from '../support/sending.ts';

const isInstalled = (process.env.PATH ?? '')
  .split(delimiter)
  .some((directory) => existsSync(join(directory, 'openssl')));

// Node's own servers close the connection where they refuse a client certificate; others say so by an alert.
describe.runIf(isInstalled)('a server of OpenSSL (runs where it is installed)', () => {
  const test = sendingTest();
  const authority = createAuthority();
  const server = authority.issue(['127.0.0.1']);
  const running = new Set<ChildProcess>();
  let folder = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder, 'server.pem'), server.certificate + server.key);
    await writeFile(join(folder, 'ca.pem'), authority.certificate);
  });

  afterEach(async () => {
    for (const child of running) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    running.clear();
  });

  afterAll(async () => rm(folder, { recursive: true, force: true }));

  /** Starts one that wants a client certificate of the authority; answers its port. */
  async function start(version: string): Promise<string> {
    const files = ['-cert', join(folder, 'server.pem'), '-CAfile', join(folder, 'ca.pem')];
    const verifying = ['-Verify', '2', '-verify_return_error', '-no_dhe', version];
    const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...files, ...verifying], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    running.add(child);
    for await (const line of createInterface(child.stdout)) {
      const port = /^ACCEPT 127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) return port;
    }
    throw new Error('openssl ended before it listened');
  }

  const foreign = createAuthority('Una altra autoritat inventada').issue(['client.example']);
  const ended = authority.issue(['client.example'], expired());

  it.each([
    ['-tls1_2', 'of another CA', foreign],
    ['-tls1_2', 'that has ended', ended],
    ['-tls1_3', 'of another CA', foreign],
    ['-tls1_3', 'that has ended', ended],
  ])('that refuses a client certificate is told as such: %s, one %s', async (version, _what, client) => {
    const port = await start(version);
    const tls = {
      ca: authority.certificate,
      clientCertificate: client.certificate,
      clientKey: client.key,
    };
    const result = await test.send(`https://127.0.0.1:${port}/`, { endpoint: { tls } });
    expect(result).toMatchObject({
      outcome: 'unreachable',
      errorCode: 'tls-client-certificate-refused',
      httpStatus: null,
    });
    expect(result.errorText).toMatch(
      /renew tls\.clientCertificate, or the integrator must trust its issuer\.$/,
    );
  });
});
