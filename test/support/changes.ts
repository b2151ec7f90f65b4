import { randomUUID } from 'node:crypto';
import { DEFAULT_ENDPOINT } from '../../src/domain/entity.ts';
import type { EntityKey, StateChange } from '../../src/domain/notification.ts';
import type { State } from '../../src/domain/state.ts';
import type { EntitySettings } from '../../src/store/entities.ts';

/** The entity of these changes where nothing else is said. */
export const ENTITY = { organisation: '9900000001', department: '1' };

/** An invented person who has accepted or rejected. */
export const SIGNER = {
  type: 'interested',
  party: {
    person: { document: { type: 'NIF', number: '00000000T' }, fullName: 'Persona Inventada' },
  },
};

/** What may be said of an invented state change. */
export interface ChangeOptions {
  readonly id?: string;
  readonly notification?: string;
  readonly state?: string;
  /** Minutes after 10:00 of a day of the past. */
  readonly minute?: number;
  /** Another instant, with its zone. */
  readonly at?: string;
  readonly kind?: 'NOTIFICACIO' | 'COMUNICACIO';
  readonly origin?: 'INTEGRACIO' | 'EACAT';
  readonly entity?: { readonly organisation: string; readonly department: string };
  readonly backOffice?: string | null;
  readonly signer?: unknown;
  readonly channelChange?: unknown;
  readonly issuerReference?: string;
  /** Further members of `notification`, such as `registry`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A state change of an invented notification, as a caller writes it. */
export function change(options: ChangeOptions = {}) {
  const { minute = 0, notification = '900000000001' } = options;
  const at = `2026-11-02T${String(10 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00.000+01:00`;
  return {
    id: options.id ?? randomUUID(),
    occurredAt: options.at ?? at,
    state: options.state ?? 'DIPOSITADA',
    notification: {
      id: notification,
      kind: options.kind ?? 'NOTIFICACIO',
      origin: options.origin ?? 'INTEGRACIO',
      reference: `EXP-${notification}`,
      entity: options.entity ?? ENTITY,
      ...(options.backOffice === undefined ? {} : { backOffice: options.backOffice }),
      ...(options.issuerReference === undefined ? {} : { issuerReference: options.issuerReference }),
      ...options.facts,
    },
    signer: options.signer ?? null,
    channelChange: options.channelChange ?? null,
  };
}

/** A state change of an invented notification, as the engine takes it. */
export function stateChange(made: {
  readonly id: string;
  readonly notification: string;
  readonly state: State;
  readonly occurredAtMs: number;
  readonly entity: EntityKey;
  readonly backOffice?: string | null;
}): StateChange {
  const { id, notification, state, occurredAtMs, entity, backOffice = null } = made;
  return {
    id,
    occurredAt: new Date(occurredAtMs).toISOString(),
    occurredAtMs,
    state,
    notification: {
      id: notification,
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      entity,
      backOffice,
      reference: 'EXP-1',
      issuerReference: null,
      channel: null,
      expirationDays: null,
      registry: null,
    },
    signer: null,
    channelChange: null,
  };
}

/** An entity's configuration as the store takes it: online callbacks to `url`, or nowhere yet where it is null. */
export function entitySettings(url: string | null, more: Partial<EntitySettings> = {}): EntitySettings {
  return {
    organisationName: 'Ajuntament Inventat',
    departmentName: 'Secretaria',
    online: true,
    daily: false,
    sendCancelled: true,
    retryDelays: null,
    endpoint: { ...DEFAULT_ENDPOINT, url },
    backOffices: new Map(),
    ...more,
  };
}

/** An entity's configuration with an endpoint, or without one where `url` is null. */
export function configuration(url: string | null, more: Readonly<Record<string, unknown>> = {}) {
  return {
    organisationName: 'Ajuntament Inventat',
    departmentName: 'Secretaria',
    online: true,
    ...(url === null ? {} : { endpoint: { url, timeoutMs: 5_000 } }),
    ...more,
  };
}
