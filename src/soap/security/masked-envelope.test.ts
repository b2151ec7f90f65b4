import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportArbitrary, xmlText } from '../../../test/support/arbitraries.ts';
import { ENVELOPES, prepared, signaturePolicy, usernamePolicy } from '../../../test/support/secured.ts';
import { writeReport40 } from '../report-40.ts';
import { writeMaskedEnvelope } from './masked-envelope.ts';
import { secureEnvelope } from './secure-envelope.ts';

const NOW = Date.parse('2026-11-24T09:15:30.123Z');

const anyPolicy = fc.oneof(
  fc.constantFrom('P-256' as const, 'RSA-2048' as const).map((kind) => signaturePolicy(kind)),
  fc
    .record({
      username: xmlText(1, 30),
      password: xmlText(1, 30),
      digest: fc.boolean(),
      mustUnderstand: fc.boolean(),
      timestampSeconds: fc.constantFrom(null, 10, 86_400),
    })
    .map(usernamePolicy),
);

/** A message as it was sent, with what is not kept masked by hand. */
function maskedByHand(message: string): string {
  return message.replace(
    /(<(wsse:Password|wsse:Nonce|wsse:BinarySecurityToken|ds:SignatureValue)(?: [^>]*)?>)[^<]*/g,
    '$1***',
  );
}

describe('a secured message that is shown again', () => {
  it('is the one that was sent, but for what is masked', async () => {
    await fc.assert(
      fc.asyncProperty(
        reportArbitrary.map(writeReport40),
        fc.constantFrom(...ENVELOPES),
        anyPolicy,
        async (report, options, policy) => {
          const { body, envelope } = await secureEnvelope(report, options, prepared(policy), NOW);
          // As it comes from the database.
          const kept: typeof envelope = JSON.parse(JSON.stringify(envelope));
          if (kept.security === undefined) throw new Error('nothing is kept of the header');
          expect(writeMaskedEnvelope(report, kept, kept.security)).toBe(maskedByHand(body.toString()));
        },
      ),
    );
  });

  it('is nothing where the report is another one', async () => {
    const report = '<Report xmlns="http://www.aocat.net/NT/v4.0"></Report>';
    for (const policy of [usernamePolicy(), signaturePolicy('P-256')]) {
      for (const options of ENVELOPES) {
        const { envelope } = await secureEnvelope(report, options, prepared(policy), NOW);
        if (envelope.security === undefined) throw new Error('nothing is kept of the header');
        expect(writeMaskedEnvelope(`${report} `, envelope, envelope.security)).toBeNull();
      }
    }
  });

  it('is made of nothing secret', async () => {
    const password = 'contrasenya inventada';
    for (const digest of [true, false]) {
      const policy = prepared(usernamePolicy({ password, digest }));
      const { envelope, secrets } = await secureEnvelope('<Report/>', ENVELOPES[0], policy, NOW);
      for (const secret of secrets) expect(JSON.stringify(envelope)).not.toContain(secret);
    }
  });
});
