import { api } from '../../api/client.ts';
import { answerOf, done } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import type { paths } from '../../api/schema.ts';

type List = paths['/v1/sessions']['get']['responses'][200]['content']['application/json'];
export type OpenSession = List['items'][number];

/** @param isOwn whether an administrator wants their own alone; nobody else has others */
export async function listSessions(isOwn: boolean, after: string | undefined): Promise<List> {
  const query = { own: isOwn ? 'true' : 'false', ...(after === undefined ? {} : { after }) } as const;
  return answerOf(api.GET('/v1/sessions', { params: { query } }));
}

/** Ends one session; answers how many were ended. */
export async function endSession(id: string): Promise<number> {
  await done(api.DELETE('/v1/sessions/{id}', { params: { path: { id } } }));
  await refresh();
  return 1;
}

/** Ends every session of a key or a person; answers how many there were. */
export async function endSessionsOf(holder: string): Promise<number> {
  const { ended } = await answerOf(api.DELETE('/v1/sessions', { params: { query: { holder } } }));
  await refresh();
  return ended;
}

async function refresh(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['sessions'] });
}
