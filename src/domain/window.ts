import { isOriginTrouble, isSignOfLife, type AttemptResult } from './attempt.ts';
import { formatDuration } from './duration.ts';

/**
 * The window of an origin (scheme, host, port): how many of its deliveries may be queued or in flight. It
 * grows with answers and shrinks with trouble; at one, the origin is only probed.
 */
export interface Window {
  /** 1 to MAX_WINDOW. */
  readonly size: number;
  /** At one: from when the next probe may go, in milliseconds; null otherwise. */
  readonly probeAt: number | null;
  /** The delay before the probe after that, in milliseconds. */
  readonly probeDelayMs: number;
  /** Since when the origin has been only probed; null while it is not. */
  readonly troubledSince: number | null;
  /** When the origin was last seen to recover, while retries that it had failed are still to be brought forward. */
  readonly recoveredAt: number | null;
}

export const START_WINDOW = 8;
export const MAX_WINDOW = 64;
/** After a recovery: more than two failures away from being probed again. */
export const RECOVERED_WINDOW = 4;
const FIRST_PROBE_DELAY_MS = 30_000;
export const MAX_PROBE_DELAY_MS = 300_000;

export const NEW_WINDOW: Window = {
  size: START_WINDOW,
  probeAt: null,
  probeDelayMs: FIRST_PROBE_DELAY_MS,
  troubledSince: null,
  recoveredAt: null,
};

/** The values by which windows grow, shrink and are probed, to be printed. */
export const WINDOW_POLICY = {
  start: START_WINDOW,
  most: MAX_WINDOW,
  recovered: RECOVERED_WINDOW,
  firstProbeAfter: formatDuration(FIRST_PROBE_DELAY_MS),
  lastProbeAfter: formatDuration(MAX_PROBE_DELAY_MS),
} as const;

/** Whether the origin is only probed. */
export function isProbed(window: Pick<Window, 'size'>): boolean {
  return window.size <= 1;
}

/**
 * The window after a batch of completions of its origin; the same object where nothing changes.
 *
 * Grows by one for each answer. Shrinks to half, once a batch; from 3 and above never below 2, so that it
 * takes two failures in a row to come to one.
 */
export function adjust(
  window: Window,
  results: readonly Pick<AttemptResult, 'outcome' | 'httpStatus'>[],
  now: number,
): Window {
  const answers = results.filter(isSignOfLife).length;
  const trouble = results.some(isOriginTrouble);
  if (isProbed(window)) {
    if (answers > 0) return { ...NEW_WINDOW, size: RECOVERED_WINDOW, recoveredAt: now };
    if (!trouble) return window;
    return {
      ...window,
      probeAt: now + window.probeDelayMs,
      probeDelayMs: Math.min(window.probeDelayMs * 2, MAX_PROBE_DELAY_MS),
    };
  }
  if (!trouble) {
    const size = Math.min(window.size + answers, MAX_WINDOW);
    return size === window.size ? window : { ...window, size };
  }
  const size = window.size > 2 ? Math.max(2, Math.floor(window.size / 2)) : 1;
  if (size > 1) return { ...window, size };
  return {
    size,
    probeAt: now + FIRST_PROBE_DELAY_MS,
    probeDelayMs: FIRST_PROBE_DELAY_MS * 2,
    troubledSince: now,
    recoveredAt: null,
  };
}
