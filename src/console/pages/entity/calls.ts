import { api } from '../../api/client.ts';
import { answerOf, type Answer } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import type { paths } from '../../api/schema.ts';

type Path = paths['/v1/entities/{organisation}/{department}'];

/** An entity's configuration as the service answers it. */
export type Entity = Path['get']['responses'][200]['content']['application/json'];
export type EndpointView = Entity['endpoint'];
/** The same as it is put. */
export type EntityBody = Path['put']['requestBody']['content']['application/json'];
export type EndpointBody = NonNullable<EntityBody['endpoint']>;
/** What the service would make of a configuration, unsaved. */
export type Check =
  paths['/v1/entities/{organisation}/{department}/check']['post']['responses'][200]['content']['application/json'];

/** The codes that name an entity. */
export interface EntityKey {
  readonly organisation: string;
  readonly department: string;
}

/** A configuration, and the tag that a change of it is conditional on. */
export interface ReadEntity {
  readonly entity: Entity;
  readonly etag: string;
}

/** The query that reads an entity. */
export function entityQueryKey({ organisation, department }: EntityKey): readonly string[] {
  return ['entity', organisation, department];
}

/** The address of an entity's page. */
export function entityPath({ organisation, department }: EntityKey): string {
  return `/entities/${encodeURIComponent(organisation)}/${encodeURIComponent(department)}`;
}

export async function readEntity(key: EntityKey): Promise<ReadEntity> {
  return withTag(api.GET('/v1/entities/{organisation}/{department}', { params: { path: key } }));
}

/**
 * Puts a configuration.
 *
 * @param etag of the one that it is to follow; null: there must be none yet
 * @throws ApiProblem `precondition-failed` where somebody was quicker
 */
export async function putEntity(key: EntityKey, body: EntityBody, etag: string | null): Promise<ReadEntity> {
  const headers = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };
  const read = await withTag(
    api.PUT('/v1/entities/{organisation}/{department}', { params: { path: key }, body, headers }),
  );
  keepEntity(read);
  return read;
}

export async function pauseEntity(key: EntityKey, reason: string): Promise<ReadEntity> {
  const body = { reason: reason === '' ? null : reason };
  const read = await withTag(
    api.POST('/v1/entities/{organisation}/{department}/pause', { params: { path: key }, body }),
  );
  keepEntity(read);
  return read;
}

export async function resumeEntity(key: EntityKey): Promise<ReadEntity> {
  const read = await withTag(
    api.POST('/v1/entities/{organisation}/{department}/resume', { params: { path: key }, body: null }),
  );
  keepEntity(read);
  return read;
}

/** Shows everywhere what was just answered. */
export function keepEntity(read: ReadEntity): void {
  queries.setQueryData(entityQueryKey(read.entity), read);
  void queries.invalidateQueries({ queryKey: ['entities'] });
}

async function withTag(call: Promise<Answer<Entity>>): Promise<ReadEntity> {
  let etag = '';
  const entity = await answerOf(
    call.then((answer) => {
      etag = answer.response.headers.get('etag') ?? '';
      return answer;
    }),
  );
  return { entity, etag };
}
