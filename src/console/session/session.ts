import { useQuery, type UseQueryResult } from '@tanstack/preact-query';
import { api } from '../api/client.ts';
import { answerOf, done } from '../api/problem.ts';
import { queries, SESSION_KEY } from '../api/query.ts';
import type { paths } from '../api/schema.ts';

type Current = paths['/v1/session']['get']['responses'][200]['content']['application/json'];

/** Who is signed in. */
export type Session = NonNullable<Current['session']>;
export type Role = Session['role'];

/** What is known of the session; `hasEnded` where there was one in this tab. */
interface Known extends Current {
  readonly hasEnded?: boolean;
}

/** The session of this browser; asked once, and again after each signing in and out. */
export function useCurrentSession(): UseQueryResult<Known> {
  return useQuery<Known>(
    {
      queryKey: SESSION_KEY,
      queryFn: async () => answerOf(api.GET('/v1/session')),
      staleTime: Number.POSITIVE_INFINITY,
    },
    queries,
  );
}

/** Signs in with a key or a link’s code. */
export async function signIn(proof: { key: string } | { code: string }): Promise<void> {
  await done(api.POST('/v1/session', { body: proof }));
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
  await queries.refetchQueries({ queryKey: SESSION_KEY });
}

/** Signs in again with the key whose session it is; what was read stays. */
export async function signInAgain(key: string): Promise<void> {
  await done(api.POST('/v1/session', { body: { key, again: true } }));
  await queries.refetchQueries({ queryKey: SESSION_KEY });
}

/** Ends the session. What was read leaves the memory with it. */
export async function signOut(hasEnded: boolean): Promise<void> {
  try {
    await done(api.DELETE('/v1/session'));
  } catch {
    // Where the service is away, the session ends by itself for lack of anybody at it.
  }
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
  queries.setQueryData(SESSION_KEY, (known?: object) => ({ ...known, session: null, hasEnded }));
}
