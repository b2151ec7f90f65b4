const UNITS_MS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Reads a delay of a schedule, such as `10m`, into milliseconds; 0 for what is none. */
export function delayMs(text: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(count) * (UNITS_MS.get(unit) ?? 0);
}

/** An attempt of a delivery whose web service is away from the first one on. */
export interface Attempt {
  /** From 1 on. */
  readonly number: number;
  /** Milliseconds since the epoch, without the spread. */
  readonly at: number;
  /** `unneeded`: an earlier one has delivered. */
  readonly outcome: 'fails' | 'delivers' | 'unneeded';
}

/** What becomes of a delivery. */
export interface Forecast {
  readonly attempts: readonly Attempt[];
  /** Null: the last attempt fails too, and the delivery is exhausted. */
  readonly deliveredAt: number | null;
  readonly lastAt: number;
}

/**
 * What an outage does to a delivery that is first tried as it begins. The spread of ± 10 %, `Retry-After` and the time
 * of each attempt are left out.
 *
 * @param delays as a configuration has them
 * @param start milliseconds since the epoch
 * @param outageMs how long the web service is away
 */
export function forecast(delays: readonly string[], start: number, outageMs: number): Forecast {
  let at = start;
  const times = [start, ...delays.map((delay) => (at += delayMs(delay)))];
  const first = times.findIndex((time) => time >= start + outageMs);
  return {
    attempts: times.map((time, index) => ({
      number: index + 1,
      at: time,
      outcome: first === -1 || index < first ? 'fails' : index === first ? 'delivers' : 'unneeded',
    })),
    deliveredAt: times[first] ?? null,
    lastAt: at,
  };
}
