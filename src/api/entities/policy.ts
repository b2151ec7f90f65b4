import { SIGNING_KEYS, describeCertificate, signatureAlgorithmOf } from '../../domain/certificate.ts';
import {
  DEFAULT_TIMESTAMP_SECONDS,
  usesServiceSignature,
  type Policy,
  type SignaturePolicy,
} from '../../domain/policy.ts';
import { checkKeyPair } from './key-pair.ts';
import type { EndpointBody, EndpointView } from './schema.ts';
import { readSecret, viewSecret, type Tell } from './secret.ts';

type PolicyBody = NonNullable<EndpointBody['policy']>;

/** @param current the policy as it is stored, from which a secret that stays is taken; null where there is none */
export function readPolicy(body: PolicyBody, current: Policy | null, tell: Tell): Policy {
  switch (body.type) {
    case 'none':
      return { type: 'none' };
    case 'username-token': {
      const stored = current?.type === 'username-token' ? current.password : null;
      return {
        type: 'username-token',
        username: body.username ?? '',
        password: readSecret(body.password, stored, 'policy.password', tell) ?? '',
        digest: body.digest ?? true,
        mustUnderstand: body.mustUnderstand ?? true,
        timestampSeconds: body.timestampSeconds ?? null,
      };
    }
    case 'signature':
      return readSignature(body, current?.type === 'signature' ? current : null, tell);
  }
}

function readSignature(
  body: Extract<PolicyBody, { type: 'signature' }>,
  current: SignaturePolicy | null,
  tell: Tell,
): Policy {
  const certificate = body.certificate ?? null;
  const stored = current?.privateKey ?? null;
  const privateKey = readSecret(body.privateKey, stored, 'policy.privateKey', tell);
  const names = { certificate: 'policy.certificate', key: 'policy.privateKey' };
  const key = checkKeyPair(certificate, privateKey, names, tell);
  if (key !== null && signatureAlgorithmOf(key) === null) tell(names.key, `must be ${SIGNING_KEYS}`);
  return {
    type: 'signature',
    certificate,
    privateKey,
    mustUnderstand: body.mustUnderstand ?? true,
    timestampSeconds: body.timestampSeconds ?? DEFAULT_TIMESTAMP_SECONDS,
  };
}

/** @param serviceCertificate the service's own, PEM, which applies where a signature policy has none */
export function viewPolicy(policy: Policy, serviceCertificate: string | null): EndpointView['policy'] {
  switch (policy.type) {
    case 'none':
      return { type: 'none' };
    case 'username-token':
      return { ...policy, password: viewSecret(policy.password) };
    case 'signature':
      return {
        ...policy,
        privateKey: viewSecret(policy.privateKey),
        certificateInfo: describeCertificate(
          usesServiceSignature(policy) ? serviceCertificate : policy.certificate,
        ),
      };
  }
}
