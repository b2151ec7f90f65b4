import type { KeyRole } from '../../src/domain/key.ts';
import type { Database } from '../../src/store/database.ts';
import { createKey, type KeySettings } from '../../src/store/keys-managed.ts';
import type { ApiRequest, TestApi } from './api.ts';

/** Who makes the keys of tests. */
const TESTER = { id: null, name: 'tester' } as const;

/** Makes a key of a role; an integrator's reads the entities given. */
export async function makeKey(
  db: Database,
  role: KeyRole,
  more: Partial<KeySettings> = {},
): Promise<{ readonly id: string; readonly text: string }> {
  const settings = {
    name: `${role}’s`,
    role,
    entities: [],
    requestsPerMinute: null,
    expiresAt: null,
    certificate: null,
    ...more,
  };
  const { view, text } = await createKey(db, settings, TESTER);
  return { id: view.id, text };
}

/** A key of a test, and requests made with it. */
export interface TestKey {
  readonly id: string;
  readonly text: string;
  readonly request: TestApi['request'];
}

/** Makes a key as `makeKey` does, for a test's API. */
export async function keyOf(
  db: Database,
  api: Pick<TestApi, 'request'>,
  role: KeyRole,
  more: Partial<KeySettings> = {},
): Promise<TestKey> {
  const { id, text } = await makeKey(db, role, more);
  const request = async (path: string, { headers = {}, ...rest }: ApiRequest = {}) =>
    api.request(path, { ...rest, headers: { authorization: `Bearer ${text}`, ...headers } });
  return { id, text, request };
}
