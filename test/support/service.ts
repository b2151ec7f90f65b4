import { randomBytes } from 'node:crypto';
import { pino, type Logger } from 'pino';
import type { QueryResultRow } from 'pg';
import { startService, type Service } from '../../src/compose.ts';
import { DEFAULT_SETTINGS, ROLES, type Role, type Settings } from '../../src/config.ts';
import type { Resolve } from '../../src/delivery/post/resolver.ts';
import type { AttemptEvent } from '../../src/delivery/ports.ts';
import { isFinished } from '../../src/domain/delivery.ts';
import type { KeyRole } from '../../src/domain/key.ts';
import type { EntityKey } from '../../src/domain/notification.ts';
import { configuration, ENTITY } from './changes.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { makeKey } from './keys.ts';
import { createQueue } from './queue.ts';
import { itemsOf, members, type Answer } from './answers.ts';
import { createSqsOperator } from './sqs.ts';
import { createWatched } from './watch.ts';

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
  /** Resolves once this service has brought the delivery to an end. */
  finished(delivery: string): Promise<AttemptEvent>;
  /** Calls the API with the administrator's key, a body as JSON. */
  readonly call: CallApi;
  /** The same with another key, made for a role; an integrator's reads the entities. */
  as(role: KeyRole, entities?: readonly EntityKey[]): Promise<CallApi>;
  /** Puts the configuration of the entity of test/support/changes.ts, or of another one. */
  configure(
    url: string | null,
    more?: Readonly<Record<string, unknown>>,
    entity?: { readonly organisation: string; readonly department: string },
  ): Promise<Answer>;
  /** Sends state changes as NDJSON. */
  submit(changes: readonly unknown[]): Promise<Answer>;
  /** The same, all of which must be taken; answers the deliveries' ids, null where no callback is due. */
  take(...changes: readonly unknown[]): Promise<(string | null)[]>;
  /** The same for one change that causes a callback. */
  deliver(change: unknown): Promise<string>;
  /** A delivery as the API shows it, with its `attemptList`. */
  delivery(id: string): Promise<Answer['body']>;
  /** Rows of a statement. */
  rows<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Stops the service; its database stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Calls the API with one key, a body as JSON. */
export type CallApi = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<Answer & { readonly text: string }>;

/** What a test's service starts with, where not the defaults. */
export interface TestServiceOptions {
  readonly settings?: Partial<Settings>;
  readonly roles?: readonly Role[];
  /** Another service's database and queue. */
  readonly beside?: TestService;
  /** A database that the test has made; it ends with the service. */
  readonly database?: TestDatabase;
  readonly logger?: Logger;
  /** How host names of endpoints are resolved; the system's way by default. */
  readonly resolve?: Resolve;
}

/** Starts a whole service; its retries are short, private endpoints are allowed. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const database = options.beside?.database ?? options.database ?? (await createDatabase());
  const base = options.beside?.settings ?? (await testSettings(database));
  const settings = { ...base, ...options.settings };
  const watched = createWatched<AttemptEvent>();
  const service = await startService({
    settings,
    roles: options.roles ?? ROLES,
    migrate: false,
    logger: options.logger ?? pino({ level: 'silent' }),
    onAttempt: (event) => watched.note(event),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  const url = service.url ?? '';
  let stopped: Promise<void> | null = null;

  const t: TestService = {
    service,
    url,
    settings,
    database,
    attempts: watched.items,
    attempted: async (condition) => watched.first(condition),
    attemptedTimes: async (count, condition) => watched.times(count, condition).then(() => undefined),
    finished: async (delivery) =>
      watched.first(
        (event) => event.delivery === delivery && event.status !== null && isFinished(event.status),
      ),
    call: callWith(url, TEST_KEY),
    as: async (role, entities = []) => callWith(url, (await makeKey(database.db, role, { entities })).text),
    async configure(endpoint, more = {}, { organisation, department } = ENTITY) {
      const path = `/v1/entities/${organisation}/${department}`;
      const answer = await t.call('PUT', path, configuration(endpoint, more));
      if (answer.status > 299) throw new Error(`the configuration was refused: ${answer.status}`);
      return answer;
    },
    submit: async (changes) =>
      read(
        await fetch(`${url}/v1/state-changes`, {
          method: 'POST',
          headers: { ...AUTHORIZED, 'content-type': 'application/x-ndjson' },
          body: changes.map((change) => JSON.stringify(change)).join('\n'),
        }),
      ),
    async take(...changes) {
      const { status, body } = await t.submit(changes);
      if (status !== 202) throw new Error(`the changes were refused: ${JSON.stringify(body)}`);
      return itemsOf(body.results).map(({ deliveryId }) =>
        typeof deliveryId === 'string' ? deliveryId : null,
      );
    },
    async deliver(change) {
      const [delivery] = await t.take(change);
      if (typeof delivery !== 'string') throw new Error('the change causes no callback');
      return delivery;
    },
    delivery: async (id) => (await t.call('GET', `/v1/deliveries/${id}`)).body,
    rows: async (text, values) => database.db.query(text, values),
    async stop() {
      stopped ??= service.stop().then(async () => endAbandonedPolls(settings));
      await stopped;
    },
    async close() {
      await t.stop();
      if (options.beside === undefined) await database.drop();
    },
  };
  return t;
}

function callWith(url: string, key: string): CallApi {
  return async (method, path, body) =>
    read(
      await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
}

async function endAbandonedPolls({ sqsEndpoint, sqsQueueUrl }: Settings): Promise<void> {
  if (sqsEndpoint === null || sqsQueueUrl === null) return;
  const operator = createSqsOperator(sqsEndpoint, sqsQueueUrl);
  // A queue that the test has removed has no polls.
  await operator.endAbandonedPolls().catch(() => undefined);
  operator.close();
}

const AUTHORIZED = { authorization: `Bearer ${TEST_KEY}` };

async function read(response: Response): Promise<Answer & { readonly text: string }> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const body: unknown = isJson ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, body: members(body), text };
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
