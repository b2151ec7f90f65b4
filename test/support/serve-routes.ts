import type { AddRoutes } from '../../src/api/types.ts';
import type { Database } from '../../src/store/database.ts';
import { startApi } from './api.ts';
import type { Answer } from './answers.ts';

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
  const api = await startApi(db, routes);
  return {
    url: api.url,
    woken: api.woken,
    get: async (path) => api.request(path),
    post: async (path, body) => api.request(path, { method: 'POST', body }),
    close: async () => api.close(),
  };
}
