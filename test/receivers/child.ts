import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RunningStack } from './stack.ts';

/** How long a program may take to listen, in milliseconds: Java compiles its source first. */
const START_MS = 50_000;

/** Whether a command runs without an error. */
export function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: START_MS });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a receiver's program and waits until it says where it listens.
 *
 * @param listening finds the port in what it writes; a program that ends before is an error
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  listening: RegExp,
): Promise<RunningStack> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => fail(`does not listen after ${START_MS} ms`), START_MS);
    function fail(why: string): void {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${command} ${why}:\n${output}`));
    }
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = listening.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', () => fail('ended'));
  });
  return {
    url: `http://127.0.0.1:${port}/reports`,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
