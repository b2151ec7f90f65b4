import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgresProcess, type PostgresProcess } from '../parts/postgres-process.ts';
import { startQueueProxy, type QueueProxy } from '../parts/queue-proxy.ts';
import { startQueueServer, type QueueServer } from '../parts/queue-server.ts';
import { newSecretsKey, type Trial } from '../parts/trial.ts';

/** A database and a queue outside the service, each in processes of its own. */
export interface Outside {
  readonly postgres: PostgresProcess;
  readonly queueServer: QueueServer;
  /** Stands between the service and `queueServer`. */
  readonly queue: QueueProxy;
  /** What a service needs to find them. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts them; they end with the trial. */
export async function startOutside(trial: Trial): Promise<Outside> {
  const dataDir = join(trial.folder, 'database');
  await mkdir(dataDir);
  const postgres = await startPostgresProcess(dataDir);
  trial.atEnd(async () => postgres.stop());
  const queueServer = await startQueueServer();
  trial.atEnd(async () => queueServer.kill());
  const queue = await startQueueProxy(queueServer.port);
  trial.atEnd(async () => queue.close());
  const env = { DATABASE_URL: postgres.url, SECRETS_KEY: newSecretsKey(), SQS_ENDPOINT: queue.endpoint };
  return { postgres, queueServer, queue, env };
}
