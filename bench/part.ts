import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { Answer } from './parts/channel.ts';

const ROOT = new URL('../', import.meta.url);

/** Where the parts are compiled to: inside node_modules, so that they find what they import. */
const COMPILED = new URL('node_modules/.cache/enotum-bench/bench/parts/', ROOT);

/** How long a part may take to stop before it is killed. */
const STOP_MS = 20_000;

/** The processes that the benchmark is made of (bench/parts/). */
export type PartName = 'bare' | 'caller' | 'postgres' | 'queue' | 'receiver' | 'service';

/** Compiles the parts: they run on plain Node, without a loader that would change what is measured. */
export async function compileParts(): Promise<void> {
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
  await promisify(execFile)(process.execPath, [
    tsc,
    '-p',
    fileURLToPath(new URL('bench/tsconfig.json', ROOT)),
  ]);
}

/** A process of the benchmark. It ends by itself when this one is gone. */
export class Part {
  readonly #name: PartName;
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #lastId = 0;
  #stopping = false;

  private constructor(name: PartName, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    child.on('message', (message: unknown) => {
      const { id, result, error } = Answer.Parse(message);
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error === undefined) asked?.resolve(result);
      else asked?.reject(new Error(`${name}: ${error}`));
    });
    child.once('exit', (code, signal) => {
      for (const { reject } of this.#asked.values()) {
        reject(new Error(`${name} ended (${signal ?? code})`));
      }
      this.#asked.clear();
    });
  }

  /**
   * Starts one; resolves once it answers calls.
   *
   * @param env added to this process's environment
   */
  static async start(name: PartName, env: Readonly<Record<string, string>> = {}): Promise<Part> {
    const child = fork(new URL(`${name}.js`, COMPILED), {
      execArgv: [],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env },
      // Stdout is for the figures alone.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const part = new Part(name, child);
    await new Promise<unknown>((resolve, reject) => part.#asked.set(0, { resolve, reject }));
    return part;
  }

  /** The process's id. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Calls it; the answer is checked against the schema. */
  async ask<Schema extends TSchema>(schema: Schema, call: string, input?: unknown): Promise<Static<Schema>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#child.send({ id, call, input: input ?? null }, (error) => {
        if (error !== null) reject(error);
      });
    });
    return Value.Parse(schema, result);
  }

  /** Lets it close what it has opened, and kills it where that takes too long. */
  async stop(): Promise<void> {
    if (this.#stopping || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#stopping = true;
    const patience = new AbortController();
    const exit = once(this.#child, 'exit');
    this.#child.send({ id: 0, call: 'stop', input: null });
    const late = delay(STOP_MS, 'late', { signal: patience.signal }).catch(() => 'stopped');
    if ((await Promise.race([exit, late])) === 'late') {
      process.stderr.write(`${this.#name} does not stop: killed\n`);
      this.#child.kill('SIGKILL');
      await exit;
    }
    patience.abort();
  }
}
