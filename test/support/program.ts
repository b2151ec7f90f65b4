import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** What is installed: it runs what `npm run build` made. */
const PROGRAM = fileURLToPath(new URL('../../bin/enotum-callbacks.js', import.meta.url));

/** The environment of a command; it has no other variables but PATH and a Catalan locale. */
export type Environment = Readonly<Record<string, string>>;

/** A command that has ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: Environment = {}): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH, LANG: 'ca_ES.UTF-8', ...env },
    stdio: 'pipe',
  });
}

/** Runs a command to its end. */
export async function run(args: readonly string[], env: Environment = {}, input = ''): Promise<Ended> {
  const child = start(args, env);
  child.stdin?.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Value.Parse(Type.Union([Type.Integer(), Type.Null()]), code), stdout, stderr };
}

async function textOf(stream: ChildProcess['stdout']): Promise<string> {
  return stream === null ? '' : text(stream);
}

/** A command that runs on, and the lines that it has printed. */
export class Running {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[], env: Environment = {}) {
    this.child = start(args, env);
    this.child.stderr?.resume();
    if (this.child.stdout === null) throw new Error('no standard output');
    createInterface(this.child.stdout).on('line', (line) => {
      this.lines.push(line);
      for (const look of this.#waiting) look();
    });
  }

  /** The first line that has this text, also of the past. */
  async line(part: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line) => line.includes(part));
        if (found !== undefined) resolve(found);
      };
      this.#waiting.push(look);
      this.child.once('close', () => reject(new Error(`ended without "${part}":\n${this.lines.join('\n')}`)));
      look();
    });
  }

  /** Sends a signal; answers the exit code. */
  async end(signal: NodeJS.Signals): Promise<unknown> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const closed = once(this.child, 'close');
    this.child.kill(signal);
    const [code] = await closed;
    return code;
  }
}

/** Reads a line of JSON. */
export function parse<T extends TSchema>(schema: T, line: string | undefined): Static<T> {
  return Value.Parse(schema, JSON.parse(line ?? ''));
}
