import { pino } from 'pino';
import { buildApp } from '../../src/api/app.ts';
import { createKeyring } from '../../src/api/auth/keyring.ts';
import { createSessions } from '../../src/api/auth/sessions.ts';
import type { AddRoutes, ApiDependencies } from '../../src/api/types.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-policy.ts';
import type { Database } from '../../src/store/database.ts';
import { ensureAdminKey } from '../../src/store/keys-start.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { members, type Answer } from './answers.ts';

/** The administrator's key. */
export const API_KEY = `test-${'k'.repeat(32)}`;

/** What a request of a test says besides its path. */
export interface ApiRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text or bytes as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** The API on a real socket, any method and headers, with an administrator's key unless told otherwise. */
export interface TestApi {
  readonly url: string;
  /** The origins that the routes have woken. */
  readonly woken: string[];
  /** Lines that were logged. */
  readonly log: string[];
  request(path: string, request?: ApiRequest): Promise<Answer & { readonly text: string }>;
  close(): Promise<void>;
}

/** Serves routes alone, without the engine, on 127.0.0.1. */
export async function startApi(
  db: Database,
  routes: readonly AddRoutes[],
  more: Partial<ApiDependencies> = {},
  port = 0,
): Promise<TestApi> {
  await ensureAdminKey(db, API_KEY);
  const woken: string[] = [];
  const log: string[] = [];
  const app = await buildApp(
    {
      db,
      intake: { submit: () => Promise.reject(new Error('no intake here')), requireRoom: () => undefined },
      sealer: new Sealer(Buffer.alloc(32, 1)),
      keyring: createKeyring(db),
      sessions: createSessions(db, 60_000),
      oidc: null,
      console: null,
      retrySchedule: DEFAULT_RETRY_SCHEDULE,
      wake: (origins) => woken.push(...origins),
      logger: pino({ level: 'warn' }, { write: (line) => log.push(line) }),
      trustedProxies: [],
      tls: null,
      version: '0.0.0',
      ...more,
    },
    routes,
  );
  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    woken,
    log,
    async request(path, { method = 'GET', headers = {}, body } = {}) {
      const isRaw = typeof body === 'string' || body instanceof Uint8Array;
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw ? Buffer.from(body) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
      const json: unknown = isJson ? JSON.parse(text) : {};
      return { status: response.status, headers: response.headers, body: members(json), text };
    },
    close: () => app.close(),
  };
}
