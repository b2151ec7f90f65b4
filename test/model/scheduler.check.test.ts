import { describe, expect, it } from 'vitest';
import { isFinished, type Schedule } from '../../src/domain/delivery.ts';
import { explore } from './explore.ts';
import { TRANSITIONS, type Transitions } from './steps.ts';
import { SMALL_WORLDS } from './worlds.ts';

/** Far more than any of the small worlds has. */
const MOST_WORLDS = 50_000;

describe('whatever happens in whatever order, no promise is broken and all can end', () => {
  it.each(SMALL_WORLDS)('$name', ({ start }) => {
    const { fault, worlds } = explore(start, TRANSITIONS, MOST_WORLDS);
    expect(fault).toBeNull();
    expect(worlds).toBeGreaterThan(10);
  });
});

/** Faults that somebody might put into the functions that decide, and what is then found. */
const BROKEN: readonly { name: string; broken: Partial<Transitions>; found: RegExp }[] = [
  {
    name: 'a claim that takes what another has taken',
    broken: {
      claim: (d) => (isFinished(d.status) ? null : { ...d, status: 'sending', attempts: d.attempts + 1 }),
    },
    found: /two under way|is under way and not first|is written while/,
  },
  {
    name: 'a claim that gives the same number again',
    broken: {
      claim: (d) =>
        d.status === 'queued' ? { ...d, status: 'sending', attempts: Math.max(1, d.attempts) } : null,
    },
    found: /is written twice|ends without attempts/,
  },
  {
    name: 'a line that nobody moves up in',
    broken: { lineUp: (line) => [...line] },
    found: /are first/,
  },
  {
    name: 'a place that is lost while queued, and kept in the queue',
    broken: {
      join: (line, joining, now, probed) => {
        const placed = TRANSITIONS.join(line, joining, now, probed);
        return placed.map((d): Schedule => {
          const before = line.find(({ id }) => id === d.id);
          return before?.status === 'queued' ? { ...d, status: 'queued' } : d;
        });
      },
    },
    found: /is under way and not first/,
  },
  {
    name: 'an end that is taken from any attempt',
    broken: {
      conclude: (d, _attempt, result, follow) => TRANSITIONS.conclude(d, d.attempts, result, follow),
    },
    found: /is written|under way|comes back/,
  },
  {
    name: 'an end that opens what is finished',
    broken: {
      conclude: (d, attempt, result, follow) =>
        isFinished(d.status)
          ? { ...d, status: 'retrying' }
          : TRANSITIONS.conclude(d, attempt, result, follow),
    },
    found: /comes back|are first/,
  },
  {
    name: 'interruptions that cost nothing for ever',
    broken: {
      conclude: (d, attempt, result, follow) => {
        const ended = TRANSITIONS.conclude(d, attempt, result, follow);
        return ended === null ? null : { ...ended, interruptions: 0 };
      },
    },
    found: /has \d attempts/,
  },
  {
    name: 'a retry that waits for nobody knows what',
    broken: {
      conclude: (d, attempt, result, follow) => {
        const ended = TRANSITIONS.conclude(d, attempt, result, follow);
        return ended?.status === 'retrying' ? { ...ended, blockedBy: 'nothing' } : ended;
      },
    },
    found: /nothing brings all to an end/,
  },
  {
    name: 'a window that comes to nothing',
    broken: { adjust: (window) => ({ ...window, size: 0 }) },
    found: /nothing brings all to an end/,
  },
  {
    name: 'a retry on demand that forgets what was spent',
    broken: { retryNow: (d) => (d.status === 'retrying' ? { ...d, dueAt: 0, attempts: 0, failures: 0 } : d) },
    found: /counts back/,
  },
  {
    name: 'a cancellation that leaves its place taken',
    broken: { cancel: (d) => ({ ...d, status: 'waiting', blockedBy: 'cancelled' }) },
    found: /is written while|nothing brings all to an end/,
  },
];

describe('what would break a promise is found', () => {
  it.each(BROKEN)('$name', ({ broken, found }) => {
    const faults = SMALL_WORLDS.map(
      ({ start }) => explore(start, { ...TRANSITIONS, ...broken }, MOST_WORLDS).fault?.what,
    );
    expect(faults.find((what) => what !== undefined) ?? 'nothing was found').toMatch(found);
  });
});
