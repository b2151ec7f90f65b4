import type { Hint } from '../../src/queue/queue.ts';
import type { Dice } from '../support/dice.ts';
import type { Agenda } from './agenda.ts';
import type { Harm } from './harm.ts';
import { HOUR_MS } from './servers.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A queue that delays, loses and repeats what it is given, is emptied, and goes away. */
export class HostileQueue {
  readonly #clock: VirtualClock;
  readonly #dice: Dice;
  readonly #agenda: Agenda;
  readonly #harm: Harm;
  readonly #receive: (deliveries: readonly string[]) => Promise<void>;
  /** Hints of earlier ones are gone. */
  #emptied = 0;
  #awayUntil = 0;

  constructor(
    world: {
      readonly clock: VirtualClock;
      readonly dice: Dice;
      readonly agenda: Agenda;
      readonly harm: Harm;
    },
    receive: (deliveries: readonly string[]) => Promise<void>,
  ) {
    this.#clock = world.clock;
    this.#dice = world.dice;
    this.#agenda = world.agenda;
    this.#harm = world.harm;
    this.#receive = receive;
  }

  send({ deliveries }: Hint): void {
    const { now } = this.#clock;
    if (now < this.#awayUntil || this.#harm.strikes('hint lost', 5)) return;
    const emptied = this.#emptied;
    const give = (at: number): void =>
      this.#agenda.plan(at, async () => {
        if (emptied === this.#emptied) await this.#receive(deliveries);
      });
    give(now + 1 + this.#dice.roll(1_500));
    if (this.#harm.strikes('hint repeated', 10)) give(now + this.#dice.roll(2 * HOUR_MS));
  }

  empty(): void {
    this.#harm.count('queue emptied');
    this.#emptied += 1;
  }

  goAway(): void {
    this.#harm.count('queue away');
    this.#awayUntil = this.#clock.now + this.#dice.roll(2 * HOUR_MS);
  }
}
