import { Type } from 'typebox';
import { LOGGED_OUTCOMES, type LoggedOutcome } from '../../domain/attempt.ts';
import { bucketEdges, SPANS } from '../../domain/span.ts';
import { isInScope, type Scope } from '../../domain/key.ts';
import { readActivity } from '../../store/activity.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LIST_QUERY } from '../paging.ts';
import { invalidRequest } from '../problems.ts';
import { oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

type Outcomes = Readonly<Record<LoggedOutcome, number>>;

const Outcomes = Type.Unsafe<Outcomes>({
  type: 'object',
  description: 'Attempts by the log’s outcomes; `answered`: pulls by RecuperarReport',
  properties: Object.fromEntries(LOGGED_OUTCOMES.map((outcome) => [outcome, { type: 'integer' }])),
  required: [...LOGGED_OUTCOMES],
});

const Activity = Type.Object({
  span: oneOf(SPANS),
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  buckets: Type.Array(
    Type.Object({
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time' }),
      exhausted: Type.Integer({ description: 'Deliveries that spent their last attempt' }),
      outcomes: Outcomes,
    }),
    { description: 'In the order of time, those without attempts too; the last one is under way' },
  ),
  totals: Outcomes,
});

/** The call that says how much went out and how it ended. */
export function activityRoutes(app: ApiApp, { db }: ApiDependencies): void {
  const { organisation, department } = LIST_QUERY;
  app.get(
    '/v1/activity',
    {
      config: { roles: READERS },
      schema: {
        summary: 'Attempts by outcome: 60 minutes, 24 hours, or 7 days of Europe/Madrid',
        description:
          'Counted by the instant at which attempts began. An integrator’s key is told of its own entities together, or of the one that it names.',
        tags: ['now'],
        querystring: strictObject({
          span: Type.Optional(oneOf(SPANS, 'day where absent')),
          organisation,
          department,
        }),
        response: { 200: Activity, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { span = 'day' } = request.query;
      const scope = entityScope(callerOf(request).scope, request.query);
      const edges = bucketEdges(span, Date.now());
      const counts = await readActivity(db, scope, edges);
      const iso = (place: number): string => new Date(edges[place] ?? Number.NaN).toISOString();
      const buckets = edges.slice(1).map((_, place) => {
        const own = counts.filter(({ bucket }) => bucket === place);
        return {
          from: iso(place),
          to: iso(place + 1),
          exhausted: own.reduce((sum, { exhausted }) => sum + exhausted, 0),
          outcomes: sumByOutcome(own),
        };
      });
      return { span, from: iso(0), to: iso(edges.length - 1), buckets, totals: sumByOutcome(counts) };
    },
  );
}

function sumByOutcome(
  counts: readonly { readonly outcome: LoggedOutcome; readonly attempts: number }[],
): Outcomes {
  const sums = { ...NONE };
  for (const { outcome, attempts } of counts) sums[outcome] += attempts;
  return sums;
}

const NONE: Outcomes = {
  acknowledged: 0,
  refused: 0,
  faulted: 0,
  unreadable: 0,
  'http-error': 0,
  unreachable: 0,
  blocked: 0,
  interrupted: 0,
  answered: 0,
};

/**
 * The scope of a call that may name one entity: that one, or none where the key may not know of it; all of the key's
 * where it names none.
 *
 * @throws ProblemError `invalid-request` for one code without the other
 */
function entityScope(
  scope: Scope,
  { organisation, department }: { readonly organisation?: string; readonly department?: string },
): Scope {
  if (organisation === undefined && department === undefined) return scope;
  if (organisation === undefined || department === undefined) {
    const field = organisation === undefined ? 'organisation' : 'department';
    throw invalidRequest([{ field, detail: 'is needed with the other of the two codes' }]);
  }
  const entity = { organisation, department };
  return isInScope(scope, entity) ? [entity] : [];
}
