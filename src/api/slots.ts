/**
 * How many things may go on at once, in all and for each one who asks; of this process alone.
 */
export class Slots {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #taken: string[] = [];

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** Takes a slot; answers how to give it back, once however often it is called. Null where none is free. */
  take(who: string): (() => void) | null {
    const own = this.#taken.filter((other) => other === who).length;
    if (this.#taken.length >= this.#most || own >= this.#mostOfOne) return null;
    this.#taken.push(who);
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken.splice(this.#taken.indexOf(who), 1);
      isTaken = false;
    };
  }
}
