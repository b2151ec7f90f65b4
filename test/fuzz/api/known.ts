/** The most values remembered of each name. */
const MOST = 30;

/** What the service has told, by the members' names: what can be asked for again. */
export class Known {
  readonly #byName = new Map<string, string[]>();
  readonly #kept: ReadonlySet<string>;

  /** @param kept values never to be used: the keys that the run itself works with */
  constructor(kept: ReadonlySet<string>) {
    this.#kept = kept;
  }

  /** Remembers the texts of an answer; the newest take the place of the oldest. */
  learn(value: unknown, name = ''): void {
    if (typeof value === 'string') {
      if (value.length > 500 || this.#kept.has(value)) return;
      const values = this.#byName.get(name) ?? [];
      if (values.includes(value)) return;
      this.#byName.set(name, [...values, value].slice(-MOST));
    } else if (Array.isArray(value)) {
      for (const item of value) this.learn(item, name);
    } else if (typeof value === 'object' && value !== null) {
      for (const [member, inner] of Object.entries(value)) this.learn(inner, member);
    }
  }

  /** What may stand for a member or parameter of this name. */
  of(name: string): readonly string[] {
    const more = { id: 'deliveryId', after: 'next', delivery: 'deliveryId' }[name];
    return [...(this.#byName.get(name) ?? []), ...(more === undefined ? [] : (this.#byName.get(more) ?? []))];
  }
}
