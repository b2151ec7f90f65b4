import { Type } from 'typebox';
import { LOGGED_OUTCOMES, type LoggedOutcome } from '../../domain/attempt.ts';
import { isInScope } from '../../domain/key.ts';
import { madridDay } from '../../domain/instant.ts';
import { dayEdges } from '../../domain/span.ts';
import { getEntity } from '../../store/entities.ts';
import { readEntityHealth } from '../../store/entity-health.ts';
import { readStandings, STANDING_CAUSES } from '../../store/standing.ts';
import { tellStanding } from '../../telling/now.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { EntityView } from '../entities/schema.ts';
import { viewEntity } from '../entities/view.ts';
import { LANGUAGE_QUERY, languageOf } from '../language.ts';
import {
  EntityParams,
  NullableInteger,
  NullableText,
  oneOf,
  PROBLEM_RESPONSES,
  strictObject,
} from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';
import { notConfigured } from './entities.ts';
import { RETRYING } from './now.ts';

/** The most days that are answered, today's included. */
const MOST_DAYS = 90;
const DEFAULT_DAYS = 30;
/** The most endpoints of one entity in trouble that are answered. */
const MOST_TROUBLE = 50;

const Health = Type.Object({
  days: Type.Array(
    Type.Object({
      day: Type.String({ description: 'Of Europe/Madrid, YYYY-MM-DD' }),
      firstTime: Type.Integer({ description: 'Deliveries acknowledged at their first attempt' }),
      afterRetries: Type.Integer({ description: 'Deliveries acknowledged at a later one' }),
      exhausted: Type.Integer({ description: 'Deliveries that spent their last attempt' }),
      outcomes: Type.Unsafe<Readonly<Partial<Record<LoggedOutcome, number>>>>({
        type: 'object',
        description: 'Attempts by the log’s outcomes; one that is not there had none',
        properties: Object.fromEntries(LOGGED_OUTCOMES.map((outcome) => [outcome, { type: 'integer' }])),
      }),
      medianMs: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'Of attempts that were sent, less than a twentieth off',
      }),
      p95Ms: NullableInteger,
    }),
    { description: 'The oldest first, today’s last; by the instant at which attempts began' },
  ),
  now: Type.Object({
    paused: EntityView.properties.paused,
    suspended: EntityView.properties.suspended,
    missing: EntityView.properties.missing,
    warnings: EntityView.properties.warnings,
    trouble: Type.Array(
      Type.Object({
        cause: oneOf(STANDING_CAUSES),
        backOffice: NullableText,
        origin: NullableText,
        sentence: Type.String(),
        waiting: Type.Integer(),
        retrying: Type.Integer({ description: RETRYING }),
        window: NullableInteger,
      }),
    ),
  }),
});

/** The call that says how an entity's deliveries have fared, day by day, and how it stands now. */
export function entityHealthRoutes(app: ApiApp, { db, sealer }: ApiDependencies): void {
  app.get(
    '/v1/entities/:organisation/:department/health',
    {
      config: { roles: READERS },
      schema: {
        summary: 'How an entity’s deliveries have fared, day by day, and how it stands now',
        tags: ['entities'],
        params: EntityParams,
        querystring: strictObject({
          ...LANGUAGE_QUERY,
          days: Type.Optional(
            Type.Integer({ minimum: 1, maximum: MOST_DAYS, description: `${DEFAULT_DAYS} where absent` }),
          ),
        }),
        response: { 200: Health, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const isKnown = isInScope(callerOf(request).scope, params);
      const entity = isKnown ? await getEntity(db, sealer, params) : null;
      if (entity === null) throw notConfigured();
      const language = languageOf(request, reply, query.lang);
      const edges = dayEdges(query.days ?? DEFAULT_DAYS, Date.now());
      const [buckets, standings] = await Promise.all([
        readEntityHealth(db, params, edges),
        readStandings(db, [params], MOST_TROUBLE),
      ]);
      const { paused, suspended, missing, warnings } = viewEntity(entity);
      return {
        days: buckets.map((bucket, place) => ({ day: madridDay(edges[place] ?? 0), ...bucket })),
        now: {
          paused,
          suspended,
          missing,
          warnings,
          trouble: standings.items.map((standing) => ({
            cause: standing.cause,
            backOffice: standing.backOffice === '' ? null : standing.backOffice,
            origin: standing.origin,
            sentence: tellStanding(
              {
                ...standing,
                last:
                  standing.lastOutcome === null
                    ? null
                    : {
                        outcome: standing.lastOutcome,
                        code: standing.lastErrorCode,
                        httpStatus: standing.lastHttpStatus,
                      },
              },
              language,
            ),
            waiting: standing.waiting,
            retrying: standing.retrying,
            window: standing.window,
          })),
        },
      };
    },
  );
}
