import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOAP_NAMESPACES } from '../../src/soap/envelope.ts';
import { writeReport40 } from '../../src/soap/report-40.ts';
import { secureEnvelope } from '../../src/soap/security/secure-envelope.ts';
import { reportArbitrary } from '../support/arbitraries.ts';
import { temporaryFolder } from '../support/folder.ts';
import {
  ENVELOPES,
  prepared,
  SIGNING_KEY_KINDS,
  signaturePolicy,
  signingPair,
  type SigningKeyKind,
} from '../support/secured.ts';

const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

const isInstalled = (process.env.PATH ?? '')
  .split(delimiter)
  .some((directory) => existsSync(join(directory, 'xmlsec1')));

describe.runIf(isInstalled)('xmlsec1 (runs where it is installed)', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const kind of SIGNING_KEY_KINDS) {
      await writeFile(join(folder, `${kind}.pem`), signingPair(kind).certificate);
    }
  });

  afterAll(async () => rm(folder, { recursive: true, force: true }));

  /** Whether xmlsec1 accepts each message by the certificate of this kind, both references included. */
  async function accepts(kind: SigningKeyKind, ...messages: readonly Buffer[]): Promise<boolean> {
    const files = messages.map((_, n) => join(folder, `message-${n}.xml`));
    await Promise.all(messages.map(async (message, n) => writeFile(files[n] ?? '', message)));
    const bodies = Object.values(SOAP_NAMESPACES).map((namespace) => `${namespace}:Body`);
    const ids = [`${WSU}:Timestamp`, ...bodies].flatMap((name) => ['--id-attr:Id', name]);
    const key = ['--pubkey-cert-pem', join(folder, `${kind}.pem`)];
    return new Promise((resolve) => {
      execFile('xmlsec1', ['--verify', ...key, ...ids, ...files], (error, _stdout, stderr) => {
        const whole = stderr.match(/References \(ok\/all\): 2\/2/g) ?? [];
        resolve(error === null && whole.length === messages.length);
      });
    });
  }

  // Many at once: a program that starts takes longer than a signature.
  const some = fc.array(fc.record({ report: reportArbitrary, envelope: fc.constantFrom(...ENVELOPES) }), {
    minLength: 10,
    maxLength: 10,
  });

  it.each(SIGNING_KEY_KINDS)('accepts every message that is signed with %s', async (kind) => {
    const security = prepared(signaturePolicy(kind));
    await fc.assert(
      fc.asyncProperty(some, async (messages) => {
        const signed = await Promise.all(
          messages.map(async ({ report, envelope }) =>
            secureEnvelope(writeReport40(report), envelope, security, Date.now()),
          ),
        );
        expect(await accepts(kind, ...signed.map(({ body }) => body))).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  it('refuses a message that was changed, or is judged by another certificate', async () => {
    const [envelope] = ENVELOPES;
    const report = '<Report xmlns="http://www.aocat.net/NT/v4.0"></Report>';
    const { body } = await secureEnvelope(report, envelope, prepared(signaturePolicy('P-256')), Date.now());
    expect(await accepts('P-256', body)).toBe(true);
    expect(await accepts('P-384', body)).toBe(false);
    for (const [from, to] of [
      ['<Report ', '<report '],
      ['<wsu:Expires>2', '<wsu:Expires>3'],
    ] as const) {
      const changed = Buffer.from(body.toString().replace(from, to));
      expect(await accepts('P-256', changed)).toBe(false);
      expect(await accepts('P-256', body, changed)).toBe(false);
    }
  });
});
