import { afterAll, beforeAll, beforeEach } from 'vitest';
import { entityRoutes } from '../../src/api/routes/entities.ts';
import { Sealer } from '../../src/store/secrets.ts';
import { startApi, type ApiRequest, type TestApi } from './api.ts';
import { createDatabase, type TestDatabase } from './database.ts';

/** The entity that tests of configurations put. */
export const PATH = '/v1/entities/9900000001/1';
export const NAMES = { organisationName: 'Ajuntament Inventat', departmentName: 'Secretaria' };
export const URL_A = 'https://backoffice.example/reports';
export const URL_B = 'https://other.example:8443/reports';
export const SEALER = new Sealer(Buffer.alloc(32, 7));

/** The API's calls of entities alone, on a database that has none before each test. */
export interface EntityApi {
  readonly database: TestDatabase;
  readonly api: TestApi;
  readonly put: (
    body: unknown,
    headers?: ApiRequest['headers'],
    path?: string,
  ) => ReturnType<TestApi['request']>;
  readonly get: (path?: string, headers?: ApiRequest['headers']) => ReturnType<TestApi['request']>;
}

/** Sets up one test file. */
export function entityApi(): EntityApi {
  let parts: Pick<EntityApi, 'database' | 'api'> | null = null;
  const begun = () => {
    if (parts === null) throw new Error('the tests have not begun');
    return parts;
  };
  beforeAll(async () => {
    const database = await createDatabase();
    parts = { database, api: await startApi(database.db, [entityRoutes], { sealer: SEALER }) };
  });
  beforeEach(async () => {
    await begun().database.db.query(
      'truncate nt30.aoc_nt_configuracio_callbacks, nt30.aoc_nt_punts_recepcio',
    );
  });
  afterAll(async () => {
    await begun().api.close();
    await begun().database.drop();
  });
  return {
    get database() {
      return begun().database;
    },
    get api() {
      return begun().api;
    },
    put: async (body, headers = {}, path = PATH) =>
      begun().api.request(path, { method: 'PUT', body, headers }),
    get: async (path = PATH, headers = {}) => begun().api.request(path, { headers }),
  };
}
