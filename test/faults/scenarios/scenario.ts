import type { Trial } from '../parts/trial.ts';

/** How hard a run tries. */
export interface Effort {
  /** SIGKILLs of each scenario that kills. */
  readonly kills: number;
}

/** One kind of fault, with the promises that it must not break. */
export interface Scenario {
  readonly name: string;
  /** The time limit of an attempt in milliseconds, where not the usual one. */
  readonly attemptLimitMs?: number;
  /** Runs it in a trial that is new; judges by `trial.settle()`. */
  run(trial: Trial, effort: Effort): Promise<void>;
}
