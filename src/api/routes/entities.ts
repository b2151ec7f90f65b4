import { Type } from 'typebox';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, type Caller } from '../../domain/key.ts';
import type { EntityKey } from '../../domain/notification.ts';
import {
  deleteEntity,
  getEntity,
  putEntity,
  type EntitySettings,
  type StoredEntity,
} from '../../store/entities.ts';
import { listEntities } from '../../store/entity-list.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { requireOwnMembers } from '../auth/own-members.ts';
import { byVersion, etagOf, versionTagOf } from '../entities/etag.ts';
import { readSettings } from '../entities/settings.ts';
import { EntityBody, EntityView, ListedEntity } from '../entities/schema.ts';
import { viewEntity, viewListed } from '../entities/view.ts';
import { isNotModified, requirePreconditions } from '../preconditions.ts';
import { readPageBy } from '../paging.ts';
import { invalidRequest } from '../problems.ts';
import { EntityParams, PAGE_QUERY, PROBLEM_RESPONSES, pageOf, strictObject, text } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const PATH = '/v1/entities/:organisation/:department';
/** Characters that entities are sought by. */
const MAX_SOUGHT = 200;

/** The calls for entities' callback configurations. */
export function entityRoutes(app: ApiApp, { db, sealer, wake }: ApiDependencies): void {
  app.put(
    PATH,
    {
      config: { roles: ['admin', 'integrator'] },
      schema: {
        summary: 'Creates or replaces an entity’s callback configuration; an integrator, its endpoints alone',
        params: EntityParams,
        body: EntityBody,
        response: { 200: EntityView, 201: EntityView, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, body, headers } = request;
      const caller = callerOf(request);
      requireOwn(caller, params);
      const decide = (current: StoredEntity | null): EntitySettings => {
        if (current === null && caller.role === 'integrator') throw notConfigured();
        requirePreconditions(byVersion(headers), current === null ? null : versionTagOf(current));
        const settings = readSettings(body, params, current);
        if (current !== null && caller.role === 'integrator') requireOwnMembers(current, settings);
        return settings;
      };
      const { entity, created, origins } = await putEntity(db, sealer, params, decide, caller);
      if (origins.length > 0) wake(origins);
      const view = viewEntity(entity);
      return reply
        .code(created ? 201 : 200)
        .header('etag', etagOf(entity, view))
        .send(view);
    },
  );

  app.get(
    PATH,
    {
      config: { roles: READERS },
      schema: {
        summary: 'An entity’s callback configuration',
        params: EntityParams,
        response: { 200: EntityView, 304: Type.Null(), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, headers } = request;
      requireOwn(callerOf(request), params);
      const entity = await getEntity(db, sealer, params);
      if (entity === null) throw notConfigured();
      const view = viewEntity(entity);
      const etag = etagOf(entity, view);
      void reply.header('etag', etag);
      return isNotModified(headers, etag) ? reply.code(304).send(null) : view;
    },
  );

  app.get(
    '/v1/entities',
    {
      config: { roles: READERS },
      schema: {
        summary: 'The entities that have a callback configuration',
        querystring: strictObject({
          ...PAGE_QUERY,
          organisation: Type.Optional(EntityParams.properties.organisation),
          department: Type.Optional(EntityParams.properties.department),
          q: Type.Optional(
            text({ max: MAX_SOUGHT, description: 'What codes, names or an address have in them' }),
          ),
        }),
        response: { 200: pageOf(ListedEntity), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { query } = request;
      const { scope } = callerOf(request);
      const after = query.after ?? null;
      if (after !== null && !/^\d{1,18}$/.test(after)) {
        throw invalidRequest([{ field: 'after', detail: 'must be the `next` of a page' }]);
      }
      const { organisation = null, department = null, q = null } = query;
      const filters = { after, scope, organisation, department, text: q };
      const { items, next } = await readPageBy(
        query,
        async (limit) => listEntities(db, sealer, filters, limit),
        ({ id }) => id,
      );
      return { items: items.map(viewListed), next };
    },
  );

  app.delete(
    PATH,
    {
      config: { roles: ['admin'] },
      schema: {
        summary: 'Deletes an entity’s callback configuration',
        params: EntityParams,
        response: { 204: Type.Null({ description: 'Deleted' }), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, headers } = request;
      const check = (current: StoredEntity): void =>
        requirePreconditions(byVersion(headers), versionTagOf(current));
      const outcome = await deleteEntity(db, sealer, params, check, callerOf(request));
      if (outcome === 'not-found') throw notConfigured();
      if (outcome === 'in-use') {
        throw new ProblemError('entity-in-use', 'A delivery of the entity is unfinished.');
      }
      return reply.code(204).send(null);
    },
  );
}

/** Another entity is to an integrator as if it were not there. */
export function requireOwn({ scope }: Caller, entity: EntityKey): void {
  if (!isInScope(scope, entity)) throw notConfigured();
}

/** The refusal of a call for an entity that is not there. */
export function notConfigured(): ProblemError {
  return new ProblemError('not-found', 'The entity has no callback configuration.');
}
