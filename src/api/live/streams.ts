import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Caller } from '../../domain/key.ts';
import { ProblemError } from '../../domain/errors.ts';
import type { Queryable } from '../../store/database.ts';
import { readRecent } from '../../store/recent.ts';
import { createRounds, type Rounds } from '../../delivery/rounds.ts';
import { allSections, changesSince, sectionsOf } from './changes.ts';

/** How often the process looks for changes while somebody listens, in milliseconds: so often a hint comes at most. */
const LOOK_MS = 1_000;
/** How often a comment shows that the connection lives, in milliseconds. */
const HEARTBEAT_MS = 15_000;
/** How often it is asked whether the keys of those who listen still work, in milliseconds. */
const KEYS_MS = 5_000;
/** After so long a client that lost its stream comes back, in milliseconds. */
const RETRY_MS = 3_000;
/** Streams that a process keeps, and those of one key. */
const MAX_STREAMS = 200;
export const MAX_STREAMS_OF_KEY = 20;
/** A client that has so many bytes of hints unread has gone: it comes back, or does not. */
const MAX_UNREAD_BYTES = 65_536;

/** Those who listen to one process, and the one look that serves all of them. */
export interface LiveStreams {
  /**
   * Writes the head and keeps the stream until the client goes, the key stops working, or the service stops.
   *
   * @param lastEventId what the client heard last, where it comes back
   * @param stillWorks whether the key is one that works; asked every 5 s
   * @throws ProblemError `busy` where too many listen
   */
  open(
    response: ServerResponse,
    caller: Caller,
    lastEventId: string | null,
    stillWorks: () => Promise<boolean>,
  ): void;
  /** Ends every stream. */
  stop(): Promise<void>;
}

interface Stream {
  readonly response: ServerResponse;
  readonly caller: Caller;
  readonly stillWorks: () => Promise<boolean>;
}

/** Creates the streams of a process. Nothing is read while nobody listens. */
export function createLiveStreams(db: Queryable, logger: Pick<FastifyBaseLogger, 'warn'>): LiveStreams {
  const streams = new Set<Stream>();
  /** Those who came back to what nobody looked at meanwhile: told once there is a look to compare later ones with. */
  const returned = new Set<Stream>();
  // An id of another process, or of before a restart, is none that is known: its client fetches all again.
  const process = randomBytes(6).toString('hex');
  let count = 0;
  let known: ReadonlySet<string> | null = null;
  let looking: Rounds | null = null;
  let beats: NodeJS.Timeout | null = null;
  let keys: NodeJS.Timeout | null = null;
  let ended: Promise<void> = Promise.resolve();
  let isStopped = false;

  const idNow = (): string => `${process}-${count}`;

  async function look(): Promise<number> {
    const rows = await readRecent(db);
    const before = known;
    known = new Set(rows.map(({ id }) => id));
    if (before === null) {
      for (const stream of returned) tell(stream, allSections(stream.caller));
      returned.clear();
      return LOOK_MS;
    }
    const changes = changesSince(before, rows);
    if (changes.rows.length === 0) return LOOK_MS;
    count += 1;
    for (const stream of streams) tell(stream, sectionsOf(changes, stream.caller));
    return LOOK_MS;
  }

  function tell(stream: Stream, sections: readonly string[]): void {
    if (sections.length > 0) write(stream, eventText(idNow(), sections));
  }

  function write(stream: Stream, text: string): void {
    const { response } = stream;
    if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
    else if (response.writable) response.write(text);
  }

  async function checkKeys(): Promise<void> {
    for (const stream of streams) {
      // While the database is away nothing is known of keys: streams stay.
      const works = await stream.stillWorks().catch(() => true);
      if (!works) stream.response.end();
    }
  }

  function begin(): void {
    known = null;
    // What came about while nobody listened was not looked at: nobody who heard an earlier id has missed nothing.
    count += 1;
    looking = createRounds(look, (error) => {
      logger.warn({ err: error }, 'changes could not be looked for; it is tried again');
      return LOOK_MS;
    });
    void looking.start();
    beats = setInterval(() => {
      for (const stream of streams) write(stream, ': \n\n');
    }, HEARTBEAT_MS);
    keys = setInterval(() => void checkKeys(), KEYS_MS);
  }

  function end(): void {
    if (beats !== null) clearInterval(beats);
    if (keys !== null) clearInterval(keys);
    const last = looking;
    looking = null;
    if (last !== null) ended = Promise.all([ended, last.stop()]).then(() => undefined);
  }

  return {
    open(response, caller, lastEventId, stillWorks) {
      const own = [...streams].filter((stream) => stream.caller.id === caller.id).length;
      if (isStopped || streams.size >= MAX_STREAMS || own >= MAX_STREAMS_OF_KEY) {
        throw new ProblemError('busy', 'As many as may listen do.');
      }
      const stream = { response, caller, stillWorks };
      streams.add(stream);
      response.once('close', () => {
        streams.delete(stream);
        returned.delete(stream);
        if (streams.size === 0) end();
      });
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // For nginx, which gathers answers otherwise.
        'x-accel-buffering': 'no',
      });
      if (looking === null) begin();
      response.write(`retry: ${RETRY_MS}\nid: ${idNow()}\n\n`);
      if (lastEventId === null || lastEventId === idNow()) return;
      if (known === null) returned.add(stream);
      else tell(stream, allSections(caller));
    },
    async stop() {
      isStopped = true;
      for (const { response } of streams) response.end();
      end();
      await ended;
    },
  };
}

function eventText(id: string, sections: readonly string[]): string {
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify({ sections })}\n\n`;
}
