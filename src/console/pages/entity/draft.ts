import type { EndpointBody, EndpointView, Entity, EntityBody } from './calls.ts';

/** How a secret stands in a form: written anew, kept as it is stored, or none. */
export type Secret = string | { set: true } | null;

export type Policy = NonNullable<EndpointBody['policy']>;
export type Authentication = NonNullable<EndpointBody['authentication']>;
export type Tls = NonNullable<EndpointBody['tls']>;
type Envelope = NonNullable<EndpointBody['envelope']>;
type MessageVersion = NonNullable<EndpointBody['messageVersion']>;

/** An endpoint as a form holds it. */
export interface EndpointDraft {
  readonly url: string;
  readonly messageVersion: MessageVersion;
  readonly timeoutMs: number;
  readonly policy: Policy;
  readonly authentication: Authentication;
  readonly tls: Tls;
  readonly envelope: Envelope;
}

/** An entity's configuration as forms hold it. */
export interface Draft {
  readonly organisationName: string;
  readonly departmentName: string;
  readonly online: boolean;
  readonly daily: boolean;
  readonly sendCancelled: boolean;
  /** Null: the service's own. */
  readonly retryDelays: readonly string[] | null;
  readonly endpoint: EndpointDraft;
  readonly backOffices: Readonly<Record<string, EndpointDraft>>;
}

/** What a new endpoint begins with; the same defaults as the service's. */
export const NEW_ENDPOINT: EndpointDraft = {
  url: '',
  messageVersion: '4.0',
  timeoutMs: 30_000,
  policy: { type: 'none' },
  authentication: { type: 'none' },
  tls: { ca: null, clientCertificate: null, clientKey: null },
  envelope: {},
};

/** A configuration as a form begins with it. */
export function draftOf(entity: Entity): Draft {
  return {
    organisationName: entity.organisationName,
    departmentName: entity.departmentName,
    online: entity.online,
    daily: entity.daily,
    sendCancelled: entity.sendCancelled,
    retryDelays: entity.retryDelays,
    endpoint: endpointDraftOf(entity.endpoint),
    backOffices: Object.fromEntries(
      Object.entries(entity.backOffices).map(([code, { endpoint }]) => [code, endpointDraftOf(endpoint)]),
    ),
  };
}

function endpointDraftOf({ url, messageVersion, timeoutMs, policy, ...view }: EndpointView): EndpointDraft {
  const { ca, clientCertificate, clientKey } = view.tls;
  const { soapVersion, wrapper, soapAction } = view.envelope;
  return {
    url: url ?? '',
    messageVersion: messageVersion === '3.2' ? '3.2' : '4.0',
    timeoutMs,
    policy: policyDraftOf(policy),
    authentication: view.authentication,
    tls: { ca, clientCertificate, clientKey },
    envelope: { soapVersion: soapVersion === '1.2' ? '1.2' : '1.1', wrapper, soapAction },
  };
}

function policyDraftOf(policy: EndpointView['policy']): Policy {
  if (policy.type !== 'signature') return policy;
  const { certificateInfo: _info, ...rest } = policy;
  return rest;
}

/** A draft as it is put. */
export function bodyOf({ endpoint, backOffices, retryDelays, ...rest }: Draft): EntityBody {
  return {
    ...rest,
    retryDelays: retryDelays === null ? null : [...retryDelays],
    endpoint: endpointBodyOf(endpoint),
    backOffices: Object.fromEntries(
      Object.entries(backOffices).map(([code, each]) => [code, { endpoint: endpointBodyOf(each) }]),
    ),
  };
}

/**
 * A draft as the service is asked what it makes of it: a secret that is still to be written is none yet. As it stands,
 * the service would refuse it, and say nothing of the rest.
 */
export function checkedBodyOf({ endpoint, backOffices, ...rest }: Draft): EntityBody {
  return bodyOf({
    ...rest,
    endpoint: withoutUnwritten(endpoint),
    backOffices: Object.fromEntries(
      Object.entries(backOffices).map(([code, each]) => [code, withoutUnwritten(each)]),
    ),
  });
}

function withoutUnwritten({ authentication, policy, tls, ...rest }: EndpointDraft): EndpointDraft {
  return {
    ...rest,
    authentication: {
      ...authentication,
      ...('password' in authentication ? { password: written(authentication.password) } : {}),
      ...('token' in authentication ? { token: written(authentication.token) } : {}),
    },
    policy: {
      ...policy,
      ...('password' in policy ? { password: written(policy.password) } : {}),
      ...('privateKey' in policy ? { privateKey: written(policy.privateKey) } : {}),
    },
    tls: { ...tls, clientKey: written(tls.clientKey) },
  };
}

function written(secret: Secret | undefined): Secret {
  return secret === '' ? null : (secret ?? null);
}

function endpointBodyOf({ url, ...rest }: EndpointDraft): EndpointBody {
  return { ...rest, url: url.trim() === '' ? null : url.trim() };
}
