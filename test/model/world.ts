import type { AttemptResult } from '../../src/domain/attempt.ts';
import type { Schedule } from '../../src/domain/delivery.ts';
import type { Window } from '../../src/domain/window.ts';

/** How an attempt may end; what the scheduler goes by. */
export type Result = Pick<AttemptResult, 'outcome' | 'httpStatus' | 'errorCode' | 'retryAfterMs'>;

/** A change that causes a delivery, when it arrives. */
export interface Change {
  readonly id: string;
  readonly line: string;
  /** When it happened: its place in the line, whenever it arrives. */
  readonly position: number;
}

/** An attempt that a worker holds. */
export interface Held {
  readonly id: string;
  readonly attempt: number;
  /** Whether its request was written: the integrator may have it. */
  readonly written: boolean;
  /** Whether its lease has run out: it has been given up, and what it tells comes late. */
  readonly late: boolean;
}

/** What the world may still do against the service: each once for each unit, so that there is an end. */
export interface Budget {
  /** Hints that the queue loses. */
  readonly losses: number;
  /** Hints that the queue gives twice, the second time whenever it likes. */
  readonly repeats: number;
  /** Processes that end while they hold an attempt. */
  readonly crashes: number;
  /** Leases that run out while their worker lives on. */
  readonly stalls: number;
  /** Deliveries that an operator gives up. */
  readonly cancels: number;
  /** Attempts that do not end in an acknowledgement. */
  readonly failures: number;
}

/**
 * Everything that can differ between two moments of a small world: one origin, a few lines, workers without
 * number, a queue that forgets no order because it keeps none. Times are relative: 0 is now, 1 is later.
 */
export interface World {
  readonly coming: readonly Change[];
  readonly deliveries: readonly Schedule[];
  /** Hints in the queue, by delivery; sorted. */
  readonly hints: readonly string[];
  readonly held: readonly Held[];
  readonly window: Window;
  readonly budget: Budget;
}

/** A text that two worlds share only where they are the same. */
export function keyOf({ coming, deliveries, hints, held, window, budget }: World): string {
  return JSON.stringify([
    coming.map(({ id }) => id),
    deliveries.map((d) => [
      d.id,
      d.status,
      d.first,
      d.attempts,
      d.failures,
      d.interruptions,
      d.dueAt,
      d.broughtForward,
      d.troubledAt !== null,
    ]),
    hints,
    held.map((h) => [h.id, h.attempt, h.written, h.late]),
    [window.size, window.probeAt, window.recoveredAt !== null],
    Object.values(budget),
  ]);
}
