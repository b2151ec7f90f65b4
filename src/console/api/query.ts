import { MutationCache, QueryCache, QueryClient, type Query } from '@tanstack/preact-query';
import { readKept } from '../kept.ts';
import { ApiProblem } from './problem.ts';

/** What is known of the session, by the query that reads it. */
export const SESSION_KEY = ['session'] as const;

/** How long an answer passes for new, in milliseconds: pages that come back show it at once. */
const FRESH_MS = 5_000;

/**
 * Shows the sign-in page where the failure says that the session has ended; unless there is one, since what was under
 * way while somebody signed in again came with the session of before: that is asked again.
 */
export function endOnSignOut(error: Error): void {
  if (error instanceof ApiProblem && error.status === 401) void lookForSession();
}

async function lookForSession(): Promise<void> {
  await queries.refetchQueries({ queryKey: SESSION_KEY }, { cancelRefetch: false });
  const known = queries.getQueryData<{ readonly session: unknown }>(SESSION_KEY);
  if (known === undefined || queries.getQueryState(SESSION_KEY)?.status === 'error') return;
  if (known.session === null) queries.setQueryData(SESSION_KEY, { ...known, hasEnded: true });
  else await queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
}

/** The cache of all that is read; a session that has ended shows the sign-in page, wherever it was noticed. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endOnSignOut }),
  mutationCache: new MutationCache({ onError: endOnSignOut }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // What its reader holds stays as it is when they come back to it, too.
      refetchOnWindowFocus: isNotHeld,
      refetchOnReconnect: isNotHeld,
      retry: (count, error) => count < 2 && error instanceof ApiProblem && isPassing(error.status),
    },
  },
});

function isNotHeld({ meta }: Pick<Query, 'meta'>): boolean {
  return meta?.live === undefined || readKept('live') !== 'held';
}

/** No answer, or one that says that the service is not ready. */
function isPassing(status: number | null): boolean {
  return status === null || status === 503;
}
