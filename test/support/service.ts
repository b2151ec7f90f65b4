import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { startService, type Service } from '../../src/compose.ts';
import { DEFAULT_SETTINGS, ROLES, type Role, type Settings } from '../../src/config.ts';
import type { AttemptEvent } from '../../src/delivery/ports.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { createQueue } from './queue.ts';
import { members, type Answer } from './serve-routes.ts';

/** The administrator's key of test services. */
export const TEST_KEY = 'test-key-test-key-test-key-test-key';

/** A service on a database and a queue of its own, and a client of its API. */
export interface TestService {
  readonly service: Service;
  readonly url: string;
  readonly settings: Settings;
  readonly database: TestDatabase;
  /** Every attempt recorded so far, in order. */
  readonly attempts: readonly AttemptEvent[];
  /** Resolves with the first recorded attempt that satisfies the condition, also one of the past. */
  attempted(condition: (event: AttemptEvent) => boolean): Promise<AttemptEvent>;
  /** Resolves once so many attempts are recorded that satisfy the condition. */
  attemptedTimes(count: number, condition: (event: AttemptEvent) => boolean): Promise<void>;
  /** Calls the API with the administrator's key, a body as JSON. */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** Sends state changes as NDJSON. */
  submit(changes: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** What a test's service starts with, where not the defaults. */
export interface TestServiceOptions {
  readonly settings?: Partial<Settings>;
  readonly roles?: readonly Role[];
  /** Another service's database and queue. */
  readonly beside?: TestService;
}

/** Starts a whole service; its retries are short, private endpoints are allowed. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const database = options.beside?.database ?? (await createDatabase());
  const settings = options.beside?.settings ?? (await testSettings(database));
  const attempts: AttemptEvent[] = [];
  const watchers = new Set<() => void>();
  const service = await startService({
    settings: { ...settings, ...options.settings },
    roles: options.roles ?? ROLES,
    migrate: false,
    logger: pino({ level: 'silent' }),
    onAttempt(event) {
      attempts.push(event);
      for (const watch of watchers) watch();
    },
  });
  const url = service.url ?? '';

  async function watch<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        watchers.delete(check);
        resolve(found);
      };
      watchers.add(check);
      check();
    });
  }

  return {
    service,
    url,
    settings,
    database,
    attempts,
    attempted: async (condition) => watch(() => attempts.find(condition)),
    attemptedTimes: async (count, condition) =>
      watch(() => (attempts.filter(condition).length >= count ? null : undefined)).then(() => undefined),
    call: async (method, path, body) =>
      read(
        await fetch(url + path, {
          method,
          headers: { ...AUTHORIZED, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    submit: async (changes) =>
      read(
        await fetch(`${url}/v1/state-changes`, {
          method: 'POST',
          headers: { ...AUTHORIZED, 'content-type': 'application/x-ndjson' },
          body: changes.map((change) => JSON.stringify(change)).join('\n'),
        }),
      ),
    async close() {
      await service.stop();
      if (options.beside === undefined) await database.drop();
    },
  };
}

const AUTHORIZED = { authorization: `Bearer ${TEST_KEY}` };

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: members(body) };
}

async function testSettings(database: TestDatabase): Promise<Settings> {
  const { queue, url, endpoint } = await createQueue();
  queue.close();
  return {
    ...DEFAULT_SETTINGS,
    databaseUrl: database.url,
    secretsKey: randomBytes(32),
    adminKey: TEST_KEY,
    sqsQueueUrl: url,
    sqsEndpoint: endpoint,
    port: 0,
    retrySchedule: [20, 20, 20, 20, 20, 20],
    allowPrivateEndpoints: true,
  };
}
