/** The exit code of a command that was interrupted (128 + SIGINT). */
export const INTERRUPTED = 130;

/**
 * Signals this close together, in milliseconds, are one: Ctrl-C reaches the whole process group, and npm passes
 * it on to its script once more.
 */
const SAME_SIGNAL_MS = 500;

/**
 * Calls `stop` at the first SIGINT or SIGTERM. A later one ends the process at once with exit code 130.
 *
 * @returns stops listening
 */
export function onStopSignal(stop: () => void): () => void {
  let firstAt: number | null = null;
  const handle = (): void => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      stop();
    } else if (now - firstAt > SAME_SIGNAL_MS) {
      process.exit(INTERRUPTED);
    }
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}
