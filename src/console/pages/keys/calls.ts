import { api } from '../../api/client.ts';
import { answerOf, done } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import type { paths } from '../../api/schema.ts';

type List = paths['/v1/keys']['get']['responses'][200]['content']['application/json'];
export type Key = List['items'][number];
export type NewKey = paths['/v1/keys']['post']['responses'][201]['content']['application/json'];
export type KeyBody = paths['/v1/keys']['post']['requestBody']['content']['application/json'];
type Rotation = NonNullable<
  paths['/v1/keys/{id}/rotate']['post']['requestBody']['content']['application/json']
>;

export async function listKeys(after: string | undefined): Promise<List> {
  return answerOf(api.GET('/v1/keys', { params: { query: after === undefined ? {} : { after } } }));
}

export async function createKey(body: KeyBody): Promise<NewKey> {
  const made = await answerOf(api.POST('/v1/keys', { body }));
  await refresh();
  return made;
}

export async function rotateKey(id: string, body: Rotation): Promise<NewKey> {
  const made = await answerOf(api.POST('/v1/keys/{id}/rotate', { params: { path: { id } }, body }));
  await refresh();
  return made;
}

export async function revokeKey(id: string): Promise<void> {
  await done(api.DELETE('/v1/keys/{id}', { params: { path: { id } } }));
  await refresh();
}

async function refresh(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['keys'] });
}
