import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Trial } from './experiment.ts';

/** How long the tests of one change may take: what never ends is noticed. */
const LIMIT_MS = 60_000;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXPERIMENT = fileURLToPath(new URL('experiment.ts', import.meta.url));

/** Runs tests on changed sources, one after the other, in a process that is replaced where a change makes it hang. */
export class Laboratory {
  #process: ChildProcess | undefined;

  /** Whether all tests pass; where they do not end in time, or end the process, they do not. */
  async passes(trial: Trial): Promise<boolean> {
    const experiment = (this.#process ??= fork(EXPERIMENT, {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }));
    const limit = setTimeout(() => experiment.kill('SIGKILL'), LIMIT_MS);
    const answer = await new Promise<unknown>((resolve) => {
      experiment.once('message', resolve).once('exit', resolve).send(trial);
    });
    clearTimeout(limit);
    experiment.removeAllListeners('message').removeAllListeners('exit');
    if (typeof answer !== 'boolean') this.#process = undefined;
    return answer === true;
  }

  close(): void {
    this.#process?.disconnect();
  }
}
