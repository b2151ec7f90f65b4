import { beforeAll } from 'vitest';
import { KEY_ROLES, type KeyRole } from '../../src/domain/key.ts';
import { ENTITY } from './changes.ts';
import { sharedJourney, type SharedJourney } from './journey.ts';
import type { CallApi } from './service.ts';

/** An entity besides that of test/support/changes.ts, of which the integrator's key is not. */
export const OTHER = { organisation: '9900000002', department: '7' };

/** One service for all tests of a file, with a key of each role. */
export interface RoleJourney {
  readonly journey: SharedJourney;
  /** Calls the API as a role; the integrator is the entity's. */
  readonly call: (role: KeyRole, ...request: Parameters<CallApi>) => ReturnType<CallApi>;
}

/** Sets up one test file. */
export function roleJourney(): RoleJourney {
  const journey = sharedJourney();
  const as = new Map<KeyRole, CallApi>();
  beforeAll(async () => {
    for (const role of KEY_ROLES) {
      as.set(role, await journey.t.as(role, role === 'integrator' ? [ENTITY] : []));
    }
    await journey.t.configure('http://127.0.0.1:1/other', {}, OTHER);
  });
  return {
    journey,
    async call(role, ...request) {
      const caller = as.get(role);
      if (caller === undefined) throw new Error(`no key of ${role}`);
      return caller(...request);
    },
  };
}
