import type { EnvelopeOptions } from '../../domain/entity.ts';
import { MASK } from '../../domain/mask.ts';
import type { SentSecurity } from '../../domain/policy.ts';
import {
  signedInfoOf,
  writeBody,
  writeMessage,
  writeSignatureTokens,
  writeUsernameTokens,
} from './secured-message.ts';
import { digestOf } from './signature.ts';

/**
 * The message that was sent, byte by byte but for what is not kept, which is masked: password, nonce, certificate,
 * signature. Null where the report is no
 * longer the one that was sent.
 *
 * @param reportXml as it is now
 */
export function writeMaskedEnvelope(
  reportXml: string,
  options: EnvelopeOptions,
  sent: SentSecurity,
): string | null {
  const bodyXml = writeBody(reportXml, options, sent.type);
  if (digestOf(bodyXml) !== sent.bodyDigest) return null;
  const tokens =
    sent.type === 'username-token'
      ? writeUsernameTokens(sent, MASK, MASK)
      : writeSignatureTokens(sent, MASK, signedInfoOf(sent), MASK);
  return writeMessage(options, sent.mustUnderstand, tokens, bodyXml);
}
