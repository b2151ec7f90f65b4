/** What is to happen, and when: by instant, then in the order in which it was planned. */
export class Agenda {
  #entries: { readonly at: number; readonly happen: () => Promise<void> }[] = [];

  /** @param at milliseconds since the epoch */
  plan(at: number, happen: () => Promise<void>): void {
    const place = this.#entries.findLastIndex((entry) => entry.at <= at) + 1;
    this.#entries.splice(place, 0, { at, happen });
  }

  /** When the next thing happens; null: nothing does. */
  get nextAt(): number | null {
    return this.#entries[0]?.at ?? null;
  }

  /** Takes the next thing. */
  take(): (() => Promise<void>) | null {
    return this.#entries.shift()?.happen ?? null;
  }
}
