import type { AttemptResult, Outcome } from './attempt.ts';
import { formatDuration } from './duration.ts';

/** When the failures of an endpoint are told of, and when it is suspended. */
export interface TroublePolicy {
  /** After so long without an acknowledgement a warning is given, in milliseconds, ascending; empty: never. */
  readonly stagesMs: readonly number[];
  /** After failures over so long a time the endpoint is suspended, in milliseconds; null: never. */
  readonly suspendAfterMs: number | null;
}

/** 15 min, 4 h, 24 h; suspended after 5 days: the retries of a delivery and a weekend lie within. */
export const DEFAULT_TROUBLE_POLICY: TroublePolicy = {
  stagesMs: [900_000, 14_400_000, 86_400_000],
  suspendAfterMs: 432_000_000,
};

/** The most stages that may be set: each is a message for each endpoint. */
export const MAX_STAGES = 8;

/**
 * Failures that make a warning: one alone, whose retry has not come yet, says little.
 */
export const FAILURES_TO_WARN = 2;

/** How often an endpoint's exhausted deliveries are told of at the most, in milliseconds: the first at once. */
export const EXHAUSTED_EVERY_MS = 86_400_000;

/** How an endpoint stands that has failed since its last acknowledgement. */
export interface Health {
  /** The first failure since the last acknowledgement, in milliseconds of the database's clock. */
  readonly failingSince: number;
  readonly lastFailureAt: number;
  /** Failures since the last acknowledgement. */
  readonly failures: number;
  /** How many stages were told of. */
  readonly told: number;
}

/**
 * Whether an attempt counts against its endpoint's health: all but an acknowledgement, what is ours
 * (`interrupted`) and what was never sent (`blocked`).
 */
export function isFailure({ outcome }: Pick<AttemptResult, 'outcome'>): boolean {
  return outcome !== 'acknowledged' && outcome !== 'interrupted' && outcome !== 'blocked';
}

/**
 * How many stages an endpoint has come to by now.
 *
 * @param now milliseconds of the database's clock
 */
export function stagesReached(
  { failingSince, failures }: Pick<Health, 'failingSince' | 'failures'>,
  { stagesMs }: TroublePolicy,
  now: number,
): number {
  if (failures < FAILURES_TO_WARN) return 0;
  return stagesMs.filter((stage) => now - failingSince >= stage).length;
}

/**
 * Whether an endpoint is to be suspended. The failures themselves must span the time: an endpoint to which nothing
 * was sent since its one failure may work again, and nobody would find out.
 */
export function isToBeSuspended(
  { failingSince, lastFailureAt }: Pick<Health, 'failingSince' | 'lastFailureAt'>,
  { suspendAfterMs }: TroublePolicy,
): boolean {
  return suspendAfterMs !== null && lastFailureAt - failingSince >= suspendAfterMs;
}

const MIN_LOOK_MS = 50;
const MAX_LOOK_MS = 15_000;

/** How often endpoints in trouble are to be looked at, in milliseconds: a warning comes on time by a tenth. */
export function lookEveryMs({ stagesMs, suspendAfterMs }: TroublePolicy): number {
  const least = Math.min(...stagesMs, suspendAfterMs ?? Infinity) / 10;
  return Math.min(Math.max(least, MIN_LOOK_MS), MAX_LOOK_MS);
}

/** The policy as people write it. */
export function describePolicy({ stagesMs, suspendAfterMs }: TroublePolicy): {
  readonly warnAfter: readonly string[];
  readonly suspendAfter: string;
} {
  return {
    warnAfter: stagesMs.map(formatDuration),
    suspendAfter: suspendAfterMs === null ? 'off' : formatDuration(suspendAfterMs),
  };
}

/** What one attempt that has ended says of an endpoint. */
export interface HealthSign {
  /** The endpoint's row. */
  readonly endpoint: string;
  /** Whether the endpoint is known to fail. */
  readonly failing: boolean;
  readonly result: Pick<AttemptResult, 'outcome' | 'httpStatus' | 'errorCode'>;
  /** Whether the delivery is exhausted by it. */
  readonly exhausted: boolean;
}

/** What a batch of attempts changes of an endpoint's health. */
export interface HealthChange {
  readonly endpoint: string;
  /** Whether the failures that are known end here. */
  readonly recovered: boolean;
  /** Failures after the batch's last acknowledgement. */
  readonly failures: number;
  /** The last of these; null where there is none. */
  readonly lastFailure: {
    readonly outcome: Outcome;
    readonly errorCode: string | null;
    readonly httpStatus: number | null;
  } | null;
  /** Deliveries that are exhausted. */
  readonly exhausted: number;
}

/**
 * What ended attempts, in the order of their ends, change of their endpoints' health; by endpoint, ascending.
 * Nothing where all were acknowledged by endpoints that do not fail.
 */
export function healthChanges(signs: readonly HealthSign[]): HealthChange[] {
  const changes = new Map<string, HealthChange>();
  for (const { endpoint, failing, result, exhausted } of signs) {
    const known = changes.get(endpoint) ?? NO_CHANGE;
    // Most attempts: all was well with their endpoint, and is.
    if (known === NO_CHANGE && result.outcome === 'acknowledged' && !failing) continue;
    const counted = { ...known, endpoint, exhausted: known.exhausted + Number(exhausted) };
    if (result.outcome === 'acknowledged') {
      const recovered = known.recovered || failing;
      changes.set(endpoint, { ...counted, recovered, failures: 0, lastFailure: null });
    } else if (isFailure(result)) {
      const { outcome, errorCode, httpStatus } = result;
      const failures = known.failures + 1;
      changes.set(endpoint, { ...counted, failures, lastFailure: { outcome, errorCode, httpStatus } });
    } else if (exhausted) {
      changes.set(endpoint, counted);
    }
  }
  return [...changes.values()]
    .filter(({ recovered, failures, exhausted }) => recovered || failures > 0 || exhausted > 0)
    .sort((a, b) => Number(a.endpoint) - Number(b.endpoint));
}

const NO_CHANGE = { recovered: false, failures: 0, lastFailure: null, exhausted: 0 } as const;
