import type { TestService } from './service.ts';
import { createWatched, until, type Watched } from './watch.ts';

/** One server-sent event: its `id`, `event` and `data`; '' where a line is not there. */
interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** A stream of server-sent events under way. */
export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  readonly events: Watched<ServerEvent>;
  /** Resolves once the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

/**
 * Opens a stream and reads it until it ends or is closed.
 *
 * @param key null: none is sent
 */
export async function listen(
  url: string,
  key: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const closing = new AbortController();
  const response = await fetch(url, {
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    signal: closing.signal,
  });
  const events = createWatched<ServerEvent>();
  async function read(): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) events.note(parse(block));
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    events,
    ended: read().catch(() => undefined),
    close: () => closing.abort(),
  };
}

/** Until a service took the look at its tables that everything later is compared with. */
export async function looked(t: TestService): Promise<void> {
  await until(async () => {
    const rows = await t.rows(
      `select from pg_stat_activity where datname = current_database() and query like '%order by log desc limit 500%'
         and pid <> pg_backend_pid()`,
    );
    return rows.length > 0 ? true : null;
  });
}

function parse(block: string): ServerEvent {
  const of = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { id: of('id'), event: of('event'), data: of('data') };
}
