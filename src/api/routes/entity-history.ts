import { Type } from 'typebox';
import type { AuditAction } from '../../domain/audit.ts';
import { ProblemError } from '../../domain/errors.ts';
import { isInScope, type Caller } from '../../domain/key.ts';
import { listAudit, type AuditView } from '../../store/audit.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LIST_QUERY, readFilters, readPage } from '../paging.ts';
import {
  EntityParams,
  NullableText,
  oneOf,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  strictObject,
} from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

/** What concerns an entity's configuration and whether its deliveries go out. */
const ACTIONS = [
  'entity-created',
  'entity-replaced',
  'entity-deleted',
  'entity-paused',
  'entity-resumed',
  'entity-retried',
  'entity-tested',
  'endpoint-suspended',
  'endpoint-resumed',
] as const satisfies readonly AuditAction[];

const Row = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  by: Type.Object(
    { key: NullableText, name: NullableText },
    {
      description: 'The key that did it; without one the service. An integrator is told of its own key alone',
    },
  ),
  action: oneOf(ACTIONS),
  changed: Type.Array(Type.String(), { description: 'The members that changed, never their values' }),
  values: Type.Array(Type.Object({ member: Type.String(), before: Type.Unknown(), after: Type.Unknown() }), {
    description: 'What they were and are, of those that can hold no secret',
  }),
  detail: Type.Object({}, { additionalProperties: true, description: 'What else is worth knowing' }),
});

/** The call that says who changed what of an entity's configuration. */
export function entityHistoryRoutes(app: ApiApp, { db }: ApiDependencies): void {
  const { from, to } = LIST_QUERY;
  app.get(
    '/v1/entities/:organisation/:department/history',
    {
      config: { roles: READERS },
      schema: {
        summary: 'Who changed what of an entity’s configuration, newest first; of a deleted one too',
        tags: ['entities'],
        params: EntityParams,
        querystring: strictObject({ ...PAGE_QUERY, from, to }),
        response: { 200: pageOf(Row), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { params, query } = request;
      const caller = callerOf(request);
      if (!isInScope(caller.scope, params)) throw new ProblemError('not-found', 'There is no such entity.');
      const { floor, ceiling } = readFilters(query);
      const filters = { ...params, by: null, action: null, actions: ACTIONS, floor, ceiling };
      const { items, next } = await readPage(query, async (limit) => listAudit(db, filters, limit));
      return { items: items.flatMap((item) => view(item, caller)), next };
    },
  );
}

function view({ id, at, by, action: done, detail }: AuditView, caller: Caller) {
  const action = ACTIONS.find((known) => known === done);
  if (action === undefined) return [];
  const { changed, values, ...rest } = detail;
  const isHidden = caller.role === 'integrator' && by.key !== null && by.key !== caller.id;
  return [
    {
      id,
      at,
      by: isHidden ? { key: null, name: null } : by,
      action,
      changed: Array.isArray(changed) ? changed.map(String) : [],
      values: Array.isArray(values) ? values.filter(isChange) : [],
      detail: rest,
    },
  ];
}

function isChange(value: unknown): value is { member: string; before: unknown; after: unknown } {
  return (
    typeof value === 'object' && value !== null && 'member' in value && 'before' in value && 'after' in value
  );
}
