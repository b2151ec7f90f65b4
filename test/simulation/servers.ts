import type { AttemptResult, Outcome } from '../../src/domain/attempt.ts';
import type { Dice } from '../support/dice.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const LAST_AWAY_MS = 6 * HOUR_MS;

/** How an integrator's server behaves for a while. */
const MOODS = ['well', 'away', 'overloaded', 'silent', 'refusing', 'flaky'] as const;
type Mood = (typeof MOODS)[number];

const OUTCOMES: Readonly<Record<Exclude<Mood, 'flaky'>, Outcome>> = {
  well: 'acknowledged',
  away: 'unreachable',
  overloaded: 'http-error',
  silent: 'unreachable',
  refusing: 'refused',
};

const CODES: Readonly<Record<Exclude<Mood, 'flaky'>, string | null>> = {
  well: null,
  away: 'connect-refused',
  overloaded: 'http-503',
  silent: 'answer-timeout',
  refusing: 'error-element',
};

/** What a server answers, and after how long. */
export interface Answered {
  readonly result: AttemptResult;
  readonly afterMs: number;
}

/** An integrator's server whose good and bad times are decided by a seed. After `endMs` it is well for ever. */
export class Server {
  readonly #moods: readonly { readonly from: number; readonly mood: Mood }[];

  /** @param endsAway whether it is away for the last hours before that */
  constructor(dice: Dice, startMs: number, endMs: number, endsAway: boolean) {
    const moods: { from: number; mood: Mood }[] = [{ from: startMs, mood: 'well' }];
    let from = startMs;
    const wildMs = endMs - (endsAway ? LAST_AWAY_MS : 0);
    while (from < wildMs) {
      from += (1 + dice.roll(20)) * (dice.roll(3) === 0 ? HOUR_MS : 5 * MINUTE_MS);
      const mood = dice.roll(2) === 0 ? 'well' : (dice.one(MOODS) ?? 'well');
      if (from < wildMs) moods.push({ from, mood });
    }
    if (endsAway) moods.push({ from: endMs - LAST_AWAY_MS, mood: 'away' });
    this.#moods = [...moods, { from: endMs, mood: 'well' }];
  }

  /** What becomes of a request that comes now. */
  answer(now: number, timeoutMs: number, dice: Dice): Answered {
    const general = this.#moods.findLast(({ from }) => from <= now)?.mood ?? 'well';
    const mood =
      general === 'flaky' ? (dice.one(['well', 'overloaded', 'refusing'] as const) ?? 'well') : general;
    const afterMs = mood === 'silent' ? timeoutMs : 1 + dice.roll(2_000);
    const retryAfterMs = mood === 'overloaded' && dice.roll(4) === 0 ? dice.roll(120) * MINUTE_MS : null;
    return {
      afterMs,
      result: {
        outcome: OUTCOMES[mood],
        httpStatus: mood === 'overloaded' ? 503 : null,
        errorCode: CODES[mood],
        errorText: null,
        durationMs: afterMs,
        retryAfterMs,
        requestHeaders: {},
        phases: null,
        requestHash: null,
        response: null,
      },
    };
  }
}
