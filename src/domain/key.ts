import type { EntityKey } from './notification.ts';

/** What the holder of an API key may do; docs/security.md has the table of roles and calls. */
export const KEY_ROLES = ['admin', 'operator', 'auditor', 'backend', 'integrator'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** The entities that a key reads; null: every one. */
export type Scope = readonly EntityKey[] | null;

/** Whether a key of this scope may know of the entity at all. */
export function isInScope(scope: Scope, { organisation, department }: EntityKey): boolean {
  return (
    scope === null || scope.some((own) => own.organisation === organisation && own.department === department)
  );
}

/** Who asks: the holder of a key that was verified. */
export interface Caller {
  /** The key's id. */
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly scope: Scope;
  readonly requestsPerMinute: number;
}

/**
 * The most entities of one integrator's key: a list reads each of them apart. Whoever runs more bodies than that
 * has several keys, of which a leaked one opens less.
 */
export const MAX_KEY_ENTITIES = 200;

/**
 * Requests that a key may make in a minute where it has no limit of its own: the back end's and the
 * administrators' beyond what a process can take in one, the others' beyond what people and polling need.
 */
export const REQUESTS_PER_MINUTE: Readonly<Record<KeyRole, number>> = {
  admin: 600_000,
  operator: 6_000,
  auditor: 6_000,
  backend: 600_000,
  integrator: 6_000,
};

/** The most that a key's own limit may be. */
export const MAX_REQUESTS_PER_MINUTE = 10_000_000;

/**
 * Whether a role is shown what a message says: the bodies of requests and answers, the texts of errors, which may
 * quote them, and who signed.
 */
export function seesBodies(role: KeyRole): boolean {
  return role === 'admin' || role === 'operator' || role === 'integrator';
}
