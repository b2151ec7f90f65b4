import type { AttemptStep } from '../ports.ts';

/** What an attempt's time goes into, in order. */
export const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'whole'] as const;
export type Phase = (typeof PHASES)[number];

/** Milliseconds with one decimal; null where the attempt did not come so far or had nothing of the kind to do. */
export type PhaseTimes = Readonly<Record<Phase, number | null>>;

/**
 * Turns the steps of an attempt into how long each phase took: name resolution, TCP connection, TLS handshake,
 * from the request's writing to the answer's first byte, and the whole.
 */
export class PhaseClock {
  readonly #onPhase: (phase: Phase, ms: number) => void;
  readonly #times: Record<Phase, number | null> = {
    dns: null,
    connect: null,
    tls: null,
    firstByte: null,
    whole: null,
  };
  readonly #startedAt: number;
  /** When the last step was made. */
  #lastAt: number;

  /** @param onPhase told as each phase ends */
  constructor(onPhase: (phase: Phase, ms: number) => void, now: number) {
    this.#onPhase = onPhase;
    this.#startedAt = now;
    this.#lastAt = now;
  }

  /** @param now of `performance.now()` */
  step(step: AttemptStep, now: number): void {
    const phase = PHASE_OF_STEP[step];
    if (phase !== null) this.#note(phase, now - this.#lastAt);
    this.#lastAt = now;
  }

  end(now: number): PhaseTimes {
    this.#note('whole', now - this.#startedAt);
    return this.#times;
  }

  #note(phase: Phase, ms: number): void {
    const rounded = Math.round(ms * 10) / 10;
    this.#times[phase] = rounded;
    this.#onPhase(phase, rounded);
  }
}

const PHASE_OF_STEP: Readonly<Record<AttemptStep, Phase | null>> = {
  resolved: 'dns',
  connected: 'connect',
  secured: 'tls',
  written: null,
  answering: 'firstByte',
};
