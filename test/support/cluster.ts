import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/embedded/postgres.ts';
import { startSqs } from '../../src/embedded/sqs.ts';
import { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { temporaryFolder } from './folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's PostgreSQL, as its superuser; its database is the migrated template: do not connect to it. */
    postgresUrl: string;
    /** The run's SQS-compatible server. */
    sqsEndpoint: string;
  }
}

/** Settings for tests alone: speed instead of durability, and room for the pools of several files. */
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};

/** One PostgreSQL and one SQS-compatible server for the whole run; both end with it, their files too. */
export default async function startCluster(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const postgres = await startPostgres(folder, { settings: TEST_SETTINGS });
  const sqs = await startSqs();
  const stop = async (): Promise<void> => {
    await Promise.allSettled([postgres.stop(), sqs.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const template = new Database(postgres.url, { connections: 1, onError: () => undefined });
    await migrate(template);
    await template.close();
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  project.provide('sqsEndpoint', sqs.endpoint);
  return stop;
}
