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

  /** Whether xmlsec1 accepts a message by the certificate of this kind, both references included. */
  async function accepts(message: Buffer, kind: SigningKeyKind): Promise<boolean> {
    const file = join(folder, 'message.xml');
    await writeFile(file, message);
    const bodies = Object.values(SOAP_NAMESPACES).map((namespace) => `${namespace}:Body`);
    const ids = [`${WSU}:Timestamp`, ...bodies].flatMap((name) => ['--id-attr:Id', name]);
    const key = ['--pubkey-cert-pem', join(folder, `${kind}.pem`)];
    return new Promise((resolve) => {
      execFile('xmlsec1', ['--verify', ...key, ...ids, file], (error, _stdout, stderr) =>
        resolve(error === null && stderr.includes('References (ok/all): 2/2')),
      );
    });
  }

  it.each(SIGNING_KEY_KINDS)('accepts every message that is signed with %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(reportArbitrary, fc.constantFrom(...ENVELOPES), async (report, envelope) => {
        const security = prepared(signaturePolicy(kind));
        const { body } = await secureEnvelope(writeReport40(report), envelope, security, Date.now());
        expect(await accepts(body, kind)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses a message that was changed, or is judged by another certificate', async () => {
    const [envelope] = ENVELOPES;
    const report = '<Report xmlns="http://www.aocat.net/NT/v4.0"></Report>';
    const { body } = await secureEnvelope(report, envelope, prepared(signaturePolicy('P-256')), Date.now());
    expect(await accepts(body, 'P-256')).toBe(true);
    expect(await accepts(body, 'P-384')).toBe(false);
    for (const [from, to] of [
      ['<Report ', '<report '],
      ['<wsu:Expires>2', '<wsu:Expires>3'],
    ] as const) {
      expect(await accepts(Buffer.from(body.toString().replace(from, to)), 'P-256')).toBe(false);
    }
  });
});
