/** What reading one answer may cost. */
const MAX_CPU_MS = 50;
const MAX_MEMORY_BYTES = 16 * 1_048_576;

/** How often a reading that seems dear is repeated: other processes, the compiler and the collector cost too. */
const REPEATS = 9;

/** CPU and memory that a call took. */
export interface Cost {
  readonly cpuMs: number;
  /** All that was allocated, as far as no collection came between: never less than what it held at once. */
  readonly memoryBytes: number;
}

/** Runs it once, and measures this process. */
export function measure(run: () => void): Cost {
  const memory = heldBytes();
  const cpu = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1_000, memoryBytes: heldBytes() - memory };
}

/**
 * What it costs when it seems too dear: the median CPU of some repeats, and the least memory of some with an
 * empty heap before each. Null where that is within bounds.
 */
export function tooDear(cost: Cost, run: () => void): Cost | null {
  if (cost.cpuMs <= MAX_CPU_MS && cost.memoryBytes <= MAX_MEMORY_BYTES) return null;
  const times = Array.from({ length: REPEATS }, () => measure(run).cpuMs).toSorted((a, b) => a - b);
  // Emptying the heap throws compiled code away: it would be measured with the time.
  const memories = Array.from({ length: REPEATS }, () => {
    collect();
    return measure(run).memoryBytes;
  });
  const cpuMs = times[REPEATS >> 1] ?? 0;
  const memoryBytes = Math.min(...memories);
  return cpuMs <= MAX_CPU_MS && memoryBytes <= MAX_MEMORY_BYTES ? null : { cpuMs, memoryBytes };
}

/** Empties the heap, where Node was started with --expose-gc. */
function collect(): void {
  globalThis.gc?.();
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
