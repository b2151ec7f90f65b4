import { Type } from 'typebox';
import { AUDIT_ACTIONS } from '../../domain/audit.ts';
import { isUuid } from '../../domain/uuid.ts';
import { listAudit } from '../../store/audit.ts';
import { LIST_QUERY, readFilters, readPage } from '../paging.ts';
import { NullableText, oneOf, PAGE_QUERY, pageOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const AuditRow = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  by: Type.Object(
    { key: NullableText, name: Type.String() },
    { description: 'The key that did it, and its name; without a key: the service, by its settings' },
  ),
  action: oneOf(AUDIT_ACTIONS),
  organisation: NullableText,
  department: NullableText,
  key: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'The key that it was done to',
  }),
  delivery: NullableText,
  detail: Type.Object({}, { additionalProperties: true, description: 'What else is worth knowing' }),
});

/** The call of the audit trail. */
export function auditRoutes(app: ApiApp, { db }: ApiDependencies): void {
  const { organisation, department, from, to } = LIST_QUERY;
  app.get(
    '/v1/audit',
    {
      config: { roles: ['admin', 'auditor'] },
      schema: {
        summary: 'Who did what, newest first',
        tags: ['audit'],
        querystring: strictObject({
          ...PAGE_QUERY,
          organisation,
          department,
          by: Type.Optional(
            Type.Refine(
              Type.String({ description: 'The id of the key that did it' }),
              isUuid,
              () => 'must be the id of a key',
            ),
          ),
          action: Type.Optional(oneOf(AUDIT_ACTIONS)),
          from,
          to,
        }),
        response: { 200: pageOf(AuditRow), ...PROBLEM_RESPONSES },
      },
    },
    async ({ query }) => {
      const { organisation: body, department: part, floor, ceiling } = readFilters(query);
      const filters = {
        organisation: body,
        department: part,
        by: query.by ?? null,
        action: query.action ?? null,
        floor,
        ceiling,
      };
      return readPage(query, async (limit) => listAudit(db, filters, limit));
    },
  );
}
