import { MAX_DELAY_MS, parseDuration } from './duration.ts';

/** The delays between attempts in milliseconds; their number is the number of retries, 1 to 6. */
export type RetrySchedule = readonly number[];

/** Six retries over 67 hours: longer than a weekend. */
export const DEFAULT_RETRY_SCHEDULE: RetrySchedule = ['1m', '10m', '1h', '6h', '24h', '36h'].map(
  (text) => parseDuration(text) ?? 0,
);

/** The most retries that the service's description allows: 1 + 6 attempts. */
export const MAX_RETRIES = 6;

/** Each delay is spread by this share either way, so that what failed together does not return together. */
const JITTER = 0.1;

/** Reads a list of durations; null where one is none, is over 7 d, or their number is not 1 to 6. */
export function parseRetrySchedule(texts: readonly string[]): RetrySchedule | null {
  if (texts.length < 1 || texts.length > MAX_RETRIES) return null;
  const delays: number[] = [];
  for (const text of texts) {
    const ms = parseDuration(text);
    if (ms === null || ms > MAX_DELAY_MS) return null;
    delays.push(ms);
  }
  return delays;
}

/**
 * When the next attempt is due after `failures` spent attempts, or null when none is left.
 *
 * `Retry-After` (RFC 9110, 10.2.3) can only put it off, and no further than the next step's delay: an answer
 * from outside must not stop a delivery for ever.
 *
 * @param random in [0, 1), spreads the delay by ± 10 %.
 */
export function nextAttempt(
  schedule: RetrySchedule,
  failures: number,
  now: number,
  retryAfterMs: number | null,
  random: number,
): { dueAt: number; notBefore: number | null } | null {
  const delay = schedule[failures - 1];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 + JITTER * (2 * random - 1)));
  if (retryAfterMs === null) return { dueAt: now + jittered, notBefore: null };
  const cap = schedule[failures] ?? delay;
  const notBefore = now + Math.min(retryAfterMs, Math.max(cap, delay));
  return { dueAt: Math.max(now + jittered, notBefore), notBefore };
}
