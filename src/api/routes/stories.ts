import { Type } from 'typebox';
import { LOGGED_OUTCOMES, type LoggedOutcome } from '../../domain/attempt.ts';
import { ProblemError } from '../../domain/errors.ts';
import { WAITING_FOR } from '../../domain/delivery.ts';
import { isInScope } from '../../domain/key.ts';
import { isUuid } from '../../domain/uuid.ts';
import { findDelivery, listDeliveriesOf } from '../../store/deliveries.ts';
import { findNotification } from '../../store/notifications.ts';
import { tellDelivery, tellStory } from '../../telling/story.ts';
import { STORY_KINDS, type Awaited, type Story } from '../../telling/story-facts.ts';
import { READERS } from '../auth/access.ts';
import { callerOf } from '../auth/authenticate.ts';
import { LANGUAGE_QUERY, languageOf } from '../language.ts';
import { isNotificationId } from '../paging.ts';
import { NullableInteger, NullableText, oneOf, PROBLEM_RESPONSES, strictObject } from '../schemas.ts';
import { readDeliveryFacts, readStoryFacts } from '../story-facts.ts';
import type { ApiApp, ApiDependencies } from '../types.ts';

const Instant = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description });

const StoryAnswer = Type.Object({
  sentence: Type.String({ description: 'The whole in a sentence or some' }),
  items: Type.Array(
    Type.Object({
      kind: oneOf(STORY_KINDS),
      at: Instant('When it was, or began; of what comes next, when it will be, null where nobody knows'),
      until: Instant('When it ended'),
      change: NullableText,
      delivery: NullableText,
      communication: NullableText,
      attempt: NullableInteger,
      outcome: Type.Unsafe<LoggedOutcome | null>({
        type: ['string', 'null'],
        enum: [...LOGGED_OUTCOMES, null],
      }),
      code: NullableText,
      waitedFor: Type.Unsafe<Awaited | null>({
        type: ['string', 'null'],
        enum: [...WAITING_FOR, 'queue', 'unknown', null],
        description: 'unknown: no reason was kept',
      }),
      sentence: Type.String(),
      advice: NullableText,
    }),
    { description: 'In the order of time, what comes next last' },
  ),
});

/** The calls that tell a notification's life, and a delivery's, in words. */
export function storyRoutes(app: ApiApp, { db, retrySchedule }: ApiDependencies): void {
  app.get(
    '/v1/notifications/:id/story',
    {
      config: { roles: READERS },
      schema: {
        summary: 'A notification’s life as a timeline, explained',
        tags: ['notifications'],
        params: strictObject({ id: Type.String({ description: 'IdNotificacio' }) }),
        querystring: strictObject(LANGUAGE_QUERY),
        response: { 200: StoryAnswer, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { scope } = callerOf(request);
      const notification = isNotificationId(id) ? await findNotification(db, id) : null;
      if (notification === null || !isInScope(scope, notification.entity)) {
        throw new ProblemError('not-found', 'There is no such notification.');
      }
      const language = languageOf(request, reply, request.query.lang);
      const deliveries = await listDeliveriesOf(db, id);
      return view(tellStory(await readStoryFacts(db, notification, deliveries, retrySchedule), language));
    },
  );

  app.get(
    '/v1/deliveries/:id/story',
    {
      config: { roles: READERS },
      schema: {
        summary: 'A delivery’s life as a timeline, explained; a daily report’s too',
        tags: ['deliveries'],
        params: strictObject({ id: Type.String({ description: 'The delivery’s id' }) }),
        querystring: strictObject(LANGUAGE_QUERY),
        response: { 200: StoryAnswer, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const delivery = isUuid(id) ? await findDelivery(db, id) : null;
      if (delivery === null || !isInScope(callerOf(request).scope, delivery)) {
        throw new ProblemError('not-found', 'There is no such delivery.');
      }
      const language = languageOf(request, reply, request.query.lang);
      const facts = await readDeliveryFacts(db, [delivery], delivery, retrySchedule);
      return view(tellDelivery(facts, delivery.id, language));
    },
  );
}

function view({ sentence, items }: Story) {
  const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    sentence,
    items: items.map((item) => ({ ...item, at: shown(item.at), until: shown(item.until) })),
  };
}
