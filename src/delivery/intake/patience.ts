import { ProblemError } from '../../domain/errors.ts';

/**
 * How long a request waits for its answer, in milliseconds: when callers and proxies before them give up. A
 * database that stands still must not hold them all.
 */
const PATIENCE_MS = 15_000;
/** How often it is looked, in milliseconds. */
const LOOK_MS = 500;

/** A request that somebody waits for. */
export interface Patient {
  /** Since when, by `performance.now()`. */
  readonly since: number;
  reject(error: unknown): void;
}

/** Whether a request has waited so long that its caller was told so, or is at the next look. */
export function isGivenUp({ since }: Patient): boolean {
  return performance.now() - since > PATIENCE_MS;
}

/** Bounds how long requests wait, with one timer for all. */
export interface Patience {
  /** Has it looked for requests that wait too long, until none waits. */
  watch(): void;
}

/**
 * Creates it. What is begun may still be taken after its caller was told 503: a repeat finds it, as a duplicate.
 *
 * @param waiting those that no transaction has begun, oldest first; whoever is given up is taken out
 * @param begun those of the transactions under way
 */
export function createPatience<Request extends Patient>(
  waiting: { oldest(): Request | undefined; drop(): void },
  begun: () => Iterable<Request>,
): Patience {
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    let hasBegun = false;
    for (const request of begun()) {
      hasBegun = true;
      if (!isGivenUp(request)) continue;
      request.reject(
        new ProblemError('unavailable', 'The database does not answer in time: repeat the same changes.'),
      );
    }
    for (let oldest = waiting.oldest(); oldest !== undefined; oldest = waiting.oldest()) {
      if (!isGivenUp(oldest)) return;
      waiting.drop();
      oldest.reject(new ProblemError('busy', 'The state changes waited too long to be written.'));
    }
    if (hasBegun || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    watch() {
      timer ??= setInterval(look, LOOK_MS).unref();
    },
  };
}
