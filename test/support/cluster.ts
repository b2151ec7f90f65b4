import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Settings for tests alone: speed instead of durability, and room for the pools of several files. A backend that ends
 * gives back each page of the shared buffers that it has seen, and thousands do.
 */
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '32MB',
};

/** Whoever connects is believed: a password's handshake takes as long as all the rest of a connection. */
const TRUST = 'host all all 127.0.0.1/32 trust\n';

/** One PostgreSQL and one SQS-compatible server for the whole run; both end with it, their files too. */
export default async function startCluster(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const trust = join(folder, 'trust.conf');
  await writeFile(trust, TRUST, { mode: 0o644 });
  const postgres = await startPostgres(folder, { settings: { ...TEST_SETTINGS, hba_file: trust } });
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
