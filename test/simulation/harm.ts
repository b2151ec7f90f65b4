import type { Dice } from '../support/dice.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What goes wrong by chance, until an instant. */
export class Harm {
  /** How often each kind has come. */
  readonly counts: Record<string, number> = {};
  readonly #dice: Dice;
  readonly #clock: VirtualClock;
  readonly #endMs: number;

  constructor(dice: Dice, clock: VirtualClock, endMs: number) {
    this.#dice = dice;
    this.#clock = clock;
    this.#endMs = endMs;
  }

  /** Whether this time something goes wrong that does so `percent` of the times. */
  strikes(what: string, percent: number): boolean {
    const strikes = this.#dice.roll(100) < percent && this.#clock.now < this.#endMs;
    if (strikes) this.count(what);
    return strikes;
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}
