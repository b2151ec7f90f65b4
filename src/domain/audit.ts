import type { EntityKey } from './notification.ts';

/** What is noted of those who change something, and of who comes into the console; reading is not. */
export const AUDIT_ACTIONS = [
  'entity-created',
  'entity-replaced',
  'entity-deleted',
  'entity-paused',
  'entity-resumed',
  'entity-retried',
  'entity-tested',
  'endpoint-suspended',
  'endpoint-resumed',
  'key-created',
  'key-rotated',
  'key-revoked',
  'delivery-resent',
  'delivery-cancelled',
  'resends-created',
  'resends-paused',
  'resends-resumed',
  'resends-cancelled',
  'secrets-rotated',
  'signed-in',
  'signed-out',
  'sign-in-failed',
  'session-ended',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who does something: the holder of a key, or the service itself. */
export interface Actor {
  /** The key's id; null: the service. */
  readonly id: string | null;
  readonly name: string;
}

/** What the service does by its settings: at a start, and when it suspends an endpoint. */
export const THE_SERVICE: Actor = { id: null, name: 'enotum-callbacks' };

/** Who tried to sign in, and did not prove who they are. */
export const NOBODY_KNOWN: Actor = { id: null, name: 'unknown' };

/** One thing that was done; no member ever holds a secret or personal data. */
export interface AuditedAction {
  readonly action: AuditAction;
  /** The entity that it concerns; null where none is. */
  readonly entity: EntityKey | null;
  /** The key that it was done to. */
  readonly key?: string;
  /** The delivery that it was done to. */
  readonly delivery?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}
