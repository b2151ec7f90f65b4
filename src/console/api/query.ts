import { MutationCache, QueryCache, QueryClient } from '@tanstack/preact-query';
import { readKept } from '../kept.ts';
import { ApiProblem } from './problem.ts';

/** What is known of the session, by the query that reads it. */
export const SESSION_KEY = ['session'] as const;

/** How long an answer passes for new, in milliseconds: pages that come back show it at once. */
const FRESH_MS = 5_000;

/** Shows the sign-in page where the failure says that the session has ended. */
export function endOnSignOut(error: Error): void {
  if (error instanceof ApiProblem && error.status === 401) {
    queries.setQueryData(SESSION_KEY, (known?: object) => ({ ...known, session: null, hasEnded: true }));
  }
}

/** The cache of all that is read; a session that has ended shows the sign-in page, wherever it was noticed. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endOnSignOut }),
  mutationCache: new MutationCache({ onError: endOnSignOut }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // What its reader holds stays as it is when they come back to it, too.
      refetchOnWindowFocus: ({ meta }) => meta?.live === undefined || readKept('live') !== 'held',
      refetchOnReconnect: ({ meta }) => meta?.live === undefined || readKept('live') !== 'held',
      retry: (count, error) => count < 2 && error instanceof ApiProblem && isPassing(error.status),
    },
  },
});

/** No answer, or one that says that the service is not ready. */
function isPassing(status: number | null): boolean {
  return status === null || status === 503;
}
