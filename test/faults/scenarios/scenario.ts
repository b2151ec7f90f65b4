import type { Trial } from '../parts/trial.ts';

/** What a run asks of one trial. */
interface Effort {
  /** SIGKILLs, for a scenario that kills. */
  readonly kills: number;
}

/** One kind of fault, with the promises that it must not break. */
export interface Scenario {
  readonly name: string;
  /** Whether it kills the service as often as it is told. */
  readonly kills?: boolean;
  /** Whether it mostly waits: then it runs beside the others. */
  readonly isPatient?: boolean;
  /** The time limit of an attempt in milliseconds, where not the usual one. */
  readonly attemptLimitMs?: number;
  /** Runs it in a trial that is new; judges by `trial.settle()`. */
  run(trial: Trial, effort: Effort): Promise<void>;
}
