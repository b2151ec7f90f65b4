import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { forgetGroup, killGroup, noteGroup } from './leftovers.ts';
import { lowPort } from './low-port.ts';

const PROGRAM = fileURLToPath(new URL('./sqs-process.ts', import.meta.url));

/** An SQS-compatible server in a process of its own. Its queues are in its memory: they die with it. */
export interface QueueServer {
  readonly port: number;
  kill(): Promise<void>;
  /** Starts it again, empty, at the same port. */
  restart(): Promise<void>;
}

/** Starts one at a free port of 127.0.0.1. */
export async function startQueueServer(): Promise<QueueServer> {
  const port = await lowPort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn(process.execPath, ['--import', 'tsx', PROGRAM, String(port)], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    const { pid } = started;
    if (pid === undefined) throw new Error('the queue server does not start');
    noteGroup(pid);
    started.once('exit', () => forgetGroup(pid));
    await Promise.race([
      once(started.stdout, 'data'),
      once(started, 'exit').then(() => {
        throw new Error('the queue server ended at its start');
      }),
    ]);
  }

  await start();
  return {
    port,
    restart: start,
    async kill() {
      if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      killGroup(child.pid);
      await ended;
    },
  };
}
