import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** What one process of the benchmark asks another, over Node's own channel to a child. */
const Question = Compile(Type.Object({ id: Type.Integer(), call: Type.String(), input: Type.Unknown() }));

/** The answer to the question of the same id; `error` where it failed. */
export const Answer = Compile(
  Type.Object({
    id: Type.Integer(),
    result: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.String()),
  }),
);

/** The calls that a process answers, by name; the input is checked by each. */
type Calls = Readonly<Record<string, (input: unknown) => unknown>>;

/**
 * Answers the calls of the process that forked this one, and ends when that one says so or is gone. Ctrl-C
 * reaches the whole group: it is left to the parent, which stops the parts in their order.
 *
 * @param stop closes what the part has opened
 */
export function answerCalls(calls: Calls, stop: () => Promise<void>): void {
  let stopping = false;
  async function end(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await stop();
    process.exit(0);
  }
  process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);
  process.on('disconnect', () => void end());
  process.on('message', (message: unknown) => {
    const { id, call, input } = Question.Parse(message);
    if (call === 'stop') {
      void end();
      return;
    }
    void answer(calls, call, input).then((outcome) => process.send?.({ id, ...outcome }));
  });
  process.send?.({ id: 0, result: null });
}

async function answer(
  calls: Calls,
  call: string,
  input: unknown,
): Promise<{ result?: unknown; error?: string }> {
  const handler = calls[call];
  if (handler === undefined) return { error: `this part has no call ${call}` };
  try {
    return { result: (await handler(input)) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Milliseconds of the system's monotonic clock, the same for all processes of a machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Microseconds of CPU, user and system, that this process has used so far, its helper threads included. */
export function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
