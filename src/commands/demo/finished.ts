import { isFinished, type Status } from '../../domain/delivery.ts';

/** How long a delivery may take to its end, all its retries included, in milliseconds. */
const DEADLINE_MS = 30_000;

/** Knows which deliveries are finished, and tells who waits for them. */
export class FinishedDeliveries {
  readonly #finished = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  /** Takes note of a delivery's status after an attempt. */
  note(delivery: string, status: Status | null): void {
    if (status === null || !isFinished(status)) return;
    this.#finished.add(delivery);
    this.#waiting.get(delivery)?.();
    this.#waiting.delete(delivery);
  }

  /**
   * Resolves when the delivery is finished, to true, or its time is up, to false.
   *
   * @throws the signal's reason when it is aborted
   */
  async wait(delivery: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    if (this.#finished.has(delivery)) return true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, DEADLINE_MS);
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      signal.addEventListener('abort', end);
      this.#waiting.set(delivery, end);
    });
    signal.throwIfAborted();
    return this.#finished.has(delivery);
  }
}
