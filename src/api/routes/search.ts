import { Type } from 'typebox';
import { HIT_KINDS, search } from '../../store/search.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { invalidRequest } from '../problems.ts';
import { NullableText, oneOf, PROBLEM_RESPONSES, strictObject, text } from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

/** The most hits of one search. */
const MOST_HITS = 20;
/** The most characters that are looked for: a reference has no more. */
const MAX_QUERY = 255;

const Hits = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: oneOf(HIT_KINDS),
      id: Type.String({ description: 'IdNotificacio, the delivery’s id, or organisation/department' }),
      title: Type.String({ description: 'The reference, the state that is told, or the entity’s names' }),
      organisation: Type.String(),
      department: Type.String(),
      notification: NullableText,
    }),
    { description: `${MOST_HITS} at most` },
  ),
});

/** The call that finds notifications, deliveries and entities by what people have at hand. */
export function searchRoutes(app: ApiApp, { db }: ApiDependencies): void {
  app.get(
    '/v1/search',
    {
      config: { roles: READERS },
      schema: {
        summary: 'Notifications, deliveries and entities by number, reference, id, code or name',
        description:
          'By the beginning of an IdNotificacio, of a reference (in its own case), of a delivery’s id (8 digits at least), of an entity’s code, and of words of its names (without case and accents).',
        tags: ['now'],
        querystring: strictObject({ q: text({ max: MAX_QUERY, description: 'What is looked for' }) }),
        response: { 200: Hits, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const wanted = request.query.q.trim();
      if (wanted === '') throw invalidRequest([{ field: 'q', detail: 'must not be blank' }]);
      return { items: await search(db, wanted, callerOf(request).scope, MOST_HITS) };
    },
  );
}
