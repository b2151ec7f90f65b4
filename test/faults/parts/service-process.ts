import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { forgetGroup, killGroup, noteGroup } from './leftovers.ts';

const PROGRAM = fileURLToPath(new URL('../../../bin/enotum-callbacks.js', import.meta.url));

/** What is promised: ready again within 10 s, stopped within 10 s. */
export const PROMISED_MS = 10_000;

/** How often readiness is asked. */
const ASK_MS = 25;

const Listening = Type.Object({ event: Type.Literal('listening'), url: Type.String() });

/** A service of this checkout in a process group of its own. */
export interface ServiceProcess {
  /** Its API; null until it listens and once it has ended. */
  url(): string | null;
  /** Resolves with the milliseconds since its start when `/health/ready` is true, rejects when it ends before. */
  ready(): Promise<number>;
  /** SIGKILL to the whole group; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM to the process; resolves with its exit code (null: a signal ended it) and the milliseconds it took. */
  terminate(): Promise<{ readonly code: number | null; readonly ms: number }>;
  /** Whether it has ended, by whatever cause. */
  hasEnded(): boolean;
}

/**
 * Starts `enotum-callbacks serve` at a free port.
 *
 * @param log the file that gets all it writes
 */
export function startServiceProcess(env: Readonly<Record<string, string>>, log: string): ServiceProcess {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env, PORT: '0' },
  });
  const exited = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('the service does not start');
  noteGroup(pid);
  child.once('exit', () => forgetGroup(pid));
  let url: string | null = null;
  child.stderr.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
  createInterface(child.stdout).on('line', (line) => {
    appendFileSync(log, `${line}\n`);
    if (url !== null || !line.includes('"listening"')) return;
    const parsed: unknown = JSON.parse(line);
    if (Value.Check(Listening, parsed)) ({ url } = parsed);
  });

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;

  async function askUntilReady(): Promise<number> {
    while (!hasEnded()) {
      if (url !== null && (await isReady(url))) return performance.now() - startedAt;
      await delay(ASK_MS);
    }
    throw new Error(`the service ended at its start with exit code ${child.exitCode}`);
  }

  const readied = askUntilReady();
  // Told by `ready`; one that is killed before is asked no more.
  readied.catch(() => undefined);
  return {
    url: () => (hasEnded() ? null : url),
    hasEnded,
    ready: async () => readied,
    async kill() {
      if (hasEnded()) return;
      killGroup(pid);
      await exited;
    },
    async terminate() {
      const from = performance.now();
      child.kill('SIGTERM');
      if (!hasEnded()) await exited;
      return { code: child.exitCode, ms: performance.now() - from };
    },
  };
}

/** Whether `/health/ready` is true now. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    return ok;
  } catch {
    return false;
  }
}
