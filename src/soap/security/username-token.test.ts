import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportArbitrary, xmlText } from '../../../test/support/arbitraries.ts';
import { exampleReport } from '../../../test/support/reports.ts';
import { ENVELOPES, prepared, usernamePolicy } from '../../../test/support/secured.ts';
import { withSecurity } from '../../../test/support/ws-security.ts';
import { DEFAULT_ENDPOINT } from '../../domain/entity.ts';
import { writeContent } from '../envelope.ts';
import { writeReport40 } from '../report-40.ts';
import { secureEnvelope } from './secure-envelope.ts';
import { passwordDigest } from './username-token.ts';

const NOW = Date.parse('2026-11-24T09:15:30.123Z');
const CREATED = '2026-11-24T09:15:30.123Z';
const PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const TOKEN = '//wsse:Security/wsse:UsernameToken';
const REPORT = writeReport40(exampleReport({}));

/** A token as another parser reads it. */
interface ReadToken {
  readonly username: string | null;
  readonly password: string | null;
  readonly type: string | null;
  readonly nonce: string;
  readonly created: string;
  readonly tokens: readonly string[];
  readonly mustUnderstand: string | null;
}

function read(message: Buffer): ReadToken {
  return withSecurity(message, ({ text, tokens, mustUnderstand }) => ({
    username: text(`${TOKEN}/wsse:Username`),
    password: text(`${TOKEN}/wsse:Password`),
    type: text(`${TOKEN}/wsse:Password/@Type`),
    nonce: text(`${TOKEN}/wsse:Nonce`) ?? '',
    created: text(`${TOKEN}/wsu:Created`) ?? '',
    tokens,
    mustUnderstand,
  }));
}

async function sent(
  policy: Parameters<typeof usernamePolicy>[0],
  envelope = DEFAULT_ENDPOINT.envelope,
  report = REPORT,
): Promise<ReadToken & { readonly body: Buffer }> {
  const { body } = await secureEnvelope(report, envelope, prepared(usernamePolicy(policy)), NOW);
  return { ...read(body), body };
}

/** The profile's own words, step by step. */
function digestOf(nonce: string, created: string, password: string): string {
  return createHash('sha1')
    .update(Buffer.from(nonce, 'base64'))
    .update(created, 'utf8')
    .update(password, 'utf8')
    .digest('base64');
}

describe('a UsernameToken', () => {
  const anything = {
    username: xmlText(1, 60),
    password: xmlText(1, 60),
    envelope: fc.constantFrom(...ENVELOPES),
    report: reportArbitrary.map(writeReport40),
  };

  it('has the password’s digest with nonce and instant, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(anything), async ({ username, password, envelope, report }) => {
        const token = await sent({ username, password }, envelope, report);
        expect(token).toMatchObject({ username, type: `${PROFILE}#PasswordDigest`, created: CREATED });
        expect(token.password).toBe(digestOf(token.nonce, token.created, password));
        expect(Buffer.from(token.nonce, 'base64')).toHaveLength(16);
        expect(token.body.includes(`<soapenv:Body>${writeContent(report, envelope)}</soapenv:Body>`)).toBe(
          true,
        );
      }),
    );
  });

  it('has the password itself where its policy says so, with nonce and instant all the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(anything), async ({ username, password, envelope, report }) => {
        const token = await sent({ username, password, digest: false }, envelope, report);
        expect(token).toMatchObject({
          username,
          password,
          type: `${PROFILE}#PasswordText`,
          created: CREATED,
        });
        expect(Buffer.from(token.nonce, 'base64')).toHaveLength(16);
      }),
    );
  });

  it('never has the same nonce twice', async () => {
    const nonces = await Promise.all(Array.from({ length: 200 }, async () => (await sent({})).nonce));
    expect(new Set(nonces).size).toBe(200);
  });

  it('digests a known example', () => {
    // SHA-1 of the bytes 00 to 0f, the instant and the password, by sha1sum.
    const nonce = Buffer.from(Array.from({ length: 16 }, (_, n) => n));
    expect(passwordDigest(nonce, CREATED, 'contrasenya ñ')).toBe('KUDjEt/vB0yvf/2iNNCY5gNn064=');
  });

  it('stands alone, or after a Timestamp where its policy asks for one', async () => {
    expect(await sent({})).toMatchObject({ tokens: ['UsernameToken'], mustUnderstand: '1' });
    const timed = await sent({ timestampSeconds: 60, mustUnderstand: false });
    expect(timed).toMatchObject({ tokens: ['Timestamp', 'UsernameToken'], mustUnderstand: null });
    expect(
      withSecurity(timed.body, ({ text }) => [
        text('//wsu:Timestamp/wsu:Created'),
        text('//wsu:Timestamp/wsu:Expires'),
      ]),
    ).toEqual([CREATED, '2026-11-24T09:16:30.123Z']);
  });

  it('names the secrets that an answer may repeat', async () => {
    const policy = prepared(usernamePolicy({ password: 'a<b>' }));
    const { body, secrets } = await secureEnvelope(REPORT, DEFAULT_ENDPOINT.envelope, policy, NOW);
    expect(secrets).toEqual(['a<b>', read(body).password]);
    const open = prepared(usernamePolicy({ password: 'a<b>', digest: false }));
    expect(await secureEnvelope(REPORT, DEFAULT_ENDPOINT.envelope, open, NOW)).toMatchObject({
      secrets: ['a<b>'],
    });
  });
});
