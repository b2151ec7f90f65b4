import { randomBytes } from 'node:crypto';
import type { EnvelopeOptions, SentEnvelope } from '../../domain/entity.ts';
import {
  missingOfPolicy,
  usesServiceSignature,
  type NoPolicy,
  type Policy,
  type SentSecurity,
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
  const bodyXml = writeBody(reportXml, options, security.type);
  const bodyDigest = digestOf(bodyXml);
  const { tokens, sent, secrets } =
    security.type === 'username-token'
      ? usernameTokens(security, bodyDigest, now)
      : await signatureTokens(security, bodyDigest, now);
  return {
    body: Buffer.from(writeMessage(options, security.mustUnderstand, tokens, bodyXml)),
    envelope: { ...options, security: sent },
    secrets,
  };
}

/** What a Security header holds, and what is kept and hidden of it. */
interface Tokens extends Pick<SecuredMessage, 'secrets'> {
  readonly tokens: string;
  readonly sent: SentSecurity;
}

function usernameTokens(policy: UsernameTokenPolicy, bodyDigest: string, now: number): Tokens {
  const { type, username, digest, mustUnderstand, timestampSeconds } = policy;
  const created = writeInstant(now);
  const expires = timestampSeconds === null ? null : writeInstant(now + timestampSeconds * 1_000);
  const sent: SentUsernameToken = { type, username, digest, mustUnderstand, created, expires, bodyDigest };
  const nonce = randomBytes(NONCE_BYTES);
  const password = digest ? passwordDigest(nonce, created, policy.password) : policy.password;
  return {
    tokens: writeUsernameTokens(sent, password, nonce.toString('base64')),
    sent,
    secrets: digest ? [policy.password, password] : [password],
  };
}

async function signatureTokens(policy: SignatureSecurity, bodyDigest: string, now: number): Promise<Tokens> {
  const { type, mustUnderstand, timestampSeconds, key } = policy;
  const { algorithm, fingerprint, certificate } = key;
  const created = writeInstant(now);
  const expires = writeInstant(now + timestampSeconds * 1_000);
  const sent: SentSignature = { type, algorithm, fingerprint, mustUnderstand, created, expires, bodyDigest };
  const signedInfo = signedInfoOf(sent);
  const signature = await signWith(key, signedInfo);
  return { tokens: writeSignatureTokens(sent, certificate, signedInfo, signature), sent, secrets: [] };
}
