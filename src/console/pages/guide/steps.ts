import type { EntityKey } from '../entity/calls.ts';

/** The way from nothing to a first acknowledged test. Each step is saved: the address says where one is. */
export const STEPS = ['names', 'address', 'access', 'test', 'on'] as const;

export type Step = (typeof STEPS)[number];

/** Goes to a step of an entity. */
export type GoTo = (step: Step, key: EntityKey) => void;
