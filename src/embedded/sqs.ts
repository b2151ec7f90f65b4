/** The embedded SQS-compatible server. */
export interface EmbeddedSqs {
  /** Its base URL, on 127.0.0.1. */
  readonly endpoint: string;
  /** Closes it; its queues and their messages are gone. */
  stop(): Promise<void>;
}

/**
 * Starts an SQS-compatible server inside this process, on loopback alone. It keeps its queues in memory:
 * after a restart the reconciler sends the hints again from PostgreSQL.
 *
 * @param port 0: any free one
 */
export async function startSqs(port = 0): Promise<EmbeddedSqs> {
  // Loaded here: a service with a queue of its own starts without it.
  const { buildApp } = await import('fauxqs');
  // Not `startFauxqs`, which listens on every interface.
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  return { endpoint, stop: () => app.close() };
}
