import { pino } from 'pino';
import { buildApp } from '../../src/api/app.ts';
import type { AddRoutes } from '../../src/api/types.ts';
import { DEFAULT_RETRY_SCHEDULE } from '../../src/domain/retry-policy.ts';
import type { Database } from '../../src/store/database.ts';
import { ensureAdminKey } from '../../src/store/keys.ts';
import { Sealer } from '../../src/store/secrets.ts';

/** An answer's status and its JSON, read as members of any depth. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Routes on a real socket, called with an administrator's key. */
export interface ServedRoutes {
  readonly url: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** The origins that the routes have woken. */
  readonly woken: string[];
  close(): Promise<void>;
}

/** Serves routes alone, without the engine, on 127.0.0.1. */
export async function serveRoutes(db: Database, routes: readonly AddRoutes[]): Promise<ServedRoutes> {
  const key = `test-${'k'.repeat(32)}`;
  await ensureAdminKey(db, key);
  const woken: string[] = [];
  const app = await buildApp(
    {
      db,
      intake: { submit: () => Promise.reject(new Error('no intake here')) },
      sealer: new Sealer(Buffer.alloc(32)),
      retrySchedule: DEFAULT_RETRY_SCHEDULE,
      wake: (origins) => woken.push(...origins),
      logger: pino({ level: 'silent' }),
      version: '0.0.0',
    },
    routes,
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const authorization = `Bearer ${key}`;

  async function read(response: Response): Promise<Answer> {
    const body: unknown = await response.json();
    return { status: response.status, headers: response.headers, body: members(body) };
  }

  return {
    url,
    woken,
    get: async (path) => read(await fetch(url + path, { headers: { authorization } })),
    post: async (path, body) =>
      read(
        await fetch(url + path, {
          method: 'POST',
          headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    close: () => app.close(),
  };
}

/** An object's members, of a value that must be one. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return Object.fromEntries(Object.entries(value));
}

/** A list's items, each an object. */
export function itemsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(members);
}
