/** Choices that a seed decides (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** In [0, below). */
  roll(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  }

  one<T>(items: readonly T[]): T | undefined {
    return items[this.roll(items.length)];
  }

  /** About one in `share` of them. */
  some<T>(items: readonly T[], share: number): T[] {
    return items.filter(() => this.roll(share) === 0);
  }
}
