import { randomBytes } from 'node:crypto';
import type { EnvelopeOptions, SentEnvelope } from '../../domain/entity.ts';
import {
  missingOfPolicy,
  usesServiceSignature,
  type NoPolicy,
  type Policy,
  type SignaturePolicy,
  type UsernameTokenPolicy,
} from '../../domain/policy.ts';
import {
  signedInfoOf,
  writeBody,
  writeMessage,
  writeSignatureTokens,
  writeUsernameTokens,
  type SentSignature,
  type SentUsernameToken,
} from './secured-message.ts';
import { digestOf } from './signature.ts';
import { readSigningKey, signWith, type SigningKey } from './signing-key.ts';
import { writeInstant } from './timestamp.ts';
import { passwordDigest } from './username-token.ts';

/** Bytes of a nonce: none comes twice (UsernameToken Profile 1.1, 3.1). */
const NONCE_BYTES = 16;

/** A signature policy with its key parsed. */
interface SignatureSecurity extends Pick<SignaturePolicy, 'type' | 'mustUnderstand' | 'timestampSeconds'> {
  readonly key: SigningKey;
}

/** A policy that can be used at each attempt: complete, its key parsed. */
export type Security = NoPolicy | UsernameTokenPolicy | SignatureSecurity;

/** A message as it is sent. */
export interface SecuredMessage {
  /** The XML, UTF-8. */
  readonly body: Buffer;
  /** What the log keeps of it besides the report. */
  readonly envelope: SentEnvelope;
  /** Texts that the log masks wherever an answer repeats them. */
  readonly secrets: readonly string[];
}

/**
 * Makes a policy ready. Null where it cannot be used: it lacks something, or its key cannot sign.
 *
 * @param serviceKey the service's own, for signature policies without one
 */
export function prepareSecurity(policy: Policy, serviceKey: SigningKey | null): Security | null {
  if (policy.type !== 'signature') return missingOfPolicy(policy, false).length === 0 ? policy : null;
  const { type, certificate, privateKey, mustUnderstand, timestampSeconds } = policy;
  const own = certificate === null || privateKey === null ? null : readSigningKey(certificate, privateKey);
  const key = usesServiceSignature(policy) ? serviceKey : own;
  return key === null ? null : { type, mustUnderstand, timestampSeconds, key };
}

/**
 * Encloses a report as a policy asks for. Instants, nonce and signature are fresh each time.
 *
 * @param reportXml the Report element in exclusive canonical form, declaring its own namespaces
 * @param now milliseconds since the epoch
 */
export async function secureEnvelope(
  reportXml: string,
  options: EnvelopeOptions,
  security: Exclude<Security, NoPolicy>,
  now: number,
): Promise<SecuredMessage> {
  const created = writeInstant(now);
  const bodyXml = writeBody(reportXml, options, security.type);
  const bodyDigest = digestOf(bodyXml);
  if (security.type === 'username-token') {
    const { type, username, digest, mustUnderstand, timestampSeconds } = security;
    const expires = timestampSeconds === null ? null : expiryOf(now, timestampSeconds);
    const sent: SentUsernameToken = { type, username, digest, mustUnderstand, created, expires, bodyDigest };
    const nonce = randomBytes(NONCE_BYTES);
    const password = digest ? passwordDigest(nonce, created, security.password) : security.password;
    const tokens = writeUsernameTokens(sent, password, nonce.toString('base64'));
    return {
      body: Buffer.from(writeMessage(options, mustUnderstand, tokens, bodyXml)),
      envelope: { ...options, security: sent },
      secrets: digest ? [security.password, password] : [password],
    };
  }
  const { type, mustUnderstand, timestampSeconds, key } = security;
  const { algorithm, fingerprint, certificate } = key;
  const expires = expiryOf(now, timestampSeconds);
  const sent: SentSignature = { type, algorithm, fingerprint, mustUnderstand, created, expires, bodyDigest };
  const signedInfo = signedInfoOf(sent);
  const tokens = writeSignatureTokens(sent, certificate, signedInfo, await signWith(key, signedInfo));
  return {
    body: Buffer.from(writeMessage(options, mustUnderstand, tokens, bodyXml)),
    envelope: { ...options, security: sent },
    secrets: [],
  };
}

function expiryOf(now: number, seconds: number): string {
  return writeInstant(now + seconds * 1_000);
}
