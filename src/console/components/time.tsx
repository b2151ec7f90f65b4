import { useEffect, useState } from 'preact/hooks';
import {
  formatClock,
  formatExactly,
  formatInstant,
  formatLasting,
  formatRelative,
  formatSecond,
} from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';

/** How often what is relative is said anew, in milliseconds. */
const TICK_MS = 1_000;

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** The time, by one clock for the whole page. */
function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isNeeded) return undefined;
    listeners.add(setNow);
    timer ??= setInterval(() => {
      const instant = Date.now();
      for (const listener of listeners) listener(instant);
    }, TICK_MS);
    return () => {
      listeners.delete(setNow);
      if (listeners.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    };
  }, [isNeeded]);
  return now;
}

const FORMS = { minute: formatInstant, second: formatSecond, clock: formatClock } as const;

interface TimeProps {
  readonly at: string;
  readonly isRelative?: boolean;
  readonly isComing?: boolean;
  readonly form?: keyof typeof FORMS;
}

/**
 * An instant, in the time of Madrid; to the millisecond where it is pointed at.
 *
 * @param at ISO 8601
 * @param isRelative says how far it is, and goes on being true
 * @param isComing it has not happened: once it is due it is said to be now, and not to have been
 * @param form to the minute; or to the second, where what follows each other closely is told apart, with its day or not
 */
export function Time({ at, isRelative = false, isComing = false, form = 'minute' }: TimeProps) {
  const language = useLanguage();
  const now = useNow(isRelative);
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={formatExactly(language, ms)}>
      {isRelative
        ? formatRelative(language, isComing ? Math.max(ms, now) : ms, now)
        : FORMS[form](language, ms)}
    </time>
  );
}

interface LastingProps {
  /** ISO 8601. */
  readonly since: string;
  /** Puts a length of time, such as `3 hores`, into a sentence. */
  readonly say: (length: string) => string;
}

/** How long something has lasted, in a sentence that goes on being true; since when, where it is pointed at. */
export function Lasting({ since, say }: LastingProps) {
  const language = useLanguage();
  const now = useNow(true);
  const ms = Date.parse(since);
  return (
    <time dateTime={since} title={formatExactly(language, ms)}>
      {say(formatLasting(language, now - ms))}
    </time>
  );
}
