import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Database } from './database.ts';

const CHANNEL = 'enotum_callbacks_wake';

/** NOTIFY's payload is shorter than 8,000 bytes; what does not fit is found by the relay's poll. */
const MAX_PAYLOAD = 7_900;

/** At most one NOTIFY in this time, in milliseconds. */
const GATHER_MS = 5;

/** Before a lost connection is made again, in milliseconds. */
const RECONNECT_MS = 1_000;

/**
 * Tells relays in other processes of origins that may have something to send, in a statement of its own after
 * the commit: within the intake's transaction NOTIFY would serialise the commits of all.
 */
export function createWakeNotifier(db: Database): (origins: readonly string[]) => void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  async function notify(): Promise<void> {
    timer = null;
    const payload = [...waiting].join(',').slice(0, MAX_PAYLOAD);
    waiting.clear();
    // A hint that is lost costs no more than the relay's next poll.
    await db.query('select pg_notify($1, $2)', [CHANNEL, payload], 'wake').catch(() => undefined);
  }

  return (origins) => {
    for (const origin of origins) waiting.add(origin);
    if (waiting.size > 0 && timer === null) timer = setTimeout(() => void notify(), GATHER_MS);
  };
}

/** Listens for it on a direct connection, made again whenever it is lost. */
export function listenForWake(
  url: string,
  onWake: (origins: readonly string[]) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: url, application_name: 'enotum-callbacks wake' });
    client.on('notification', ({ payload }) => {
      // A number cut off at the payload's end names no origin or another one: either is harmless.
      const origins = (payload ?? '').split(',').filter((origin) => /^\d{1,18}$/.test(origin));
      onWake(origins);
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    return client;
  }

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const client = await connect();
        await new Promise<void>((resolve) => {
          client.once('end', resolve).once('error', () => resolve());
          stopping.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await client.end().catch(() => undefined);
      } catch {
        // The database is away; the poll finds what is due until the connection is back.
      }
      await delay(RECONNECT_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const listening = listen();
  return {
    async stop() {
      stopping.abort();
      await listening;
    },
  };
}
