import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { itemsOf, members } from '../support/answers.ts';
import { createAuthority } from '../support/certificates.ts';
import { change, ENTITY } from '../support/changes.ts';
import { temporaryFolder } from '../support/folder.ts';
import { fresh, journeyTest, sorted } from '../support/journey.ts';
import { makeKey } from '../support/keys.ts';
import { acknowledge, inTurn, refuse } from '../support/receiver.ts';
import { TEST_KEY, type TestService } from '../support/service.ts';

const { started, receiving, closing } = journeyTest();
const run = promisify(execFile);
const signer = createAuthority().issue(['signatura.example']);
const isInstalled = (process.env.PATH ?? '')
  .split(delimiter)
  .some((directory) => existsSync(join(directory, 'openssl')));

async function read(t: TestService, delivery: string, key = TEST_KEY) {
  const response = await fetch(`${t.url}/v1/deliveries/${delivery}/evidence`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const files =
    response.status === 200 ? new Map(Object.entries(unzipSync(bytes))) : new Map<string, Uint8Array>();
  const text = (name: string): string => new TextDecoder().decode(files.get(name) ?? new Uint8Array());
  return { status: response.status, response, files, text };
}

async function delivered(settings = {}) {
  const receiver = await receiving(inTurn(refuse('no encara'), acknowledge));
  const t = await started({ settings });
  await t.configure(receiver.url, {
    endpoint: { url: receiver.url, authentication: { type: 'bearer', token: 'a-very-secret-token' } },
  });
  const delivery = await t.deliver(change({ notification: fresh() }));
  await t.finished(delivery);
  return { t, receiver, delivery };
}

describe('the evidence of a delivery', () => {
  it('has what was sent, what was answered, the log, the story, and the hash of each', async () => {
    const { t, receiver, delivery } = await delivered();
    const { response, files, text } = await read(t, delivery);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(text('report.xml')).toBe(receiver.requests[0]?.report);
    expect(text('log/01-request.xml')).toBe(receiver.requests[0]?.body.toString('utf8'));
    expect(text('log/01-answer.txt')).toContain('no encara');
    expect(JSON.parse(text('log/02-row.json'))).toMatchObject({ outcome: 'acknowledged', attempt: 2 });
    expect(text('story.ca.txt')).toContain('al segon intent');
    expect(text('story.es.txt')).toContain('al segundo intento');
    expect(text('story.en.txt')).toContain('at the second attempt');
    const manifest = members(JSON.parse(text('manifest.json')));
    expect(manifest.delivery).toBe(delivery);
    const listed = itemsOf(manifest.files);
    expect(sorted(listed.map(({ name }) => name))).toEqual(
      sorted([...files.keys()].filter((name) => name !== 'manifest.json')),
    );
    for (const { name, sha256, bytes } of listed) {
      const content = files.get(String(name)) ?? new Uint8Array();
      expect([createHash('sha256').update(content).digest('hex'), content.length], String(name)).toEqual([
        sha256,
        bytes,
      ]);
    }
    for (const name of files.keys()) expect(text(name), name).not.toContain('a-very-secret-token');
    expect(files.has('manifest.json.sig')).toBe(false);
  });

  it.runIf(isInstalled)(
    'is signed by the service’s certificate, as OpenSSL verifies (where it is installed)',
    async () => {
      const { t, delivery } = await delivered({
        signingCertificate: signer.certificate,
        signingKey: signer.key,
      });
      const { files, text } = await read(t, delivery);
      expect(new X509Certificate(text('certificate.pem')).fingerprint256).toBe(
        new X509Certificate(signer.certificate).fingerprint256,
      );
      const folder = await temporaryFolder();
      closing(async () => rm(folder, { recursive: true, force: true }));
      for (const name of ['certificate.pem', 'manifest.json', 'manifest.json.sig']) {
        await writeFile(join(folder, name), files.get(name) ?? new Uint8Array());
      }
      const openssl = async (...args: string[]) => (await run('openssl', args, { cwd: folder })).stdout;
      await writeFile(
        join(folder, 'key.pem'),
        await openssl('x509', '-in', 'certificate.pem', '-noout', '-pubkey'),
      );
      const verify = [
        'dgst',
        '-sha256',
        '-verify',
        'key.pem',
        '-signature',
        'manifest.json.sig',
        'manifest.json',
      ];
      expect(await openssl(...verify)).toContain('Verified OK');
      await writeFile(join(folder, 'manifest.json'), `${text('manifest.json')} `);
      await expect(openssl(...verify)).rejects.toThrow('openssl');
    },
  );

  it('is for those who see bodies, an integrator its own alone', async () => {
    const { t, delivery } = await delivered();
    const auditor = await makeKey(t.database.db, 'auditor', {});
    const own = await makeKey(t.database.db, 'integrator', { entities: [ENTITY] });
    const other = { organisation: '9900000002', department: '7' };
    const foreign = await makeKey(t.database.db, 'integrator', { entities: [other] });
    expect((await read(t, delivery, auditor.text)).status).toBe(403);
    expect((await read(t, delivery, own.text)).status).toBe(200);
    expect((await read(t, delivery, foreign.text)).status).toBe(404);
    expect((await read(t, 'none')).status).toBe(404);
  });
});
