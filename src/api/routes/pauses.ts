import type { FastifyReply } from 'fastify';
import type { StoredEntity } from '../../store/entities.ts';
import { pauseEntity, resumeEntity, type HeldEntity } from '../../store/pause.ts';
import { OPERATORS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { EntityView } from '../entities/schema.ts';
import { byVersion, etagOf, versionTagOf } from '../entities/etag.ts';
import { viewEntity } from '../entities/view.ts';
import { requirePreconditions } from '../preconditions.ts';
import { EntityParams, nullable, PROBLEM_RESPONSES, Reason, strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { notConfigured } from './entities.ts';

const PATH = '/v1/entities/:organisation/:department';

/** The calls that hold and release an entity's deliveries. Both may be repeated, and answer what stands then. */
export function pauseRoutes(app: ApiApp, { db, sealer, wake }: ApiDependencies): void {
  app.post(
    `${PATH}/pause`,
    {
      config: { roles: OPERATORS },
      schema: {
        summary: 'Holds an entity’s deliveries; those that are being sent end as they would',
        params: EntityParams,
        body: nullable(strictObject({ reason: Reason })),
        response: { 200: EntityView, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, body, headers } = request;
      const reason = body?.reason ?? null;
      const caller = callerOf(request);
      return answer(reply, await pauseEntity(db, sealer, params, reason, checkOf(headers), caller));
    },
  );

  app.post(
    `${PATH}/resume`,
    {
      config: { roles: OPERATORS },
      schema: {
        summary:
          'Releases an entity’s deliveries, paused or suspended, in order, as its servers’ windows allow',
        params: EntityParams,
        body: nullable(strictObject({})),
        response: { 200: EntityView, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, headers } = request;
      return answer(reply, await resumeEntity(db, sealer, params, checkOf(headers), callerOf(request)));
    },
  );

  function answer(reply: FastifyReply, held: HeldEntity | null) {
    if (held === null) throw notConfigured();
    if (held.origins.length > 0) wake(held.origins);
    const view = viewEntity(held.entity);
    void reply.header('etag', etagOf(held.entity, view));
    return view;
  }
}

function checkOf(headers: Parameters<typeof requirePreconditions>[0]): (current: StoredEntity) => void {
  return (current) => requirePreconditions(byVersion(headers), versionTagOf(current));
}
