import { useEffect } from 'preact/hooks';
import { keep, readKept } from '../kept.ts';
import { createValue } from '../value.ts';
import { api } from './client.ts';
import { readEvents } from './event-stream.ts';
import { endOnSignOut, queries } from './query.ts';
import { ApiProblem } from './problem.ts';

declare module '@tanstack/preact-query' {
  interface Register {
    queryMeta: {
      /** The sections of `GET /v1/live` at whose hints this is read again while it is shown. */
      readonly live?: readonly string[];
    };
  }
}

/**
 * `opening`: the stream is being begun. `open`: what is shown is of now. `lost`: the stream ended, or could not begin, and
 * is tried again. `held`: its reader wants no change.
 */
export type LiveState = 'opening' | 'open' | 'lost' | 'held';

/** What is hinted at is read at most so often, in milliseconds: pages that change faster cannot be read. */
const CALM_MS = 2_000;
/** After so long a stream that ended is begun again, and after so long at the most, in milliseconds. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

const state = createValue<LiveState>(readKept('live') === 'held' ? 'held' : 'opening');
let isWanted = false;
let stream: AbortController | null = null;
let retry: ReturnType<typeof setTimeout> | null = null;
let failures = 0;
let lastId: string | null = null;
const hinted = new Set<string>();
let reading: ReturnType<typeof setTimeout> | null = null;
let readAt = 0;

/**
 * How the page’s connection to `GET /v1/live` stands. A page has itself read again by what its query says:
 * `useQuery({ …, meta: { live: ['deliveries'] } })`; one connection serves all of a tab.
 */
export function useLive(): LiveState {
  return state.use();
}

/** Whether what is shown goes on being true: its reader does not hold it, and the service tells of changes. */
export function useIsFollowed(): boolean {
  const live = useLive();
  return live !== 'lost' && live !== 'held';
}

/**
 * How often a page asks without a hint, in milliseconds: not at all while its reader holds it.
 *
 * @param ms what it is else
 */
export function usePolling(ms: number): number | false {
  return useLive() === 'held' ? false : ms;
}

/** Holds what is shown as it is, or lets it go on; the browser keeps the choice. */
export function holdLive(isHeld: boolean): void {
  keep('live', isHeld ? 'held' : '');
  state.set(isHeld ? 'held' : 'opening');
  if (isHeld) close();
  else {
    refreshAll();
    settle();
  }
}

/** Keeps the tab’s connection while the component is there and the tab is seen: once, in the shell. */
export function useLiveConnection(): void {
  useEffect(() => {
    const look = (): void => {
      failures = 0;
      settle();
    };
    isWanted = true;
    look();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    addEventListener('offline', lose);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
      removeEventListener('offline', lose);
      isWanted = false;
      // Whoever signs in next is told of other things.
      lastId = null;
      close();
    };
  }, []);
}

function settle(): void {
  if (!isWanted || state.get() === 'held' || document.visibilityState === 'hidden') close();
  else if (stream === null) void listen();
}

/** Without a network a stream that seems open tells nothing, and its end may be noticed minutes later. */
function lose(): void {
  close();
  if (state.get() !== 'held') state.set('lost');
}

function close(): void {
  if (retry !== null) clearTimeout(retry);
  retry = null;
  stream?.abort();
  stream = null;
}

async function listen(): Promise<void> {
  close();
  const mine = new AbortController();
  stream = mine;
  try {
    const { data, response } = await api.GET('/v1/live', {
      parseAs: 'stream',
      signal: mine.signal,
      headers: lastId === null ? {} : { 'last-event-id': lastId },
    });
    if (data === undefined || data === null) throw new ApiProblem('', response.status, '');
    // Without an id to come back with nobody says what was missed.
    if (failures > 0 && lastId === null) refreshAll();
    failures = 0;
    state.set('open');
    for await (const { id, name, data: hint } of readEvents(data)) {
      lastId = id;
      if (name === 'change') note(sectionsOf(hint));
    }
  } catch (error) {
    if (error instanceof ApiProblem) endOnSignOut(error);
  }
  if (stream !== mine) return;
  stream = null;
  state.set('lost');
  const delay = Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS);
  failures += 1;
  retry = setTimeout(settle, delay);
}

/** The sections that an event names; a form that is not known names none. */
function sectionsOf(hint: string): string[] {
  const value: unknown = JSON.parse(hint);
  if (typeof value !== 'object' || value === null || !('sections' in value)) return [];
  return Array.isArray(value.sections) ? value.sections.map(String) : [];
}

function note(sections: readonly string[]): void {
  for (const section of sections) hinted.add(section);
  reading ??= setTimeout(readAgain, Math.max(0, readAt + CALM_MS - Date.now()));
}

function readAgain(): void {
  reading = null;
  readAt = Date.now();
  const sections = new Set(hinted);
  hinted.clear();
  if (state.get() !== 'held') refresh((section) => sections.has(section));
}

function refreshAll(): void {
  refresh(() => true);
}

function refresh(isConcerned: (section: string) => boolean): void {
  void queries.invalidateQueries({ predicate: ({ meta }) => meta?.live?.some(isConcerned) === true });
}
