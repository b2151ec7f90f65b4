import { Type } from 'typebox';
import { tellEvent, type EventText } from '../../delivery/events/texts.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { OUTCOMES, type Outcome } from '../../domain/attempt.ts';
import { EVENT_TYPES, MOST_WAITING, type EventFacts } from '../../domain/event.ts';
import { listEvents } from '../../store/events.ts';
import { OVERSEERS } from '../auth/access.ts';
import { LIST_QUERY, readFilters, readPage } from '../paging.ts';
import {
  NullableInteger,
  NullableText,
  oneOf,
  PAGE_QUERY,
  pageOf,
  PROBLEM_RESPONSES,
  strictObject,
} from '../schemas.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const OperationalEvent = Type.Object({
  id: Type.String({ description: 'The webhook’s `webhook-id`' }),
  at: Type.String({ format: 'date-time' }),
  type: oneOf(EVENT_TYPES),
  organisation: NullableText,
  department: NullableText,
  backOffice: NullableText,
  entityName: NullableText,
  origin: NullableText,
  stage: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'How long the failures have lasted; of a certificate 30d, 7d or ended',
  }),
  since: NullableText,
  lastFailureAt: NullableText,
  failures: NullableInteger,
  outcome: Type.Unsafe<Outcome | null>({ type: ['string', 'null'], enum: [...OUTCOMES, null] }),
  code: NullableText,
  httpStatus: NullableInteger,
  waiting: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: `Unfinished deliveries when it happened, counted up to ${MOST_WAITING}`,
  }),
  exhausted: NullableInteger,
  certificate: Type.Unsafe<EventFacts['certificate']>({
    type: ['object', 'null'],
    properties: {
      kind: { type: 'string' },
      fingerprint: { type: ['string', 'null'] },
      expiresAt: { type: 'string' },
      endpoints: { type: 'integer' },
    },
  }),
  text: Type.Unsafe<Readonly<Record<Language, EventText>>>({
    type: 'object',
    description: 'What happened and what to do, in plain words',
    properties: Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        {
          type: 'object',
          properties: { title: { type: 'string' }, what: { type: 'string' }, advice: { type: 'string' } },
        },
      ]),
    ),
  }),
  notices: Type.Array(
    Type.Object({
      channel: Type.String(),
      status: oneOf(['pending', 'sent', 'given-up']),
      attempts: Type.Integer(),
      sentAt: NullableText,
      errorCode: NullableText,
    }),
    { description: 'How it was told, by each channel that was configured' },
  ),
});

/** The call of the operational events. */
export function eventRoutes(app: ApiApp, { db }: ApiDependencies): void {
  const { organisation, department, from, to } = LIST_QUERY;
  app.get(
    '/v1/events',
    {
      config: { roles: OVERSEERS },
      schema: {
        summary: 'What was told to those who run the service, newest first',
        tags: ['events'],
        querystring: strictObject({
          ...PAGE_QUERY,
          type: Type.Optional(oneOf(EVENT_TYPES)),
          organisation,
          department,
          from,
          to,
        }),
        response: { 200: pageOf(OperationalEvent), ...PROBLEM_RESPONSES },
      },
    },
    async ({ query }) => {
      const { organisation: body, department: part, floor, ceiling } = readFilters(query);
      const filters = { type: query.type ?? null, organisation: body, department: part, floor, ceiling };
      const { items, next } = await readPage(query, async (limit) => listEvents(db, filters, limit));
      return {
        items: items.map((event) => ({ ...event, notices: [...event.notices], text: tellEvent(event) })),
        next,
      };
    },
  );
}
