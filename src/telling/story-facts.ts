import type { NoCallbackReason } from '../delivery/ports.ts';
import type { LoggedOutcome } from '../domain/attempt.ts';
import type { Status, WaitingFor } from '../domain/delivery.ts';
import type { State } from '../domain/state.ts';

/** What a report tells: a state of one notification, or a day's changes. */
export type Told =
  | { readonly kind: 'OnLine'; readonly state: State }
  | { readonly kind: 'Diari'; readonly date: string };

/** A change of state in a story. Instants are milliseconds since the epoch. */
export interface StoryChange {
  readonly id: string;
  readonly state: State;
  readonly occurredAt: number;
  readonly receivedAt: number;
  /** Why no callback was due; null where one was. */
  readonly reason: NoCallbackReason | null;
  /** The daily report that took it. */
  readonly daily: {
    readonly delivery: string;
    readonly date: string;
    readonly status: Status;
    readonly at: number;
  } | null;
}

/** An attempt of a story, or (without a number) a row that says that the delivery came to be blocked. */
export interface StoryAttempt {
  readonly id: string;
  readonly number: number | null;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: LoggedOutcome;
  readonly httpStatus: number | null;
  readonly code: string | null;
}

/** A delivery of a story. */
export interface StoryDelivery {
  readonly id: string;
  readonly told: Told;
  readonly status: Status;
  readonly waitingFor: WaitingFor | null;
  readonly late: boolean;
  readonly resentFrom: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly nextAttemptAt: number | null;
  readonly cancelReason: string | null;
  /** The code of what keeps it from being sent. */
  readonly blockedBy: string | null;
  /** Attempts spent, and how many its schedule has in all. */
  readonly spent: number;
  readonly allowed: number;
  /** Since when its entity is paused or its endpoint suspended, and why an operator paused it. */
  readonly heldSince: number | null;
  readonly holdReason: string | null;
  /** When its server is probed next; null where it is not only probed. */
  readonly nextProbeAt: number | null;
  /** In the order in which they began. */
  readonly attempts: readonly StoryAttempt[];
}

/** All that a story is told from. */
export interface StoryFacts {
  /** The public body's name; null where it has no configuration. */
  readonly entityName: string | null;
  /** In the order of their instants. */
  readonly changes: readonly StoryChange[];
  /** In the order in which they go out. */
  readonly deliveries: readonly StoryDelivery[];
  readonly now: number;
}

/** What an item of a story is. */
export const STORY_KINDS = ['change', 'delivery', 'attempt', 'wait', 'end', 'next'] as const;
type StoryKind = (typeof STORY_KINDS)[number];

/** What is waited for: as `WaitingFor`, or the queue, or what nothing was kept of. */
export type Awaited = WaitingFor | 'queue' | 'unknown';

/** One thing of a story, with its own sentence. */
export interface StoryItem {
  readonly kind: StoryKind;
  /** Milliseconds since the epoch; null of what comes next where nobody knows when. */
  readonly at: number | null;
  /** When a wait or an attempt ended; null while it goes on, and of what has no length. */
  readonly until: number | null;
  readonly change: string | null;
  readonly delivery: string | null;
  /** The row of the log. */
  readonly communication: string | null;
  readonly attempt: number | null;
  readonly outcome: LoggedOutcome | null;
  readonly code: string | null;
  readonly waitedFor: Awaited | null;
  readonly sentence: string;
  /** What to do, where something is to be done. */
  readonly advice: string | null;
}

/** A notification's life, or a delivery's, in words. */
export interface Story {
  readonly sentence: string;
  /** In the order of time; what comes next is last. */
  readonly items: readonly StoryItem[];
}
