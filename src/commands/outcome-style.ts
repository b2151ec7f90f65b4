import { shownInMadrid } from '../domain/instant.ts';
import type { Style } from './terminal.ts';

const STYLES: Readonly<Record<string, Style>> = {
  acknowledged: 'green',
  queued: 'cyan',
  sending: 'cyan',
  retrying: 'yellow',
  interrupted: 'yellow',
  blocked: 'magenta',
  cancelled: 'dim',
  waiting: 'dim',
};

const FAILED: readonly string[] = [
  'exhausted',
  'refused',
  'faulted',
  'unreadable',
  'http-error',
  'unreachable',
];

/** The colour of a delivery's status or an attempt's outcome; null for one that is not known here. */
export function outcomeStyle(name: string): Style | null {
  return STYLES[name] ?? (FAILED.includes(name) ? 'red' : null);
}

/** An instant of an answer as people read it, in Europe/Madrid: `2026-11-24 10:15:30`. */
export function shownTime(instant: string | null): string | null {
  return instant === null ? null : shownInMadrid(Date.parse(instant));
}
