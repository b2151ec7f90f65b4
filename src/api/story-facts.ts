import { NO_CALLBACK_REASONS } from '../delivery/ports.ts';
import type { RetrySchedule } from '../domain/retry-policy.ts';
import type { Queryable } from '../store/database.ts';
import type { DeliveryView } from '../store/deliveries.ts';
import { readClock } from '../store/instants.ts';
import type { NotificationView } from '../store/notifications.ts';
import {
  listAttemptsOf,
  readDailyTellings,
  readDeliveryStandings,
  readEntityManner,
} from '../store/story.ts';
import type { StoryChange, StoryDelivery, StoryFacts } from '../telling/story-facts.ts';

/** The most rows of the log that one story is told from. */
const MOST_ATTEMPTS = 2_000;

/**
 * Reads what the story of a notification is told from.
 *
 * @param deliveries of it, newest first
 * @param schedule the service's own, for entities without one
 */
export async function readStoryFacts(
  db: Queryable,
  notification: NotificationView,
  deliveries: readonly DeliveryView[],
  schedule: RetrySchedule,
): Promise<StoryFacts> {
  const daily = notification.stateChanges.flatMap(({ dailyDeliveryId }) => dailyDeliveryId ?? []);
  const [told, tellings] = await Promise.all([
    readDeliveryFacts(db, deliveries.toReversed(), notification.entity, schedule),
    readDailyTellings(db, [...new Set(daily)]),
  ]);
  const changes = notification.stateChanges.map((change): StoryChange => ({
    id: change.id,
    state: change.state,
    occurredAt: Date.parse(change.occurredAt),
    receivedAt: Date.parse(change.receivedAt),
    reason: NO_CALLBACK_REASONS.find((reason) => reason === change.reason) ?? null,
    daily: tellings.get(change.dailyDeliveryId ?? '') ?? null,
  }));
  return { ...told, changes };
}

/** Reads the same for some deliveries of one entity, in the order in which they are given. */
export async function readDeliveryFacts(
  db: Queryable,
  deliveries: readonly DeliveryView[],
  entity: NotificationView['entity'],
  schedule: RetrySchedule,
): Promise<Omit<StoryFacts, 'changes'>> {
  const ids = deliveries.map(({ id }) => id);
  const [standings, attempts, manner, now] = await Promise.all([
    readDeliveryStandings(db, ids),
    listAttemptsOf(db, ids, MOST_ATTEMPTS),
    readEntityManner(db, entity),
    readClock(db),
  ]);
  const allowed = (manner?.retrySchedule ?? schedule).length + 1;
  const ms = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));
  return {
    entityName: manner?.name ?? null,
    now,
    deliveries: deliveries.map((delivery): StoryDelivery => {
      const standing = standings.get(delivery.id);
      const own = attempts.filter((attempt) => attempt.delivery === delivery.id);
      return {
        id: delivery.id,
        told:
          delivery.state === null
            ? { kind: 'Diari', date: delivery.daily?.date ?? '' }
            : { kind: 'OnLine', state: delivery.state },
        status: delivery.status,
        waitingFor: delivery.waitingFor,
        late: delivery.late,
        resentFrom: delivery.resentFrom,
        createdAt: Date.parse(delivery.createdAt),
        finishedAt: ms(delivery.finishedAt),
        nextAttemptAt: ms(delivery.nextAttemptAt),
        cancelReason: delivery.cancelReason,
        blockedBy: standing?.blockedBy ?? null,
        spent: standing?.spent ?? 0,
        allowed,
        heldSince: standing?.heldSince ?? null,
        holdReason: standing?.holdReason ?? null,
        nextProbeAt: standing?.nextProbeAt ?? null,
        attempts: own.map(({ attempt, errorCode, ...row }) => ({ ...row, number: attempt, code: errorCode })),
      };
    }),
  };
}
